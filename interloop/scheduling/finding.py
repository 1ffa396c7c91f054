"""Finds a time without being told one: the first that fits, or the nearest to one that fell."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Appointment
from interloop.db.trail import SYSTEM
from interloop.domain.appointment import AppointmentState, Booked, Proposed
from interloop.domain.schedule import PROPOSAL
from interloop.scheduling.booking import book
from interloop.scheduling.holding import Wish, hold
from interloop.scheduling.pool import Busy, has_run_out, offered, pool_of
from interloop.scheduling.rounds import Round, live_appointment, round_of

MOST_PROPOSALS = 3
"""After so many that did not suit, a person looks."""

_MOVE = timedelta(minutes=5)


async def propose(
    session: AsyncSession,
    interview_id: UUID,
    *,
    now: datetime,
    busy: Busy | None = None,
    by_person: bool = False,
) -> Proposed | None:
    """Put the first time aside that fits and was not proposed before; None when there is none.

    `by_person`: somebody wants one also after some that did not suit. Idempotent: a proposal that
    is still put aside is told again.
    """
    about = await round_of(session, interview_id, lock=True)
    there = await live_appointment(session, interview_id, AppointmentState.held)
    if there is not None and there.proposed and not has_run_out(there, now):
        return _told(there, now)
    declined = await _declined(session, interview_id)
    if len(declined) >= MOST_PROPOSALS and not by_person:
        return None
    pool = await pool_of(session, about.job.id, now=now, busy=busy) if about.with_person else []
    times = offered(about, pool, zone=about.zone, within=about.choosable(now))
    start = next((slot.start for slot in times if slot.start not in declined), None)
    if start is None:
        return None
    wish = Wish(
        interview_id=interview_id,
        starts_at=start,
        zone=about.zone,
        hold_until=min(now + PROPOSAL, start),
        proposed=True,
    )
    return _told(await hold(session, wish, SYSTEM, now=now, busy=busy), now)


async def move(
    session: AsyncSession,
    interview_id: UUID,
    *,
    now: datetime,
    sequence: int,
    busy: Busy | None = None,
) -> Booked | None:
    """Move the appointment of this sequence away from its interviewer; None when nothing fits.

    The nearest time is taken: the same with somebody else, if somebody else is free. Idempotent:
    an appointment with a higher sequence has been moved.
    """
    about = await round_of(session, interview_id, lock=True)
    row = await live_appointment(session, interview_id, AppointmentState.booked)
    if row is None:
        return None
    if row.sequence > sequence:
        return await book(session, row.id, SYSTEM, now=now, free=False)
    found = await _nearest(session, about, row, now=now, busy=busy)
    if found is None:
        return None
    start, interviewer_id = found
    wish = Wish(
        interview_id=interview_id,
        starts_at=start,
        zone=row.zone,
        hold_until=now + _MOVE,
        proposed=True,
        interviewer_id=interviewer_id,
    )
    held = await hold(session, wish, SYSTEM, now=now, busy=busy)
    return await book(session, held.id, SYSTEM, now=now, free=False)


async def _nearest(
    session: AsyncSession,
    about: Round,
    row: Appointment,
    *,
    now: datetime,
    busy: Busy | None,
) -> tuple[datetime, UUID] | None:
    pool = await pool_of(session, about.job.id, now=now, busy=busy)
    times = offered(about, pool, zone=row.zone, within=about.choosable(now))
    away = [(abs(slot.start - row.starts_at), slot.start, who) for slot, who in times.items()]
    if not away:
        return None
    _, start, free = min(away, key=lambda each: each[:2])
    return start, free[0]


async def _declined(session: AsyncSession, interview_id: UUID) -> set[datetime]:
    statement = select(Appointment.starts_at).where(
        Appointment.interview_id == interview_id,
        Appointment.proposed,
        Appointment.state == AppointmentState.cancelled,
    )
    return set((await session.execute(statement)).scalars())


def _told(row: Appointment, now: datetime) -> Proposed:
    return Proposed(
        appointment_id=row.id, starts_at=row.starts_at, hold_until=row.hold_until or now
    )
