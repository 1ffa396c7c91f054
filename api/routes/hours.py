"""When staff can be booked: their own hours, a job's pool of interviewers, and its policy."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.free_times import preview
from api.people import user_ref
from api.shapes.common import UserRef
from api.shapes.schedule import (
    HoursOut,
    HoursPreviewOut,
    JobPolicyIn,
    JobPolicyOut,
    PoolIn,
    PoolMember,
)
from interloop.db.rows import must_get
from interloop.db.tables import Appointment, Availability, Job, JobMember, User
from interloop.db.trail import audit, changed
from interloop.domain.appointment import TAKES_TIME
from interloop.domain.errors import Conflict, NotFound, Unreadable
from interloop.domain.hours import WeeklyHours, overlapping
from interloop.domain.ids import new_id
from interloop.domain.job_policy import changed_rules
from interloop.security.permissions import Permission

routes = Routes("schedule")


@routes.get("/me/hours", Permission.keep_hours)
async def get_own_hours(context: Ctx, staff: StaffDep) -> HoursOut:
    """Return when the asker can be booked."""
    async with context.services.db.read(staff.org_id) as session:
        row = await _hours_of(session, staff.id)
    if row is None:
        return HoursOut(hours=WeeklyHours(), saved_at=None)
    return HoursOut(hours=row.hours, saved_at=row.created_at)


@routes.put("/me/hours", Permission.keep_hours)
async def set_own_hours(context: Ctx, staff: StaffDep, body: WeeklyHours) -> HoursOut:
    """Say when the asker can be booked; what is booked already stays.

    422 `hours_overlap` for two stretches of one day that share time.
    """
    _refuse_overlap(body)
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        row = await _hours_of(session, staff.id)
        if row is None:
            row = Availability(id=new_id(), org_id=staff.org_id, user_id=staff.id)
            session.add(row)
        row.hours, row.created_at = body, now
        await audit(session, staff.who, "hours.set", at=now, about=("user", staff.id))
        await changed(session, "hours", staff.id, at=now)
    return HoursOut(hours=body, saved_at=now)


@routes.post("/me/hours/preview", Permission.keep_hours)
async def preview_own_hours(context: Ctx, staff: StaffDep, body: WeeklyHours) -> HoursPreviewOut:
    """Return the next times these hours would offer, clear of meetings and the asker's calendar."""
    _refuse_overlap(body)
    return await preview(context.services, staff, body)


@routes.get("/jobs/{job_id}/interviewers", Permission.see_job)
async def list_interviewers(context: Ctx, staff: StaffDep, job_id: UUID) -> list[PoolMember]:
    """List the job's members, and who of them interviews."""
    async with context.services.db.read(staff.org_id) as session:
        return await _pool(session, job_id, now=context.services.clock.now())


@routes.put("/jobs/{job_id}/interviewers", Permission.edit_schedule)
async def set_interviewers(
    context: Ctx, staff: StaffDep, job_id: UUID, body: PoolIn
) -> list[PoolMember]:
    """Set who of the job's members interviews for it.

    404 `not_a_member` for somebody who does not work on the job; 409 `pool_moved` when somebody
    else set it meanwhile.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await must_get(session, Job, job_id, lock=True)
        members = (
            (await session.execute(select(JobMember).where(JobMember.job_id == job_id)))
            .scalars()
            .all()
        )
        if not set(body.user_ids) <= {member.user_id for member in members}:
            raise NotFound("this person does not work on the job", code="not_a_member")
        if {member.user_id for member in members if member.interviews} != set(body.seen):
            raise Conflict("somebody else set who interviews meanwhile", code="pool_moved")
        for member in members:
            member.interviews = member.user_id in body.user_ids
        about, details = ("job", job_id), {"interviewers": str(len(body.user_ids))}
        await audit(session, staff.who, "job.pool_set", at=now, about=about, details=details)
        await changed(session, "job", job_id, at=now, job_id=job_id)
        await session.flush()
        return await _pool(session, job_id, now=now)


@routes.get("/jobs/{job_id}/policy", Permission.see_job)
async def get_job_policy(context: Ctx, staff: StaffDep, job_id: UUID) -> JobPolicyOut:
    """Return how this job's interviews are found a time, and how long who waits."""
    async with context.services.db.read(staff.org_id) as session:
        job = await must_get(session, Job, job_id)
        return JobPolicyOut(policy=job.policy, meeting_place=job.meeting_place)


@routes.put("/jobs/{job_id}/policy", Permission.edit_schedule)
async def set_job_policy(
    context: Ctx, staff: StaffDep, job_id: UUID, body: JobPolicyIn
) -> JobPolicyOut:
    """Set it for the people who are added from now on; times are offered by it at once.

    409 `rules_moved` names the rules that somebody else changed meanwhile.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        job = await must_get(session, Job, job_id, lock=True)
        moved = changed_rules(body.seen, job.policy)
        if moved:
            said = f"somebody else changed these rules meanwhile: {', '.join(moved)}"
            raise Conflict(said, code="rules_moved")
        job.policy = body.policy
        about, details = ("job", job_id), {"way": body.policy.way.value}
        await audit(session, staff.who, "job.policy_set", at=now, about=about, details=details)
        await changed(session, "job", job_id, at=now, job_id=job_id)
        return JobPolicyOut(policy=body.policy, meeting_place=job.meeting_place)


def _refuse_overlap(hours: WeeklyHours) -> None:
    if overlapping(hours.rules) is not None:
        raise Unreadable("two stretches of one day share time", code="hours_overlap")


async def _hours_of(session: AsyncSession, user_id: UUID) -> Availability | None:
    statement = select(Availability).where(Availability.user_id == user_id)
    return (await session.execute(statement)).scalar_one_or_none()


async def _pool(session: AsyncSession, job_id: UUID, *, now: datetime) -> list[PoolMember]:
    ahead = (
        select(func.count(Appointment.id))
        .where(
            Appointment.interviewer_id == User.id,
            Appointment.state.in_(TAKES_TIME),
            Appointment.starts_at > now,
        )
        .correlate(User)
        .scalar_subquery()
    )
    statement = (
        select(User, JobMember, Availability, ahead)
        .join(JobMember, JobMember.user_id == User.id)
        .outerjoin(Availability, Availability.user_id == User.id)
        .where(JobMember.job_id == job_id)
        .order_by(User.name)
    )
    return [
        PoolMember(
            user=UserRef(**user_ref(user).model_dump() | {"role": member.role}),
            interviews=member.interviews,
            zone=hours.hours.zone if hours else None,
            meetings_ahead=meetings,
        )
        for user, member, hours, meetings in await session.execute(statement)
    ]
