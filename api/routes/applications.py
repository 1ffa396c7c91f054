"""Applications: adding candidates and reading where they stand."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, UploadFile
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes, is_member
from api.callers import Staff, StaffDep
from api.contact import contact_of, store_contact
from api.context import Context, Ctx
from api.invitable import inviting
from api.people import candidate_ref
from api.shapes.applications import (
    Act,
    ApplicationCreatedOut,
    ApplicationOut,
    ApplicationRow,
    ContactIn,
)
from api.shapes.common import CandidateRef, JobRef, UserRef
from api.uploads import read_upload
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Candidate,
    HistoryErasure,
    Interview,
    InterviewKind,
    InterviewState,
    Job,
    JobMember,
    PlanVersion,
    User,
    VersionState,
)
from interloop.db.trail import audit
from interloop.domain.inviting import Invitable
from interloop.domain.job_policy import Way
from interloop.domain.journey import NextStep
from interloop.domain.stage import Stage, WaitingOn
from interloop.domain.waiting import why
from interloop.intake import Arrival, take_in
from interloop.scheduling.rounds import live_appointment
from interloop.security.permissions import Permission, may
from workflows.ids import journey_id

routes = Routes("applications")

EMAIL = r"^\S+@\S+\.\S+$"
_ASKS: dict[Act, Permission] = {"propose": Permission.book}
"""What is an act of its own and no permission of its own."""
_INVITABLE = frozenset({Stage.screening, Stage.invited, Stage.in_review, Stage.decided})


@routes.post("/jobs/{job_id}/applications", Permission.add_application, status_code=201)
async def add_application(
    context: Ctx,
    staff: StaffDep,
    job_id: UUID,
    resume: UploadFile,
    name: Annotated[str | None, Form(max_length=200)] = None,
    email: Annotated[str | None, Form(max_length=320), Field(pattern=EMAIL)] = None,
) -> ApplicationCreatedOut:
    """Add a candidate by their resume; the journey starts once the row is committed.

    An address that the resume lacks may be typed later; 422 says which way a document is unusable,
    409 names the application that is there already.
    """
    data, filename = await read_upload(resume)
    arrival = Arrival(job_id=job_id, data=data, filename=filename, name=name, email=email)
    application = await take_in(context.services, staff, arrival)
    journey = await context.journeys.start(application)
    return ApplicationCreatedOut(
        id=application.id, candidate_id=application.candidate_id, journey=journey
    )


@routes.get("/jobs/{job_id}/applications", Permission.see_applications)
async def list_applications(context: Ctx, staff: StaffDep, job_id: UUID) -> list[ApplicationRow]:
    """List the people of a job."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        statement = (
            select(Application, Candidate)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.job_id == job_id)
            .order_by(Application.stage_since, Application.id)
        )
        found = list(await session.execute(statement))
        job = await inviting(session, job_id)
        await audit(session, staff.who, "people.listed", at=now, about=("job", job_id))
    return [
        _row(
            application,
            await candidate_ref(context.services, candidate),
            job.of(application, candidate),
        )
        for application, candidate in found
    ]


