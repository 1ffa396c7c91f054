"""Jobs and who works on them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import user_ref
from api.shapes.common import UserRef
from api.shapes.jobs import DescriptionOut, JobIn, JobOut, JobRow, MembersIn, StageCount
from api.sight import sees
from api.uploads import read_upload
from interloop.db.rows import must_get
from interloop.db.tables import Application, Job, JobMember, PlanVersion, User, VersionState
from interloop.db.trail import audit, changed
from interloop.domain.drafting import draft_plan
from interloop.domain.errors import NotFound
from interloop.domain.ids import new_id
from interloop.domain.requirements import read_requirements
from interloop.domain.roles import Role
from interloop.domain.stage import Stage, WaitingOn
from interloop.security.permissions import Permission

routes = Routes("jobs")

_US = (WaitingOn.recruiter, WaitingOn.hiring_manager)


@routes.get("/jobs", Permission.list_jobs)
async def list_jobs(context: Ctx, staff: StaffDep) -> list[JobRow]:
    """List the jobs the asker may see, newest first."""
    async with context.services.db.read(staff.org_id) as session:
        statement = select(Job).where(sees(staff)).order_by(Job.created_at.desc(), Job.id.desc())
        jobs = list((await session.execute(statement)).scalars())
        return await _rows(session, jobs)


@routes.post("/jobs", Permission.create_job, status_code=201)
async def create_job(context: Ctx, staff: StaffDep, body: JobIn) -> JobOut:
    """Open a job; requirements and a plan draft are read from its description."""
    now = context.services.clock.now()
    job = Job(
        id=new_id(),
        org_id=staff.org_id,
        title=body.title,
        description=body.description,
        requirements=read_requirements(body.description),
        place=body.place,
        created_by=staff.id,
        created_at=now,
    )
    async with context.services.db.session(staff.org_id) as session:
        session.add(job)
        await session.flush()
        session.add(_member(job, staff.id, role=staff.role, now=now))
        session.add(_draft(job, now=now))
        await audit(session, staff.who, "job.opened", at=now, about=("job", job.id))
        await changed(session, "job", job.id, at=now, job_id=job.id)
    return await get_job(context, staff, job.id)


@routes.post("/documents/description", Permission.create_job)
async def read_description(context: Ctx, file: UploadFile) -> DescriptionOut:
    """Read the text of an uploaded job description."""
    data, filename = await read_upload(file)
    document = await context.services.documents.read(data, filename=filename)
    return DescriptionOut(status=document.status, pages=document.pages, text=document.text)


@routes.get("/jobs/{job_id}", Permission.see_job)
async def get_job(context: Ctx, staff: StaffDep, job_id: UUID) -> JobOut:
    """Return one job."""
    async with context.services.db.read(staff.org_id) as session:
        job = await must_get(session, Job, job_id)
        row = (await _rows(session, [job]))[0]
        members = await _members(session, job_id)
    return JobOut(
        **row.model_dump(),
        description=job.description,
        place=job.place,
        requirements=job.requirements,
        members=tuple(members),
    )


@routes.get("/jobs/{job_id}/members", Permission.see_job)
async def list_members(context: Ctx, staff: StaffDep, job_id: UUID) -> list[UserRef]:
    """List who works on the job."""
    async with context.services.db.read(staff.org_id) as session:
        return await _members(session, job_id)


@routes.put("/jobs/{job_id}/members", Permission.edit_members)
async def set_members(
    context: Ctx, staff: StaffDep, job_id: UUID, body: MembersIn
) -> list[UserRef]:
    """Set who works on the job."""
    now = context.services.clock.now()
    wanted = {member.user_id: member.role for member in body.members}
    async with context.services.db.session(staff.org_id) as session:
        job = await must_get(session, Job, job_id, lock=True)
        known = set((await session.execute(select(User.id).where(User.id.in_(wanted)))).scalars())
        if known != set(wanted):
            raise NotFound("one of these people is not here", code="unknown_user")
        pool = await _interviewers(session, job_id)
        await session.execute(delete(JobMember).where(JobMember.job_id == job_id))
        for user_id, role in wanted.items():
            member = _member(job, user_id, role=role, now=now)
            member.interviews = pool.get(user_id, role is Role.interviewer)
            session.add(member)
        details = {"members": str(len(wanted))}
        about = ("job", job.id)
        await audit(session, staff.who, "job.members_set", at=now, about=about, details=details)
        await changed(session, "job", job.id, at=now, job_id=job.id)
        await session.flush()
        return await _members(session, job_id)


@routes.get("/users", Permission.see_users)
async def list_users(context: Ctx, staff: StaffDep) -> list[UserRef]:
    """List the organisation's staff."""
    async with context.services.db.read(staff.org_id) as session:
        statement = select(User).where(User.disabled_at.is_(None)).order_by(User.name)
        return [user_ref(user) for user in (await session.execute(statement)).scalars()]


