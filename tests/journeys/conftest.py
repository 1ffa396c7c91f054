"""A world whose journey can be walked."""

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.journeys.world import World, working, world
from tests.support.databases import DatabaseUrls


@pytest.fixture
async def here(temporal: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[World]:
    """A settled organisation with a worker and a gateway, before the journey starts."""
    async with world(temporal, database_urls) as opened:
        await opened.settle()
        async with working(opened):
            yield opened
