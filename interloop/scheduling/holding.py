"""Puts a time aside for a candidate: of two who want it at once, exactly one gets it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Appointment
from interloop.db.trail import Who, audit, changed
from interloop.domain.appointment import AppointmentState
from interloop.domain.base import Value
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.schedule import Interviewer, choose, is_taken, load_of
from interloop.domain.stretches import Stretch
from interloop.scheduling.pool import Busy, has_run_out, offered, pool_of
from interloop.scheduling.rounds import OVER, Round, round_of

UID_DOMAIN = "interloop.example"


class Wish(Value):
    """A time that somebody wants for a round, and until when it is put aside."""

    interview_id: UUID
    starts_at: datetime
    zone: str
    hold_until: datetime
    by_staff: bool = False
    """Staff may book without notice, and their own person outside the hours."""
    proposed: bool = False
    interviewer_id: UUID | None = None
    """Whom to meet; None is whoever of the pool is free and has least to do."""


async def hold(
    session: AsyncSession, wish: Wish, who: Who, *, now: datetime, busy: Busy | None = None
) -> Appointment:
    """Put the time aside and return its row; an earlier hold of the round is given up.

    Raises `Conflict`: `not_open` for a round that is over, `too_late` for a time that is too near,
    `slot_taken` for one that nobody can be met at.
    """
    about = await round_of(session, wish.interview_id, lock=True)
    if about.interview.state in OVER:
        raise Conflict("this interview is not open", code="not_open")
    if wish.starts_at < about.choosable(now, notice=not wish.by_staff).start:
        raise Conflict("this time is too near", code="too_late")
    await give_up_holds(session, about.interview.id, now=now)
    interviewer_id = await _whom(session, about, wish, now=now, busy=busy)
    row = _row(about, wish, interviewer_id, now=now)
    session.add(row)
    try:
        await session.flush()
    except IntegrityError:
        raise Conflict("somebody was faster", code="slot_taken") from None
    await say(session, row, about, who, "appointment.held", now=now)
    return row


async def _whom(
    session: AsyncSession, about: Round, wish: Wish, *, now: datetime, busy: Busy | None
) -> UUID | None:
    """Return whom the candidate meets; None is the AI."""
    slot = Stretch(wish.starts_at, wish.starts_at + about.policy.slot)
    pool: Sequence[Interviewer] = ()
    if about.with_person:
        pool = await pool_of(session, about.job.id, now=now, lock=True, busy=busy)
        await _release_run_out(session, [one.user_id for one in pool], slot, now=now)
    if wish.by_staff and wish.interviewer_id is not None:
        free = [
            one.user_id
            for one in pool
            if one.user_id == wish.interviewer_id
            and not is_taken(slot, [*one.meetings, *one.busy], about.policy)
        ]
    else:
        here = Stretch(slot.start, slot.start + (slot.end - slot.start) / 1000)
        times = offered(about, pool, zone=wish.zone, within=here)
        if slot not in times:
            raise Conflict("this time is not free any more", code="slot_taken")
        if not about.with_person:
            return None
        free = [who for who in times[slot] if wish.interviewer_id in {None, who}]
    if not free:
        raise Conflict("this time is not free any more", code="slot_taken")
    return choose(free, load_of(pool), about.interview.id)


async def give_up_holds(session: AsyncSession, interview_id: UUID, *, now: datetime) -> None:
    """Give back every time that is put aside for a round."""
    statement = select(Appointment).where(
        Appointment.interview_id == interview_id, Appointment.state == AppointmentState.held
    )
    for row in (await session.execute(statement)).scalars():
        row.state, row.hold_until = AppointmentState.cancelled, now
    await session.flush()


async def _release_run_out(
    session: AsyncSession, user_ids: list[UUID], slot: Stretch, *, now: datetime
) -> None:
    """Take holds that ran out from where they would stand in the way."""
    statement = select(Appointment).where(
        Appointment.interviewer_id.in_(user_ids),
        Appointment.state == AppointmentState.held,
        Appointment.starts_at < slot.end,
        Appointment.ends_at > slot.start,
    )
    for row in (await session.execute(statement)).scalars():
        if has_run_out(row, now):
            row.state = AppointmentState.cancelled
    await session.flush()


def _row(about: Round, wish: Wish, interviewer_id: UUID | None, *, now: datetime) -> Appointment:
    row_id = new_id()
    return Appointment(
        id=row_id,
        interview_id=about.interview.id,
        interviewer_id=interviewer_id,
        starts_at=wish.starts_at,
        ends_at=wish.starts_at + about.policy.slot,
        zone=wish.zone,
        state=AppointmentState.held,
        hold_until=wish.hold_until,
        proposed=wish.proposed,
        uid=f"{row_id}@{UID_DOMAIN}",
        place=about.job.meeting_place if about.with_person else None,
        created_at=now,
    )


async def say(  # noqa: PLR0913 - who did what with which row, when
    session: AsyncSession,
    row: Appointment,
    about: Round,
    who: Who,
    action: str,
    *,
    now: datetime,
) -> None:
    """Write down what happened to an appointment, and that pages should look again."""
    details = {"interview": str(row.interview_id)}
    at = ("appointment", row.id)
    await audit(session, who, action, at=now, about=at, details=details)
    await changed(session, "appointment", row.id, at=now, job_id=about.job.id)