def _member(job: Job, user_id: UUID, *, role: Role, now: datetime) -> JobMember:
    return JobMember(
        id=new_id(),
        org_id=job.org_id,
        job_id=job.id,
        user_id=user_id,
        role=role,
        created_at=now,
    )


async def _interviewers(session: AsyncSession, job_id: UUID) -> dict[UUID, bool]:
    statement = select(JobMember).where(JobMember.job_id == job_id)
    rows = (await session.execute(statement)).scalars()
    return {row.user_id: row.interviews for row in rows}


def _draft(job: Job, *, now: datetime) -> PlanVersion:
    return PlanVersion(
        id=new_id(),
        org_id=job.org_id,
        job_id=job.id,
        version=1,
        state=VersionState.draft,
        body=draft_plan(job.title, job.description),
        revision=1,
        created_at=now,
    )


async def _members(session: AsyncSession, job_id: UUID) -> list[UserRef]:
    statement = (
        select(User, JobMember.role)
        .join(JobMember, JobMember.user_id == User.id)
        .where(JobMember.job_id == job_id)
        .order_by(User.name)
    )
    rows = await session.execute(statement)
    return [UserRef(id=user.id, name=user.name, role=role) for user, role in rows]


async def _rows(session: AsyncSession, jobs: Sequence[Job]) -> list[JobRow]:
    ids = [job.id for job in jobs]
    counts = await _counts(session, ids)
    published = set(
        (
            await session.execute(
                select(PlanVersion.job_id).where(
                    PlanVersion.job_id.in_(ids), PlanVersion.state == VersionState.published
                )
            )
        ).scalars()
    )
    waiting = await _waiting(session, ids)
    return [
        JobRow(
            id=job.id,
            title=job.title,
            created_at=job.created_at,
            closed_at=job.closed_at,
            stages=tuple(
                StageCount(stage=stage, count=counts.get((job.id, stage), 0)) for stage in Stage
            ),
            people=sum(counts.get((job.id, stage), 0) for stage in Stage),
            waiting_on_us=waiting.get(job.id, (0, None))[0],
            next_event_at=waiting.get(job.id, (0, None))[1],
            plan_published=job.id in published,
        )
        for job in jobs
    ]


async def _counts(session: AsyncSession, ids: Sequence[UUID]) -> dict[tuple[UUID, Stage], int]:
    statement = (
        select(Application.job_id, Application.stage, func.count(Application.id))
        .where(Application.job_id.in_(ids))
        .group_by(Application.job_id, Application.stage)
    )
    rows = await session.execute(statement)
    return {(job_id, stage): count for job_id, stage, count in rows}


async def _waiting(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, tuple[int, datetime | None]]:
    """Return for each job how many wait on us, and the next deadline of any open application."""
    statement = (
        select(
            Application.job_id,
            func.count(Application.id).filter(Application.waiting_on.in_(_US)),
            func.min(Application.due_at),
        )
        .where(Application.job_id.in_(ids), Application.stage != Stage.closed)
        .group_by(Application.job_id)
    )
    rows = await session.execute(statement)
    return {job_id: (count, due) for job_id, count, due in rows}
