"""What a person's week would offer: the next times of each job that they interview for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.shapes.common import JobRef
from api.shapes.schedule import FreeTimesOut, HoursPreviewOut, SlotOut
from interloop.db.calendars import connection_of
from interloop.db.tables import Job, JobMember
from interloop.domain.hours import WeeklyHours, open_stretches
from interloop.domain.job_policy import JobPolicy
from interloop.domain.schedule import Interviewer, times_of, window
from interloop.domain.stretches import Stretch
from interloop.scheduling.calendars import busy_of
from interloop.scheduling.pool import meetings_of
from interloop.services import Services

_JOBS = 3
"""So many jobs are worked out, the newest; the others offer by rules much like these."""

_SHOWN = 60


async def preview(services: Services, staff: Staff, hours: WeeklyHours) -> HoursPreviewOut:
    """Return what the asker's week would mean; nothing is kept."""
    now = services.clock.now()
    async with services.db.read(staff.org_id) as session:
        rules = await _rules(session, staff)
        meetings = (await meetings_of(session, [staff.id], now=now)).get(staff.id, [])
        connection = await connection_of(session, staff.id)
    within = Stretch(now, max(window(policy, now).end for _, policy in rules))
    # Read outside the session: a calendar may take its time.
    busy = [] if connection is None else await busy_of(services, connection, within)
    one = Interviewer(user_id=staff.id, hours=hours, meetings=tuple(meetings), busy=tuple(busy))
    return HoursPreviewOut(
        zone=hours.zone,
        offers=tuple(_offer(one, job, policy, now=now) for job, policy in rules),
        outside=_outside(hours, meetings, now=now),
        calendar_silent=busy == [within],
    )


def _offer(
    one: Interviewer, job: JobRef | None, policy: JobPolicy, *, now: datetime
) -> FreeTimesOut:
    times = times_of(one, policy, window(policy, now))
    return FreeTimesOut(
        job=job,
        minutes=int(policy.slot.total_seconds() // 60),
        slots=tuple(SlotOut(starts_at=slot.start, ends_at=slot.end) for slot in times[:_SHOWN]),
    )


def _outside(hours: WeeklyHours, meetings: Sequence[Stretch], *, now: datetime) -> int:
    """Return how many meetings ahead do not lie wholly in the hours."""
    return sum(open_stretches(hours, each) != [each] for each in meetings if each.start > now)


async def _rules(session: AsyncSession, staff: Staff) -> list[tuple[JobRef | None, JobPolicy]]:
    """Return the open jobs that the asker interviews for; the usual rules where there is none."""
    statement = (
        select(Job)
        .join(JobMember, JobMember.job_id == Job.id)
        .where(JobMember.user_id == staff.id, JobMember.interviews, Job.closed_at.is_(None))
        .order_by(Job.created_at.desc(), Job.id.desc())
        .limit(_JOBS)
    )
    jobs = (await session.execute(statement)).scalars().all()
    if not jobs:
        return [(None, JobPolicy())]
    return [(JobRef(id=job.id, title=job.title), job.policy) for job in jobs]
