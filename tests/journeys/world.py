"""One organisation with a job, a candidate and a journey on real databases and a real Temporal."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from interloop.db.keystore import KeyStore, LocalRoot
from interloop.db.scope import Database
from interloop.db.tables import (
    Application,
    Base,
    Candidate,
    Decision,
    DecisionKind,
    Interview,
    InterviewKind,
    InterviewState,
    Job,
    Message,
    MessageKind,
    MessageState,
    Organization,
    PersonaVersion,
    PlanVersion,
    Resume,
    RubricVersion,
    Task,
    User,
    VersionState,
)
from interloop.domain.clock import SystemClock
from interloop.domain.deciding import DecisionState
from interloop.domain.ids import new_id
from interloop.domain.journey import (
    AskForPerson,
    Decide,
    Invite,
    Join,
    JourneyInput,
    Policy,
    Withdraw,
    WordsChanged,
)
from interloop.domain.plan import Anchor, Criterion, Dimension, Persona, Plan, Question, Rubric
from interloop.domain.requirements import Requirement, Requirements
from interloop.domain.roles import Role
from interloop.domain.rules import Place
from interloop.domain.stage import Outcome, Stage
from interloop.emails import default_template, render
from interloop.integrations.audio.opus import OpusMixer
from interloop.integrations.transcribe.gemini import GeminiTranscriber
from interloop.integrations.webhooks.http import HttpHooks
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.codec import KeyRing, SealingCodec
from interloop.temporal.converter import data_converter
from tests.fakes import FakeCalendar, FakeJudge, FakeMailer, FakeReader, MemoryStorage
from tests.journeys.gateway import Gateway
from tests.support.databases import DatabaseUrls
from workflows.ids import journey_id
from workflows.journey import CandidateJourney
from workflows.start import start_journey
from workflows.steer import steer
from workflows.worker import make_worker

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAME, EMAIL = "Wilhelmina Quillfeather", "wilhelmina.quillfeather@post.example"
RESUME = f"{NAME}\n{EMAIL}\n\nBuilt payment services in Python and PostgreSQL since 2015.\n"
TEST_RING = {"test": bytes(range(32))}
QUICK = Policy(
    invitation=timedelta(seconds=60),
    human_interview=timedelta(seconds=60),
    heartbeat=timedelta(seconds=1),
    claim_wait=timedelta(seconds=20),
    attempts=2,
    words=timedelta(seconds=0.2),
)

Journey = WorkflowHandle[CandidateJourney, Outcome | None]


def services_for(urls: DatabaseUrls, **changed: object) -> Services:
    settings = Settings(
        database_url=urls.database_url,
        keys_url=urls.keys_url,
        task_queue=f"journeys-{new_id()}",
        gemini_api_key=SecretStr(""),
        **changed,  # type: ignore[arg-type]  # settings by name
    )
    clock = SystemClock()
    return Services(
        settings=settings,
        clock=clock,
        db=Database(urls.database_url),
        keys=KeyStore(urls.keys_url, LocalRoot(bytes(32)), clock),
        storage=MemoryStorage(),
        mail=FakeMailer(),
        judge=FakeJudge(),
        documents=FakeReader(),
        audio=OpusMixer(),
        transcriber=GeminiTranscriber(settings),
        hooks=HttpHooks(settings.webhook_origin),
        calendar=FakeCalendar(),
    )


def criterion(key: str, weight: int) -> Criterion:
    anchors = tuple(Anchor(level=n, behaviour=f"{key} shown at {n}") for n in range(1, 6))
    return Criterion(
        id=key, dimension=Dimension.technical, name=key.title(), weight=weight, anchors=anchors
    )


PLAN = Plan(
    title="First talk",
    questions=(Question(id="bug", text="Tell me about a hard bug.", minutes=5),),
    rubric=Rubric(criteria=(criterion("depth", 60), criterion("clarity", 40))),
)


@dataclass
class World:
    """What a test holds in its hands."""

    services: Services
    client: Client
    gateway: Gateway
    org_id: UUID = field(default_factory=new_id)
    user_id: UUID = field(default_factory=new_id)
    job_id: UUID = field(default_factory=new_id)
    candidate_id: UUID = field(default_factory=new_id)
    application_id: UUID = field(default_factory=new_id)
    resume_text: str = RESUME
    policy: Policy = QUICK

    @property
    def mailer(self) -> FakeMailer:
        assert isinstance(self.services.mail, FakeMailer)
        return self.services.mail

    @property
    def judge(self) -> FakeJudge:
        assert isinstance(self.services.judge, FakeJudge)
        return self.services.judge

    async def settle(self) -> None:
        """Lay down organisation, job, plan, candidate, resume and application."""
        async with self.services.db.unscoped("set-up") as session:
            session.add(Organization(id=self.org_id, name="Larkfield", created_at=NOW))
        resume_id = new_id()
        box = await self.services.keys.box(self.org_id, self.candidate_id, KeyClass.identity)
        key = f"resumes/{self.org_id}/{resume_id}"
        sealed = box.seal(self.resume_text.encode(), place=place_of("resume", "object", resume_id))
        await self.services.storage.put(key, sealed)
        place = place_of("resume", "filename_sealed", resume_id)
        await self.add(
            User(
                id=self.user_id,
                email=f"{self.user_id}@larkfield.example",
                name="Ines Recruiter",
                role=Role.recruiter,
                password_hash="x",
            ),
            Job(
                id=self.job_id,
                title="Payments engineer",
                description="Build payments.",
                requirements=Requirements(
                    items=(Requirement(key="python", text="Experience with Python"),)
                ),
                place=Place(country="DE"),
                created_by=self.user_id,
            ),
            Candidate(id=self.candidate_id, place=Place(country="DE")),
        )
        await self.add(
            Resume(
                id=resume_id,
                candidate_id=self.candidate_id,
                filename_sealed=box.seal_text("cv.txt", place=place),
                object_key=key,
                media_type="text/plain",
                size=len(self.resume_text),
                digest_index=resume_id.bytes,
            )
        )
        await self.add(
            Application(
                id=self.application_id,
                job_id=self.job_id,
                candidate_id=self.candidate_id,
                resume_id=resume_id,
                stage_since=NOW,
            )
        )
        await self._publish()

    async def _publish(self) -> None:
        self.rubric_id, self.persona_id, self.plan_id = new_id(), new_id(), new_id()
        await self.add(
            RubricVersion(id=self.rubric_id, job_id=self.job_id, version=1, body=PLAN.rubric),
            PersonaVersion(id=self.persona_id, job_id=self.job_id, version=1, body=Persona()),
        )
        await self.add(
            PlanVersion(
                id=self.plan_id,
                job_id=self.job_id,
                version=1,
                state=VersionState.published,
                body=PLAN,
                rubric_version_id=self.rubric_id,
                persona_version_id=self.persona_id,
            )
        )

    async def add(self, *rows: Base) -> None:
        async with self.services.db.session(self.org_id) as session:
            for row in rows:
                row.created_at = self.services.clock.now()  # type: ignore[attr-defined]
                session.add(row)
                await session.flush()

    @property
    def given(self) -> JourneyInput:
        return JourneyInput(
            org_id=self.org_id,
            application_id=self.application_id,
            job_id=self.job_id,
            policy=self.policy,
        )

    async def start(self) -> Journey:
        await start_journey(self.client, self.given, self.services.settings)
        return self.journey

    @property
    def journey(self) -> Journey:
        return self.client.get_workflow_handle_for(
            CandidateJourney.run, journey_id(self.application_id)
        )

    async def message(self, kind: MessageKind) -> UUID:
        """Commit a previewed message, as a route does."""
        box = await self.services.keys.box(self.org_id, self.candidate_id, KeyClass.identity)
        mail = render(default_template(kind.value), {"candidate_name": NAME})
        row = Message(
            id=new_id(),
            application_id=self.application_id,
            kind=kind,
            created_by=self.user_id,
            state=MessageState.pending,
        )
        for part, text in mail.model_dump().items():
            place = place_of("message", f"{part}_sealed", row.id)
            setattr(row, f"{part}_sealed", box.seal_text(text, place=place))
        await self.add(row)
        return row.id

    async def invite(self) -> UUID:
        """Commit an invitation and tell the journey; return the interview's id."""
        invite = await self.invitation()
        await steer(self.client, self.application_id, CandidateJourney.invite, invite)
        return invite.interview_id

    async def invitation(self) -> Invite:
        """Commit an invitation: an interview with its pinned versions, and the previewed mail."""
        async with self.services.db.read(self.org_id) as session:
            attempt = await session.scalar(select(func.count()).select_from(Interview))
        interview = Interview(
            id=new_id(),
            application_id=self.application_id,
            attempt=(attempt or 0) + 1,
            kind=InterviewKind.ai,
            state=InterviewState.pending,
            plan_version_id=self.plan_id,
            rubric_version_id=self.rubric_id,
            persona_version_id=self.persona_id,
        )
        await self.add(interview)
        message_id = await self.message(MessageKind.invite)
        return Invite(
            org_id=self.org_id,
            message_id=message_id,
            interview_id=interview.id,
            actor_id=self.user_id,
        )

    async def join(self, interview_id: UUID) -> None:
        join = Join(org_id=self.org_id, interview_id=interview_id)
        await steer(self.client, self.application_id, CandidateJourney.join, join)

    async def ask_for_person(self) -> None:
        ask = AskForPerson(org_id=self.org_id)
        await steer(self.client, self.application_id, CandidateJourney.ask_for_person, ask)

    async def withdraw(self) -> None:
        leave = Withdraw(org_id=self.org_id)
        await steer(self.client, self.application_id, CandidateJourney.withdraw, leave)

    async def words_changed(self, interview_id: UUID) -> None:
        changed = WordsChanged(org_id=self.org_id, interview_id=interview_id)
        await steer(self.client, self.application_id, CandidateJourney.words_changed, changed)

    async def decision(self, kind: DecisionKind, *, message: MessageKind | None = None) -> UUID:
        """Commit a decision with its mail, as a route does."""
        message_id = await self.message(message) if message else None
        box = await self.services.keys.box(self.org_id, self.candidate_id, KeyClass.decision)
        row = Decision(
            id=new_id(),
            application_id=self.application_id,
            kind=kind,
            decided_by=self.user_id,
            reason_sealed=b"",
            message_id=message_id,
            state=DecisionState.confirmed,
        )
        place = place_of("decision", "reason_sealed", row.id)
        row.reason_sealed = box.seal_text("Read all answers.", place=place)
        await self.add(row)
        return row.id

    async def set_decision(self, decision_id: UUID, state: DecisionState) -> None:
        """Put a decision into a state, as a second person does."""
        async with self.services.db.session(self.org_id) as session:
            (await session.get_one(Decision, decision_id)).state = state

    async def decide(self, decision_id: UUID) -> None:
        decide = Decide(org_id=self.org_id, decision_id=decision_id, actor_id=self.user_id)
        await steer(self.client, self.application_id, CandidateJourney.decide, decide)

    async def know_address(self, session: AsyncSession) -> None:
        """Note the candidate's address, as a recruiter types it."""
        box = await self.services.keys.box(self.org_id, self.candidate_id, KeyClass.identity)
        row = await session.get_one(Candidate, self.candidate_id)
        place = place_of("candidate", "email_sealed", self.candidate_id)
        row.email_sealed = box.seal_text(EMAIL, place=place)

    async def application(self) -> Application:
        async with self.services.db.read(self.org_id) as session:
            return await session.get_one(Application, self.application_id)

    async def tasks(self) -> list[str]:
        """Return the kinds of the open tasks, sorted."""
        async with self.services.db.read(self.org_id) as session:
            rows = (await session.execute(select(Task).where(Task.done_at.is_(None)))).scalars()
            return sorted(row.kind.value for row in rows)

    async def stands_at(self, stage: Stage, step: str | None = None) -> None:
        """Wait until the row says so; the test's own time limit ends a wait for nothing."""

        async def there() -> bool:
            row = await self.application()
            return row.stage is stage and step in {None, row.next_step}

        await until(there)


async def until(fact: Callable[[], Awaitable[bool]]) -> None:
    """Poll a fact of the database, which has no other way to say that it became true."""
    async with asyncio.timeout(30):
        while not await fact():  # noqa: ASYNC110 - a database does not call back
            await asyncio.sleep(0.03)


@asynccontextmanager
async def world(
    temporal: WorkflowEnvironment, urls: DatabaseUrls, **changed: object
) -> AsyncIterator[World]:
    """Open a world with a worker and one gateway."""
    services = services_for(urls, **changed)
    await services.keys.prepare()
    config = temporal.client.config()
    config["data_converter"] = data_converter(SealingCodec(KeyRing(TEST_RING)))
    client = Client(**config)
    here = World(services=services, client=client, gateway=Gateway(services))
    try:
        yield here
    finally:
        await services.close()


@asynccontextmanager
async def working(here: World) -> AsyncIterator[World]:
    """Run the worker and the gateway."""
    async with make_worker(here.client, here.services), here.gateway.open(here.client):
        yield here
