"""What waits for a person: interviews to review, and tasks."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.deciding import waiting_decision
from api.people import candidate_ref, user_refs
from api.shapes.common import JobRef, UserRef
from api.shapes.review import ProposedOut, ReviewRow, TaskOut
from api.sight import sees
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Candidate,
    Decision,
    Interview,
    InterviewState,
    Job,
    Mark,
    RubricVersion,
    Scorecard,
    Task,
)
from interloop.db.trail import audit, changed
from interloop.domain.deciding import DecisionState
from interloop.domain.stage import Stage
from interloop.security.permissions import Permission, may

routes = Routes("review")


@routes.get("/review-queue", Permission.list_reviews)
async def get_review_queue(context: Ctx, staff: StaffDep) -> list[ReviewRow]:
    """List what waits for marks or a decision, oldest first."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, "people.listed", at=now, about=("review", None))
        statement = (
            select(Application, Candidate, Job)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .join(Job, Job.id == Application.job_id)
            .where(_waits(), sees(staff))
            .order_by(Application.stage_since, Application.id)
        )
        found = (await session.execute(statement)).all()
        return [
            await _review(context, session, staff, (application, candidate, job))
            for application, candidate, job in found
        ]


def _waits() -> ColumnElement[bool]:
    """Return the condition on `Application` that somebody must review or second it."""
    proposed = select(Decision.application_id).where(Decision.state == DecisionState.proposed)
    seconded = and_(Application.id.in_(proposed), Application.stage != Stage.closed)
    return or_(Application.stage == Stage.in_review, seconded)


@routes.get("/tasks", Permission.list_tasks)
async def list_tasks(context: Ctx, staff: StaffDep) -> list[TaskOut]:
    """List open tasks, most urgent first."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, "people.listed", at=now, about=("task", None))
        statement = (
            select(Task, Job, Candidate)
            .join(Application, Application.id == Task.application_id)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .join(Job, Job.id == Application.job_id)
            .where(Task.done_at.is_(None), sees(staff))
            .order_by(Task.due_at.is_(None), Task.due_at, Task.created_at)
        )
        found = (await session.execute(statement)).all()
        people = await user_refs(session, (task.assignee_id for task, _, _ in found))
        return [await _task(context, each, people) for each in found]


@routes.post("/tasks/{task_id}/done", Permission.finish_task)
async def finish_task(context: Ctx, staff: StaffDep, task_id: UUID) -> TaskOut:
    """Mark a task as done; doing it twice is doing it once."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        task = await must_get(session, Task, task_id, lock=True)
        application = await must_get(session, Application, task.application_id)
        if task.done_at is None:
            task.done_at, task.done_by = now, staff.id
            await audit(session, staff.who, "task.done", at=now, about=("task", task_id))
            await changed(session, "task", task_id, at=now, job_id=application.job_id)
        job = await must_get(session, Job, application.job_id)
        candidate = await must_get(session, Candidate, application.candidate_id)
        people = await user_refs(session, (task.assignee_id,))
        return await _task(context, (task, job, candidate), people)


async def _task(
    context: Context, found: tuple[Task, Job, Candidate], people: dict[UUID, UserRef]
) -> TaskOut:
    task, job, candidate = found
    return TaskOut(
        id=task.id,
        kind=task.kind,
        application_id=task.application_id,
        job=JobRef(id=job.id, title=job.title),
        candidate=await candidate_ref(context.services, candidate),
        assignee=people.get(task.assignee_id) if task.assignee_id else None,
        created_at=task.created_at,
        due_at=task.due_at,
        done_at=task.done_at,
    )


async def _review(
    context: Context,
    session: AsyncSession,
    staff: Staff,
    found: tuple[Application, Candidate, Job],
) -> ReviewRow:
    application, candidate, job = found
    interview = await _newest_finished(session, application.id)
    own, criteria, submitted = 0, 0, False
    if interview is not None:
        own = await _own_marks(session, staff, interview.id)
        rubric = await must_get(session, RubricVersion, interview.rubric_version_id)
        criteria = len(rubric.body.criteria)
        submitted = await _is_submitted(session, staff, interview.id)
    return ReviewRow(
        application_id=application.id,
        interview_id=interview.id if interview else None,
        job=JobRef(id=job.id, title=job.title),
        candidate=await candidate_ref(context.services, candidate),
        waiting_since=application.stage_since,
        due_at=application.due_at,
        own_marks=own,
        criteria=criteria,
        submitted=submitted,
        proposed=await _proposed(session, staff, application.id),
    )


async def _proposed(
    session: AsyncSession, staff: Staff, application_id: UUID
) -> ProposedOut | None:
    waiting = await waiting_decision(session, application_id)
    if waiting is None or waiting.state is not DecisionState.proposed:
        return None
    people = await user_refs(session, (waiting.decided_by,))
    second = waiting.decided_by != staff.id and may(staff.role, Permission.decide, member=True)
    return ProposedOut(
        decision_id=waiting.id,
        kind=waiting.kind,
        by=people[waiting.decided_by],
        at=waiting.created_at,
        yours=second,
    )


async def _newest_finished(session: AsyncSession, application_id: UUID) -> Interview | None:
    statement = (
        select(Interview)
        .where(
            Interview.application_id == application_id,
            Interview.state == InterviewState.finished,
        )
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _own_marks(session: AsyncSession, staff: Staff, interview_id: UUID) -> int:
    statement = select(func.count(Mark.id)).where(
        Mark.interview_id == interview_id, Mark.user_id == staff.id
    )
    return await session.scalar(statement) or 0


async def _is_submitted(session: AsyncSession, staff: Staff, interview_id: UUID) -> bool:
    statement = select(Scorecard.id).where(
        Scorecard.interview_id == interview_id, Scorecard.user_id == staff.id
    )
    return await session.scalar(statement) is not None
