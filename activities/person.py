"""Opens the interview with a person that a candidate asked for; nobody writes down why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.rows import must_get
from interloop.db.mails import Letter, write_message
from interloop.db.tables import (
    Application,
    Candidate,
    Interview,
    InterviewKind,
    InterviewState,
    Job,
    Message,
    MessageKind,
    PlanVersion,
    VersionState,
)
from interloop.db.trail import SYSTEM, Who, audit, changed
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.stage import Actor
from interloop.domain.steps import PersonRequested, RequestPerson
from interloop.scheduling.rounds import newest_round
from interloop.services import Services


class PersonSteps:
    """Hands a candidate over to a person."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def request_person(self, request: RequestPerson) -> PersonRequested:
        """Open the human interview and write the confirming mail; idempotent by the open row.

        Raises `Conflict` when the job has no published plan to talk about.
        """
        now = self._services.clock.now()
        async with self._services.db.session(request.org_id) as session:
            application = await must_get(session, Application, request.application_id, lock=True)
            message_id = await _waiting_mail(session, application)
            there = await _open_interview(session, application)
            if there is not None:
                return PersonRequested(message_id=message_id, interview_id=there)
            job = await must_get(session, Job, application.job_id)
            interview = await _human_interview(session, application, job, until=request.due_at)
            interview.created_at = now
            session.add(interview)
            message_id = await self._write(session, application, due=request.due_at)
            by_candidate = request.by is Actor.candidate
            who = Who(kind="candidate", id=application.candidate_id) if by_candidate else SYSTEM
            about = ("interview", interview.id)
            await audit(session, who, "person.requested", at=now, about=about)
            await changed(session, "interview", interview.id, at=now, job_id=job.id)
            return PersonRequested(message_id=message_id, interview_id=interview.id)

    async def _write(
        self, session: AsyncSession, application: Application, *, due: datetime
    ) -> UUID | None:
        candidate = await must_get(session, Candidate, application.candidate_id)
        if candidate.email_sealed is None:
            return None
        letter = Letter(
            application_id=application.id,
            kind=MessageKind.human_interview,
            at=self._services.clock.now(),
            values={"open_until": due},
        )
        return (await write_message(session, self._services.keys, letter)).id


async def _open_interview(session: AsyncSession, application: Application) -> UUID | None:
    statement = select(Interview.id).where(
        Interview.application_id == application.id,
        Interview.kind == InterviewKind.human,
        Interview.state == InterviewState.pending,
    )
    return (await session.execute(statement)).scalars().first()


async def _waiting_mail(session: AsyncSession, application: Application) -> UUID | None:
    statement = (
        select(Message.id)
        .where(
            Message.application_id == application.id,
            Message.kind == MessageKind.human_interview,
        )
        .order_by(Message.created_at.desc())
    )
    return (await session.execute(statement)).scalars().first()


async def _human_interview(
    session: AsyncSession, application: Application, job: Job, *, until: datetime
) -> Interview:
    """Return the next attempt, on the newest published plan, for whoever opened the job."""
    statement = (
        select(PlanVersion)
        .where(PlanVersion.job_id == job.id, PlanVersion.state == VersionState.published)
        .order_by(PlanVersion.version.desc())
    )
    plan = (await session.execute(statement)).scalars().first()
    if plan is None or plan.rubric_version_id is None or plan.persona_version_id is None:
        raise Conflict("the job has no published plan", code="no_plan")
    round_no, attempt = await newest_round(session, application.id)
    return Interview(
        id=new_id(),
        application_id=application.id,
        round_no=round_no,
        attempt=attempt + 1,
        kind=InterviewKind.human,
        state=InterviewState.pending,
        plan_version_id=plan.id,
        rubric_version_id=plan.rubric_version_id,
        persona_version_id=plan.persona_version_id,
        assignee_id=job.created_by,
        open_until=until,
    )
