"""Makes a held time an appointment, moves one, and gives one up; only journeys do."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import must_get
from interloop.db.tables import Appointment
from interloop.db.trail import Who
from interloop.domain.appointment import AppointmentState, Booked
from interloop.domain.errors import Gone
from interloop.domain.reminders import reminders_for
from interloop.scheduling.holding import give_up_holds, say
from interloop.scheduling.rounds import Round, live_appointment, round_of


async def book(
    session: AsyncSession, appointment_id: UUID, who: Who | None, *, now: datetime, free: bool
) -> Booked:
    """Turn a hold into the round's appointment, or move the one it has to the held time.

    `free` says that the candidate moves it without asking; no `who` is the candidate.
    Idempotent: a hold that was turned is
    told as it stands. Raises `Gone` (`hold_expired`) for one that ran out or was given up.
    """
    held = await must_get(session, Appointment, appointment_id)
    about = await round_of(session, held.interview_id, lock=True)
    await session.refresh(held)
    there = await live_appointment(session, held.interview_id, AppointmentState.booked)
    if there is not None and _same_time(there, held):
        return _told(there, about, now=now)
    if held.state is not AppointmentState.held or (held.hold_until or now) <= now:
        raise Gone("this time was put aside for too long", code="hold_expired")
    row, action = held, "appointment.booked"
    if there is not None:
        row, action = await _move(session, there, held, free=free), "appointment.moved"
    row.state, row.hold_until = AppointmentState.booked, None
    _open_for(about, row)
    await say(session, row, about, who or _candidate(about), action, now=now)
    await session.flush()
    return _told(row, about, now=now)


async def _move(
    session: AsyncSession, there: Appointment, held: Appointment, *, free: bool
) -> Appointment:
    """Let the booked row take the held time; it lives on with its UID and a higher sequence."""
    held.state = AppointmentState.cancelled
    await session.flush()
    there.starts_at, there.ends_at = held.starts_at, held.ends_at
    there.interviewer_id, there.zone = held.interviewer_id, held.zone
    there.sequence += 1
    there.changes += free
    return there


def _open_for(about: Round, row: Appointment) -> None:
    """Keep the round open for the time, and say who holds it."""
    interview = about.interview
    until = row.ends_at + about.policy.grace
    if interview.open_until is None or interview.open_until < until:
        interview.open_until = until
    if about.with_person:
        interview.assignee_id = row.interviewer_id


async def end(  # noqa: PLR0913 - what ends how, by whom, when
    session: AsyncSession,
    interview_id: UUID,
    state: AppointmentState,
    who: Who | None,
    *,
    now: datetime,
    counted: bool = False,
) -> UUID | None:
    """End what a round has booked as cancelled, kept or missed, and every hold; return its id.

    `counted` says that the candidate used one of their free new dates by it. Idempotent: what has
    ended is left alone, and nothing is told of it again.
    """
    about = await round_of(session, interview_id, lock=True)
    await give_up_holds(session, interview_id, now=now)
    row = await live_appointment(session, interview_id, AppointmentState.booked)
    if row is None:
        return None
    row.state = state
    row.changes += counted
    row.sequence += state is AppointmentState.cancelled
    by = who or _candidate(about)
    await say(session, row, about, by, f"appointment.{state.value}", now=now)
    return row.id


def _candidate(about: Round) -> Who:
    return Who(kind="candidate", id=about.candidate.id)


def _same_time(there: Appointment, held: Appointment) -> bool:
    if there.id == held.id:
        return True
    here = (there.starts_at, there.interviewer_id)
    return held.state is AppointmentState.cancelled and here == (
        held.starts_at,
        held.interviewer_id,
    )


def _told(row: Appointment, about: Round, *, now: datetime) -> Booked:
    return Booked(
        appointment_id=row.id,
        interview_id=row.interview_id,
        interviewer_id=row.interviewer_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        sequence=row.sequence,
        reminders=reminders_for(row.starts_at, about.policy, zone=row.zone, now=now),
    )
