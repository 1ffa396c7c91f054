"""Settings and services of an API whose journeys are heard by a worker on a real Temporal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from temporalio.testing import WorkflowEnvironment

from interloop.bootstrap import build
from interloop.domain.clock import SystemClock
from interloop.domain.ids import new_id
from interloop.services import Services
from interloop.settings import Settings
from tests.fakes import FakeMailer


def at(temporal: WorkflowEnvironment, settings: Settings) -> Settings:
    """Return the settings with this server and a queue of their own."""
    return settings.model_copy(
        update={
            "temporal_address": temporal.client.service_client.config.target_host,
            "temporal_namespace": temporal.client.namespace,
            "task_queue": f"journeys-{new_id()}",
        }
    )


@asynccontextmanager
async def posting(settings: Settings) -> AsyncIterator[Services]:
    """Open services by the machine's clock, whose mails stay in memory."""
    built = await build(settings, SystemClock())
    yield replace(built, mail=FakeMailer())
    await built.close()
