"""Older code starts a journey, newer code finishes it: two worker processes in a row."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import DecisionKind
from interloop.domain.errors import Unavailable
from interloop.domain.stage import Outcome, Stage
from tests.journeys.test_mail import free_port, is_file, start_worker, two_process_world
from tests.journeys.world import World, until
from tests.support.databases import DatabaseUrls

BEFORE_THE_PATCHES = (
    "import runpy, temporalio.workflow; "
    "temporalio.workflow.patched = lambda name: False; "
    "runpy.run_module('workflows', run_name='__main__')"
)
"""A worker that takes the older side of every `workflow.patched`: the code as it was before."""


@asynccontextmanager
async def working(process: Process, ready: Path) -> AsyncIterator[None]:
    """Wait until the worker polls; at the end tell it to stop, and see that it does so well."""
    try:
        await until(is_file(ready))
        yield
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 15) == 0
    finally:
        if process.returncode is None:
            process.kill()


class Taking:
    """Takes every mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return "250 taken"


@asynccontextmanager
async def post_office() -> AsyncIterator[int]:
    """Run a mail server; gives its port."""
    controller = Controller(Taking(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop(no_assert=True)


@pytest.fixture
async def here(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path
) -> AsyncIterator[World]:
    opened = await two_process_world(temporal, database_urls, tmp_path)
    async with opened.gateway.open(opened.client):
        yield opened
    await opened.services.close()


async def joined(here: World, interview_id: UUID) -> bool:
    """Ask for a place as a page does: again while a task lies with the worker that left."""
    try:
        await here.join(interview_id)
    except Unavailable:
        return False
    return True


async def test_newer_code_finishes_what_older_code_began(here: World, tmp_path: Path) -> None:
    ready = tmp_path / "ready" / "worker"
    async with post_office() as port:
        settings = here.services.settings.model_copy(update={"smtp_port": port})
        older = await start_worker(settings, "-c", BEFORE_THE_PATCHES)
        async with working(older, ready):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
            interview_id = await here.invite()
            await here.stands_at(Stage.invited, "join")
        newer = await start_worker(settings)
        async with working(newer, ready):
            here.gateway.script = ["lost", "finished"]
            await until(lambda: joined(here, interview_id))
            await here.stands_at(Stage.in_review, "decide")
            await here.decide(await here.decision(DecisionKind.hire))
            assert await here.journey.result() is Outcome.hired
    history = await here.journey.fetch_history()
    workers = {event.workflow_task_completed_event_attributes.identity for event in history.events}
    assert len(workers - {""}) == 2
