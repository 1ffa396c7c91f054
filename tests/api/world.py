"""One candidate in the middle of everything, written straight into the tables."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import seal_column
from interloop.db.tables import (
    Application,
    Candidate,
    Evidence,
    Interview,
    Job,
    JobMember,
    Mark,
    PersonaVersion,
    PlanVersion,
    PurposeConsent,
    Recording,
    RecordingExport,
    RecordingState,
    Resume,
    RubricVersion,
    SegmentSource,
    Task,
    TaskKind,
    Turn,
    User,
    VersionState,
)
from interloop.domain.document import ContactDetails, ReadStatus
from interloop.domain.drafting import draft_plan
from interloop.domain.ids import new_id
from interloop.domain.mark import Provenance
from interloop.domain.plan import Plan
from interloop.domain.recording import (
    EXPORT_KEPT,
    ExportFormat,
    ExportState,
    Gap,
    GapReason,
    Manifest,
)
from interloop.domain.requirements import read_requirements
from interloop.domain.roles import Role
from interloop.domain.rules import Place
from interloop.domain.stage import Stage, WaitingOn
from interloop.domain.turn import Speaker, TurnSource, TurnState
from interloop.security.sealed_file import seal_file
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services
from tests.api.conftest import Org, make_user
from tests.api.outside import connected
from tests.api.rounds import finished_interview

DESCRIPTION = "Backend engineer\n\nYou have:\n- Python\n- PostgreSQL\n- clear writing\n"
ANSWER = "I rebuilt the billing service in Python and measured it before and after."
SOUND = bytes(range(256)) * 1000
GAP = Gap(
    source=SegmentSource.candidate_audio,
    start_ms=5000,
    end_ms=7000,
    reason=GapReason.gateway_lost,
)


@dataclass(frozen=True)
class Case:
    """Ids of everything that belongs to one candidate."""

    org: Org
    members: dict[Role, User]
    """Staff who work on the job; those in `org` do not."""
    job_id: UUID
    application_id: UUID
    candidate_id: UUID
    resume_id: UUID
    interview_id: UUID
    task_id: UUID
    turn_id: UUID
    spoken_turn_id: UUID
    export_id: UUID
    api_key: str
    """May do everything that a key can."""
    outside: dict[str, str]
    """Ids of the key, and of a webhook with a delivery."""
    plan: Plan

    def params(self) -> dict[str, str]:
        """Values for the parameters of every path."""
        return {
            "job_id": str(self.job_id),
            "application_id": str(self.application_id),
            "interview_id": str(self.interview_id),
            "resume_id": str(self.resume_id),
            "task_id": str(self.task_id),
            "turn_id": str(self.turn_id),
            "export_id": str(self.export_id),
            "decision_id": str(new_id()),
            "message_id": str(new_id()),
            "mail": "invite",
            "language": "de",
            "number": "0",
            **self.outside,
            "criterion_id": self.plan.rubric.criteria[0].id,
            "version": "1",
            "path": "namespaces",
            "namespace": "interloop",
            "workflow": "journey-1",
            "kind": "state",
            "sha256": "0" * 64,
        }


async def make_case(services: Services, org: Org, *, suggested: Provenance | None = None) -> Case:
    """Write a job with its team, and a candidate whose interview is over and waits for review."""
    async with services.db.session(org.id) as session:
        members = {role: make_user(services, org.id, role) for role in Role}
        session.add_all(members.values())
        await session.flush()
        job = await _job(services, session, org, members)
        plan = await _plan(services, session, job)
        candidate, application, resume = await _application(services, session, job)
        interview = await finished_interview(services, session, application, plan)
        typed, spoken = await _turns(services, session, candidate, interview)
        task = Task(
            id=new_id(),
            application_id=application.id,
            kind=TaskKind.review,
            created_at=services.clock.now(),
        )
        session.add(task)
        if suggested is not None:
            await _suggested(services, session, interview, plan, typed=typed, by=suggested)
        await _recording(services, session, candidate, interview)
        export = await _export(services, session, interview, members[Role.recruiter])
        key, outside = await connected(services, session, members[Role.admin])
    return Case(
        org=org,
        members=members,
        job_id=job.id,
        application_id=application.id,
        candidate_id=candidate.id,
        resume_id=resume.id,
        interview_id=interview.id,
        task_id=task.id,
        turn_id=typed.id,
        spoken_turn_id=spoken.id,
        export_id=export.id,
        api_key=key,
        outside=outside,
        plan=plan.body,
    )


async def _job(
    services: Services, session: AsyncSession, org: Org, members: dict[Role, User]
) -> Job:
    now = services.clock.now()
    job = Job(
        id=new_id(),
        title="Backend engineer",
        description=DESCRIPTION,
        requirements=read_requirements(DESCRIPTION),
        place=Place(),
        created_by=members[Role.recruiter].id,
        created_at=now,
    )
    session.add(job)
    await session.flush()
    for role, user in members.items():
        session.add(
            JobMember(id=new_id(), job_id=job.id, user_id=user.id, role=role, created_at=now)
        )
    return job


async def _plan(services: Services, session: AsyncSession, job: Job) -> PlanVersion:
    now, body = services.clock.now(), draft_plan(job.title, job.description)
    version = {"id": new_id(), "job_id": job.id, "version": 1, "created_at": now}
    rubric = RubricVersion(**version, body=body.rubric)
    persona = PersonaVersion(**version, body=body.persona)
    session.add_all([rubric, persona])
    await session.flush()
    plan = PlanVersion(
        **version,
        state=VersionState.published,
        body=body,
        rubric_version_id=rubric.id,
        persona_version_id=persona.id,
        published_at=now,
    )
    session.add(plan)
    await session.flush()
    return plan


async def _application(
    services: Services, session: AsyncSession, job: Job
) -> tuple[Candidate, Application, Resume]:
    now, org_id = services.clock.now(), session.info["org_id"]
    candidate = Candidate(id=new_id(), place=Place(), created_at=now)
    box = await services.keys.box(org_id, candidate.id, KeyClass.identity)
    seal_column(box, candidate, "name_sealed", "Robin Larch")
    seal_column(box, candidate, "email_sealed", "robin@example.test")
    session.add(candidate)
    await session.flush()
    resume = Resume(
        id=new_id(),
        candidate_id=candidate.id,
        object_key=f"resumes/{org_id}/{new_id()}",
        media_type="text/plain",
        size=5,
        digest_index=hashlib.md5(candidate.id.bytes, usedforsecurity=False).digest(),
        status=ReadStatus.OK,
        created_at=now,
    )
    seal_column(box, resume, "filename_sealed", "robin.txt")
    seal_column(box, resume, "text_sealed", "Robin Larch")
    seal_column(box, resume, "contact_sealed", ContactDetails().model_dump_json())
    sealed = box.seal(b"Robin", place=place_of("resume", "object", resume.id))
    await services.storage.put(resume.object_key, sealed)
    session.add(resume)
    await session.flush()
    application = Application(
        id=new_id(),
        job_id=job.id,
        candidate_id=candidate.id,
        resume_id=resume.id,
        stage=Stage.in_review,
        stage_since=now,
        waiting_on=WaitingOn.hiring_manager,
        next_step="decide",
        created_at=now,
    )
    session.add(application)
    await session.flush()
    session.add(
        PurposeConsent(
            id=new_id(),
            application_id=application.id,
            purpose="recording",
            given=True,
            created_at=now,
        )
    )
    return candidate, application, resume


async def _turns(
    services: Services, session: AsyncSession, candidate: Candidate, interview: Interview
) -> tuple[Turn, Turn]:
    box = await services.keys.box(candidate.org_id, candidate.id, KeyClass.transcript)
    rows = []
    for seq, (speaker, source, text) in enumerate(
        (
            (Speaker.interviewer, TurnSource.voice, "What did you build?"),
            (Speaker.candidate, TurnSource.typed, ANSWER),
            (Speaker.candidate, TurnSource.voice, "i mess your it"),
        ),
        start=1,
    ):
        row = Turn(
            id=new_id(),
            interview_id=interview.id,
            seq=seq,
            speaker=speaker,
            source=source,
            state=TurnState.committed,
            start_ms=seq * 1000,
            end_ms=seq * 1000 + 900,
            reliable=source is TurnSource.typed,
            epoch=1,
            created_at=services.clock.now(),
        )
        seal_column(box, row, "text_sealed", text)
        word = {"text": "what", "start_ms": 1, "end_ms": 2, "confidence": 0.5}
        seal_column(box, row, "words_sealed", json.dumps([word]))
        rows.append(row)
    session.add_all(rows)
    await session.flush()
    return rows[1], rows[2]


async def _suggested(
    services: Services,
    session: AsyncSession,
    interview: Interview,
    plan: PlanVersion,
    *,
    typed: Turn,
    by: Provenance,
) -> None:
    for criterion in plan.body.rubric.criteria:
        mark = Mark(
            id=new_id(),
            interview_id=interview.id,
            rubric_version_id=interview.rubric_version_id,
            criterion_id=criterion.id,
            provenance=by,
            level=4,
            quotes_offered=1,
            quotes_verified=1,
            created_at=services.clock.now(),
        )
        session.add(mark)
        await session.flush()
        at = ANSWER.index("billing")
        session.add(
            Evidence(
                id=new_id(),
                mark_id=mark.id,
                turn_id=typed.id,
                turn_version=1,
                start_char=at,
                end_char=at + len("billing service"),
                start_ms=typed.start_ms,
                end_ms=typed.end_ms,
                created_at=services.clock.now(),
            )
        )


async def _recording(
    services: Services, session: AsyncSession, candidate: Candidate, interview: Interview
) -> None:
    box = await services.keys.box(candidate.org_id, candidate.id, KeyClass.media)
    row = Recording(
        id=new_id(),
        interview_id=interview.id,
        state=RecordingState.finalised,
        duration_ms=9000,
        size=len(SOUND),
        manifest=Manifest(gaps=(GAP,), filled_ms=40),
        created_at=services.clock.now(),
    )
    row.object_key = f"recordings/{candidate.org_id}/{interview.id}"
    sealed = seal_file(SOUND, box, place=place_of("recording", "object", row.id))
    await services.storage.put(row.object_key, sealed)
    session.add(row)


async def _export(
    services: Services, session: AsyncSession, interview: Interview, asker: User
) -> RecordingExport:
    application = await session.get_one(Application, interview.application_id)
    box = await services.keys.box(application.org_id, application.candidate_id, KeyClass.media)
    row = RecordingExport(
        id=new_id(),
        interview_id=interview.id,
        asked_by=asker.id,
        format=ExportFormat.webm,
        state=ExportState.ready,
        percent=100,
        media_type="audio/webm",
        size=len(SOUND),
        created_at=services.clock.now(),
        expires_at=services.clock.now() + EXPORT_KEPT,
    )
    row.object_key = f"exports/{application.org_id}/{row.id}"
    sealed = seal_file(SOUND, box, place=place_of("recording_export", "object", row.id))
    await services.storage.put(row.object_key, sealed)
    session.add(row)
    return row
