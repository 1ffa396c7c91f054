"""No number and no clock rejects anybody: the lowest marks wait for a person, for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Decision, Mark, Message, MessageKind
from interloop.domain.journey import Policy
from interloop.domain.stage import Outcome, Stage, WaitingOn
from tests.journeys.world import World, working, world
from tests.support.databases import DatabaseUrls

YEAR = timedelta(days=365)
LOWEST = 1


@pytest.fixture
async def here(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[World]:
    """A world with the waits of production, whose time is moved."""
    async with world(skipping, database_urls) as opened, working(opened):
        opened.policy = Policy()
        await opened.settle()
        yield opened


async def test_the_lowest_possible_marks_stay_in_review_for_ever(
    here: World, skipping: WorkflowEnvironment
) -> None:
    here.judge.levels = [LOWEST] * 100
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    tasks = await here.tasks()
    await skipping.fast_forward(journey, YEAR)
    assert (await journey.describe()).status is WorkflowExecutionStatus.RUNNING
    row = await here.application()
    assert (row.stage, row.waiting_on, row.outcome) == (
        Stage.in_review,
        WaitingOn.hiring_manager,
        None,
    )
    async with here.services.db.read(here.org_id) as session:
        marks = (await session.scalars(select(Mark.level))).all()
        assert set(marks) == {LOWEST}
        assert len(marks) == 2
        assert (await session.scalars(select(Decision))).all() == []
        # Nobody was told anything since they were invited.
        assert (await session.scalars(select(Message.kind))).all() == [MessageKind.invite]
    assert await here.tasks() == tasks == ["review"]
    # Whoever waits is still heard.
    await here.withdraw()
    assert await journey.result() is Outcome.withdrawn