@routes.get("/applications/{application_id}", Permission.see_applications)
async def get_application(context: Ctx, staff: StaffDep, application_id: UUID) -> ApplicationOut:
    """Return where a candidate stands."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id)
        about = ("application", application_id)
        await audit(session, staff.who, "application.viewed", at=now, about=about)
        return await _page(context, session, staff, application)


@routes.put("/applications/{application_id}/contact", Permission.edit_contact)
async def set_contact(
    context: Ctx, staff: StaffDep, application_id: UUID, body: ContactIn
) -> ApplicationOut:
    """Type contact details the resume lacks; a journey that waits for an address goes on."""
    waits = await store_contact(context.services, staff, application_id, body)
    if waits:
        await context.journeys.contact_given(application_id, org_id=staff.org_id, actor_id=staff.id)
    return await get_application(context, staff, application_id)


def _row(application: Application, candidate: CandidateRef, invitable: Invitable) -> ApplicationRow:
    return ApplicationRow(
        id=application.id,
        candidate=candidate,
        stage=application.stage,
        stage_since=application.stage_since,
        outcome=application.outcome,
        waiting_on=application.waiting_on,
        due_at=application.due_at,
        next_step=application.next_step,
        match_supported=application.match_supported,
        match_total=application.match_total,
        invitable=invitable,
    )


async def _page(
    context: Context, session: AsyncSession, staff: Staff, application: Application
) -> ApplicationOut:
    candidate = await must_get(session, Candidate, application.candidate_id)
    job = await must_get(session, Job, application.job_id)
    interview = await _newest_interview(session, application)
    ready = (await inviting(session, job.id)).of(application, candidate)
    row = _row(application, await candidate_ref(context.services, candidate), ready)
    return ApplicationOut(
        **row.model_dump(),
        job=JobRef(id=job.id, title=job.title),
        contact=await contact_of(context.services, candidate, application),
        created_at=application.created_at,
        erased=candidate.erased_at is not None,
        journey="started" if application.run_id else "waiting",
        may=await _acts(session, staff, application, interview=interview),
        movers=await _movers(session, application),
        resume_id=application.resume_id,
        interview_id=interview.id if interview else None,
        why=why(NextStep(application.next_step)),
        workflow=await _watched(context, session, staff, application),
    )


async def _watched(
    context: Context, session: AsyncSession, staff: Staff, application: Application
) -> str | None:
    """Return the address of the journey in Temporal Web, when there is one to see."""
    if not application.run_id or not may(staff.role, Permission.watch_workflows, member=False):
        return None
    gone = select(HistoryErasure.id).where(
        HistoryErasure.application_id == application.id,
        # One that was opened again since has a new history.
        HistoryErasure.gone_at >= application.stage_since,
    )
    if application.stage is Stage.closed and await session.scalar(gone.limit(1)) is not None:
        return None
    namespace = context.services.settings.temporal_namespace
    return f"/temporal/namespaces/{namespace}/workflows/{journey_id(application.id)}"


async def _newest_interview(session: AsyncSession, application: Application) -> Interview | None:
    statement = (
        select(Interview)
        .where(
            Interview.application_id == application.id,
            Interview.state != InterviewState.cancelled,
        )
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
    )
    return (await session.execute(statement)).scalars().first()


async def _acts(
    session: AsyncSession, staff: Staff, application: Application, *, interview: Interview | None
) -> tuple[Act, ...]:
    """Return what the asker may do now, by permission and by where the application stands."""
    member = await is_member(session, application.job_id, staff.id)
    published = await session.scalar(
        select(PlanVersion.id).where(
            PlanVersion.job_id == application.job_id, PlanVersion.state == VersionState.published
        )
    )
    is_open = application.stage is not Stage.closed
    invitable = application.stage in _INVITABLE and application.next_step not in {
        NextStep.give_contact,
        NextStep.read_resume,
    }
    spoken = interview is not None and interview.state is InterviewState.finished
    now_possible: dict[Act, bool] = {
        "invite": invitable and published is not None,
        "decide": is_open,
        "edit_contact": is_open,
        "mark": spoken,
        "book": interview is not None and _can_be_timed(application, interview),
        "propose": await _can_be_proposed(session, application, interview),
    }
    return tuple(
        act
        for act, possible in now_possible.items()
        if possible and may(staff.role, _ASKS.get(act) or Permission(act), member=member)
    )


async def _can_be_proposed(
    session: AsyncSession, application: Application, interview: Interview | None
) -> bool:
    """Tell whether Interloop may look for a time once more: it proposes them, and none stands."""
    if interview is None or not _can_be_timed(application, interview):
        return False
    job = await must_get(session, Job, application.job_id)
    proposes = job.policy.way is Way.system_proposes
    return proposes and await live_appointment(session, interview.id) is None


def _can_be_timed(application: Application, interview: Interview) -> bool:
    """Tell whether a time can be booked: the round is open and has not begun."""
    waits = interview.state in {InterviewState.pending, InterviewState.ready}
    stages = {Stage.invited, Stage.scheduled}
    if interview.kind is InterviewKind.human:
        stages.add(Stage.in_review)
    return waits and application.stage in stages


async def _movers(session: AsyncSession, application: Application) -> tuple[UserRef, ...]:
    """Return the members of the job who can take the next step, when it waits on staff."""
    if application.waiting_on not in {WaitingOn.recruiter, WaitingOn.hiring_manager}:
        return ()
    statement = (
        select(User)
        .join(JobMember, JobMember.user_id == User.id)
        .where(JobMember.job_id == application.job_id, User.disabled_at.is_(None))
        .order_by(User.name)
    )
    people = (await session.execute(statement)).scalars()
    return tuple(
        UserRef(id=user.id, name=user.name, role=user.role)
        for user in people
        if may(user.role, Permission.decide, member=True)
    )
