"""A mail leaves once; what is unsure is shown to a person, never repeated."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select, update
from temporalio.testing import WorkflowEnvironment

from interloop.db.rows import seal_column
from interloop.db.tables import (
    Application,
    Candidate,
    CandidateLink,
    DecisionKind,
    Message,
    MessageKind,
)
from interloop.domain.journey import Invite
from interloop.domain.stage import Outcome, Stage
from interloop.integrations.mail.port import MailOutcome
from interloop.integrations.mail.smtp import SmtpMailer
from interloop.security.sealing import KeyClass
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.journeys.gateway import Gateway
from tests.journeys.world import EMAIL, QUICK, World, services_for, until, working, world
from tests.support.databases import DatabaseUrls
from workflows.journey import CandidateJourney
from workflows.steer import steer
from workflows.worker import make_worker


async def rewrite(here: World, subject: str, *, to: str) -> None:
    """Put another subject on the one mail, and another address on its candidate."""
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.identity)
    async with here.services.db.session(here.org_id) as session:
        row = (await session.scalars(select(Message))).one()
        seal_column(box, row, "subject_sealed", subject)
        candidate = await session.get_one(Candidate, here.candidate_id)
        seal_column(box, candidate, "email_sealed", to)


async def states(here: World) -> list[str]:
    async with here.services.db.read(here.org_id) as session:
        rows = (await session.execute(select(Message).order_by(Message.created_at))).scalars()
        return [row.state.value for row in rows]


async def test_a_mail_that_the_server_wants_later_is_sent_later(here: World) -> None:
    here.mailer.outcomes = [MailOutcome.try_later]
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited)
    assert len(here.mailer.mails) == 1
    assert await states(here) == ["sent"]
    async with here.services.db.read(here.org_id) as session:
        links = list((await session.execute(select(CandidateLink))).scalars())
    assert [link.revoked_at is None for link in links].count(True) == 1


async def test_a_refused_invitation_invites_nobody_and_says_so(here: World) -> None:
    here.mailer.outcomes = [MailOutcome.refused]
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()

    async def said() -> bool:
        return await here.tasks() == ["message_failed"]

    await until(said)
    assert (await here.application()).stage is Stage.screening
    assert await states(here) == ["failed"]
    await here.invite()
    await here.stands_at(Stage.invited)


async def test_a_mail_that_may_have_left_is_not_sent_again(here: World) -> None:
    here.mailer.outcomes = [MailOutcome.ambiguous]
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited)
    assert await here.tasks() == ["message_failed"]
    assert len(here.mailer.mails) == 1


async def test_a_decision_stands_though_its_mail_finds_no_address(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    async with here.services.db.session(here.org_id) as session:
        (await session.get_one(Candidate, here.candidate_id)).email_sealed = None
    await here.decide(await here.decision(DecisionKind.reject, message=MessageKind.rejection))
    assert await journey.result() is Outcome.rejected
    assert await here.tasks() == ["message_failed"]


async def test_a_decision_stands_though_its_mail_may_not_leave(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    decision_id = await here.decision(DecisionKind.hire, message=MessageKind.offer)
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Message).values(state="draft"))
    await here.decide(decision_id)
    assert await journey.result() is Outcome.hired
    assert await here.tasks() == ["message_failed"]


@pytest.mark.parametrize("subject", ["Your offer", "Your offer\r\nBcc: all@post.example"])
async def test_a_mail_that_cannot_be_written_goes_to_a_person_and_is_not_in_doubt(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, subject: str
) -> None:
    unreadable = "Bcc" not in subject
    handler = _Silent()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    try:
        async with world(temporal, database_urls) as here:
            mailer = SmtpMailer(here.services.settings.model_copy(update={"smtp_port": port}))
            here.services = replace(here.services, mail=mailer)
            await here.settle()
            async with working(here):
                journey = await here.start()
                await here.stands_at(Stage.screening, "invite")
                decision_id = await here.decision(DecisionKind.hire, message=MessageKind.offer)
                await rewrite(here, subject, to="zoë@post.example" if unreadable else EMAIL)
                await here.decide(decision_id)
                assert await journey.result() is Outcome.hired
            assert await states(here) == ["failed"]
            assert await here.tasks() == ["message_failed"]
    finally:
        controller.stop(no_assert=True)
    assert not handler.received.is_set()


async def test_the_same_invitation_said_twice_is_one_mail(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited, "join")
    async with here.services.db.read(here.org_id) as session:
        message = (await session.execute(select(Message))).scalar_one()
    invite = Invite(
        org_id=here.org_id,
        message_id=message.id,
        interview_id=interview_id,
        actor_id=here.user_id,
    )
    await steer(here.client, here.application_id, CandidateJourney.invite, invite)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    assert len(here.mailer.mails) == 1


async def test_a_killed_worker_does_not_send_a_mail_twice(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path
) -> None:
    async with silent_server() as (port, received):
        here = await two_process_world(temporal, database_urls, tmp_path)
        settings = here.services.settings.model_copy(update={"smtp_port": port})
        worker = await start_worker(settings)
        try:
            await until(is_file(tmp_path / "ready" / "worker"))
            await here.start()
            await here.stands_at(Stage.screening, "invite")
            await here.invite()
            await asyncio.wait_for(received.wait(), 20)
        finally:
            worker.kill()
            await worker.wait()
        async with make_worker(here.client, here.services):
            await here.stands_at(Stage.invited)
        assert here.mailer.mails == []
        assert await states(here) == ["ambiguous"]
        assert "message_failed" in await here.tasks()
        await here.services.close()


async def test_a_worker_told_to_stop_ends_cleanly(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path
) -> None:
    here = await two_process_world(temporal, database_urls, tmp_path)
    await here.services.close()
    ready = tmp_path / "ready" / "worker"
    worker = await start_worker(here.services.settings)
    try:
        await until(is_file(ready))
        worker.terminate()
        assert await asyncio.wait_for(worker.wait(), 15) == 0
    finally:
        if worker.returncode is None:
            worker.kill()
    assert not ready.exists()


async def start_worker(settings: Settings, *how: str) -> Process:
    """Start a worker of its own process with these settings; `how`: another program than ours."""
    root = settings.root_key_path
    await asyncio.to_thread(root.parent.mkdir, exist_ok=True)
    await asyncio.to_thread(root.write_text, bytes(32).hex())
    shared = ("state_dir", "database_url", "keys_url", "smtp_port", "task_queue")
    names = (*shared, "temporal_address", "temporal_namespace", "google_url", "failpoints_dir")
    given = {name: getattr(settings, name) for name in names}
    env = {f"INTERLOOP_{name.upper()}": str(value) for name, value in given.items() if value}
    return await asyncio.create_subprocess_exec(
        sys.executable, *(how or ("-m", "workflows")), env={**os.environ, **env}
    )


async def two_process_world(
    temporal: WorkflowEnvironment, urls: DatabaseUrls, folder: Path
) -> World:
    """Return a world whose keys and queue another process can share."""
    services = services_for(
        urls,
        state_dir=folder,
        temporal_address=temporal.client.service_client.config.target_host,
        temporal_namespace=temporal.client.namespace,
    )
    await services.keys.prepare()
    here = World(services=services, client=await connect(services), gateway=Gateway(services))
    here.policy = QUICK.model_copy(update={"pulse": timedelta(seconds=2)})
    here.resume_text = ""
    await here.settle()
    async with services.db.session(here.org_id) as session:
        application = await session.get_one(Application, here.application_id)
        application.resume_id = None
        await here.know_address(session)
    return here


def is_file(path: Path) -> Callable[[], Awaitable[bool]]:
    async def there() -> bool:
        return await asyncio.to_thread(path.is_file)

    return there


class _Silent:
    """Takes a mail and never says so."""

    def __init__(self) -> None:
        self.received = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self._loop.call_soon_threadsafe(self.received.set)
        await asyncio.Event().wait()
        return "250 never"


@asynccontextmanager
async def silent_server() -> AsyncIterator[tuple[int, asyncio.Event]]:
    handler = _Silent()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port, handler.received
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
