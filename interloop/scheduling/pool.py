"""A job's interviewers with what they are booked for, and the times they can offer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Appointment, Availability, JobMember, User
from interloop.domain.appointment import TAKES_TIME, AppointmentState
from interloop.domain.reminders import QUIET_FROM, QUIET_UNTIL
from interloop.domain.schedule import Interviewer, pool_times, times_of, waking_hours
from interloop.domain.stretches import Stretch
from interloop.scheduling.rounds import Round

Busy = Mapping[UUID, Sequence[Stretch]]
"""What interviewers' own calendars say is taken."""

_EARLIER = timedelta(days=1)
"""Meetings of the running day count for its cap."""

_NOBODY = UUID(int=0)


async def pool_of(  # noqa: PLR0913 - whose pool, as of when, seen by whom
    session: AsyncSession,
    job_id: UUID,
    *,
    now: datetime,
    lock: bool = False,
    busy: Busy | None = None,
    choosing: UUID | None = None,
) -> list[Interviewer]:
    """Return who can be booked for a job; `lock` keeps others from booking them meanwhile.

    On SQLite every write transaction stands alone anyway. What is put aside for the round that is
    `choosing` stands in nobody's way: it is given back when another time is chosen.
    """
    statement = (
        select(Availability)
        .join(JobMember, JobMember.user_id == Availability.user_id)
        .join(User, User.id == Availability.user_id)
        .where(JobMember.job_id == job_id, JobMember.interviews, User.disabled_at.is_(None))
        .order_by(Availability.id)
    )
    if lock:
        statement = statement.with_for_update(of=Availability)
    rows = (await session.execute(statement)).scalars().all()
    user_ids = [row.user_id for row in rows]
    meetings = await meetings_of(session, user_ids, now=now, choosing=choosing)
    return [
        Interviewer(
            user_id=row.user_id,
            hours=row.hours,
            meetings=tuple(meetings.get(row.user_id, ())),
            busy=tuple((busy or {}).get(row.user_id, ())),
        )
        for row in rows
    ]


async def meetings_of(
    session: AsyncSession,
    user_ids: Sequence[UUID],
    *,
    now: datetime,
    choosing: UUID | None = None,
) -> dict[UUID, list[Stretch]]:
    """Return what each of these is held or booked for; a hold that ran out takes no time."""
    statement = select(Appointment).where(
        Appointment.interviewer_id.in_(user_ids),
        Appointment.state.in_(TAKES_TIME),
        Appointment.ends_at > now - _EARLIER,
    )
    found: dict[UUID, list[Stretch]] = {}
    for row in (await session.execute(statement)).scalars():
        own_hold = row.state is AppointmentState.held and row.interview_id == choosing
        if row.interviewer_id is not None and not own_hold and not has_run_out(row, now):
            found.setdefault(row.interviewer_id, []).append(Stretch(row.starts_at, row.ends_at))
    return found


def has_run_out(row: Appointment, now: datetime) -> bool:
    """Tell whether the row is a hold whose time is over."""
    held = row.state is AppointmentState.held
    return held and row.hold_until is not None and row.hold_until <= now


def offered(
    about: Round, pool: Sequence[Interviewer], *, zone: str, within: Stretch
) -> dict[Stretch, list[UUID]]:
    """Return the times of a round, in order, and whom one would meet; nobody: the AI.

    The AI is there at every hour; a candidate is offered those of their own day.
    """
    if about.with_person:
        return pool_times(pool, about.policy, within)
    awake = Interviewer(user_id=_NOBODY, hours=waking_hours(zone, QUIET_FROM, QUIET_UNTIL))
    return {slot: [] for slot in times_of(awake, about.policy, within)}
