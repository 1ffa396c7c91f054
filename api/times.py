"""What a candidate can do about the time of their interview, built from many rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import CandidateCaller
from api.invitation import own_rows
from api.shapes.schedule import (
    CandidateScheduleOut,
    EndedTimeOut,
    HoldOut,
    OwnAppointmentOut,
    SlotOut,
    SlotsOut,
)
from interloop.db.tables import Appointment, InterviewKind, InterviewState, User
from interloop.domain.appointment import JOIN_EARLY, AppointmentState
from interloop.domain.errors import Conflict
from interloop.domain.job_policy import Way
from interloop.domain.schedule import may_choose
from interloop.domain.stage import Stage
from interloop.scheduling.entry import calendar_invites
from interloop.scheduling.pool import Busy, has_run_out, offered, pool_of
from interloop.scheduling.rounds import (
    Round,
    changes_used,
    ended_appointment,
    live_appointment,
    round_of,
)

_CHOOSABLE = frozenset({Stage.invited, Stage.scheduled})


async def own_round(session: AsyncSession, caller: CandidateCaller, *, now: datetime) -> Round:
    """Return the candidate's newest round; `Gone` when there is none."""
    own = await own_rows(session, caller, now=now)
    return await round_of(session, own.interview.id)


async def own_schedule(
    session: AsyncSession, caller: CandidateCaller, *, now: datetime
) -> CandidateScheduleOut:
    """Return the candidate's time, what is put aside for them, and what they may do."""
    about = await own_round(session, caller, now=now)
    booked = await live_appointment(session, about.interview.id, AppointmentState.booked)
    held = await live_appointment(session, about.interview.id, AppointmentState.held)
    ended = None if booked else await ended_appointment(session, about.interview.id)
    used = await changes_used(session, about.interview.id)
    why_not = refusal(about, booked, used, now=now)
    return CandidateScheduleOut(
        way=about.way,
        with_person=about.with_person,
        zone=about.zone,
        minutes=minutes_of(about),
        may_choose=why_not is None,
        why_not=why_not,
        changes_left=max(about.policy.free_changes - used, 0),
        appointment=None if booked is None else await own_appointment(session, about, booked),
        hold=None if held is None or has_run_out(held, now) else hold_out(held, now),
        ended=None if ended is None else EndedTimeOut.model_validate(ended, from_attributes=True),
    )


def refusal(about: Round, booked: Appointment | None, used: int, *, now: datetime) -> str | None:
    """Return the code of why the candidate cannot choose a time, if they cannot."""
    stage, interview = about.application.stage, about.interview
    asked = interview.kind is InterviewKind.human and stage is Stage.in_review
    waits = interview.state in {InterviewState.ready, InterviewState.pending}
    if not waits or (stage not in _CHOOSABLE and not asked):
        return "not_open"
    if booked is not None and booked.starts_at <= now:
        return "too_late"
    if not may_choose(used, about.policy, booked=booked is not None):
        return "no_free_change"
    return None


async def check_may_choose(session: AsyncSession, about: Round, *, now: datetime) -> None:
    """Raise `Conflict` with the code of why the candidate cannot choose a time."""
    booked = await live_appointment(session, about.interview.id, AppointmentState.booked)
    used = await changes_used(session, about.interview.id)
    code = refusal(about, booked, used, now=now)
    if code is not None:
        raise Conflict("no time can be chosen here now", code=code)


async def slots_out(
    session: AsyncSession, about: Round, *, zone: str | None, now: datetime, busy: Busy
) -> SlotsOut:
    """Return every time that can be chosen now; none while the round is not open."""
    shown_in = zone or about.zone
    pool = []
    if about.with_person:
        own = about.interview.id
        pool = await pool_of(session, about.job.id, now=now, busy=busy, choosing=own)
    times = offered(about, pool, zone=shown_in, within=about.choosable(now))
    return SlotsOut(
        zone=shown_in,
        minutes=minutes_of(about),
        slots=tuple(SlotOut(starts_at=slot.start, ends_at=slot.end) for slot in times),
    )


def minutes_of(about: Round) -> int:
    """Return how long an appointment of this round is."""
    return int(about.policy.slot.total_seconds() // 60)


def hold_out(row: Appointment, now: datetime) -> HoldOut:
    """Return a hold as its candidate sees it."""
    return HoldOut(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        hold_until=row.hold_until or now,
        seconds_left=int(((row.hold_until or now) - now).total_seconds()),
        proposed=row.proposed,
        place=row.place,
    )


async def own_appointment(
    session: AsyncSession, about: Round, row: Appointment
) -> OwnAppointmentOut:
    """Return an appointment as its candidate sees it."""
    return OwnAppointmentOut(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        state=row.state,
        sequence=row.sequence,
        with_whom=await _name(session, row.interviewer_id),
        room_opens_at=_room_opens_at(about, row),
        place=row.place,
        calendar_file=not await calendar_invites(session, row),
    )


def _room_opens_at(about: Round, row: Appointment) -> datetime | None:
    """Return from when the AI can be met; None where it can at any time, or never."""
    at_any_time = about.way is Way.any_time or about.interview.joined_at is not None
    return None if about.with_person or at_any_time else row.starts_at - JOIN_EARLY


async def _name(session: AsyncSession, user_id: UUID | None) -> str | None:
    user = await session.get(User, user_id) if user_id is not None else None
    return user.name if user is not None else None
