"""The life of one appointment, and what a journey and its steps tell each other of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.job_policy import Way


class AppointmentState(StrEnum):
    """Where one appointment stands."""

    held = "held"
    """Put aside until `hold_until`."""
    booked = "booked"
    cancelled = "cancelled"
    kept = "kept"
    missed = "missed"


TAKES_TIME = (AppointmentState.held, AppointmentState.booked)
"""In these an appointment takes its interviewer's time."""

JOIN_EARLY = timedelta(minutes=15)
"""How long before a chosen time the room opens."""

_ATTEMPT_EARLY = timedelta(minutes=30)


class CalendarState(StrEnum):
    """Whether the interviewer's calendar shows it."""

    none = "none"
    pending = "pending"
    written = "written"
    failed = "failed"


class TimeMail(StrEnum):
    """Which mail says what became of a time."""

    reminder = "reminder"
    booked = "booked"
    rescheduled = "rescheduled"
    cancelled_time = "cancelled_time"
    proposed_time = "proposed_time"
    missed_time = "missed_time"


class Booked(Value):
    """A time that stands: what the journey remembers of it."""

    appointment_id: UUID
    interview_id: UUID
    interviewer_id: UUID | None = None
    starts_at: datetime
    ends_at: datetime
    sequence: int
    reminders: tuple[datetime, ...] = ()


class RoundPlan(Value):
    """The way to a round, and when to bring it to mind while no time is chosen."""

    way: Way
    with_person: bool
    nudges: tuple[datetime, ...] = ()


class BookTime(Value):
    """Turn a hold into the round's appointment; `free` moves are the candidate's own."""

    org_id: UUID
    appointment_id: UUID
    now: datetime
    actor_id: UUID | None = None
    """None: the candidate."""
    free: bool = False


class FindTime(Value):
    """Find a time for a round: put one aside, or move the appointment of this sequence."""

    org_id: UUID
    interview_id: UUID
    now: datetime
    sequence: int = 0
    by_person: bool = False
    """A person asks for it: also after some that did not suit."""


class Proposed(Value):
    """A time that was put aside to be proposed."""

    appointment_id: UUID
    starts_at: datetime
    hold_until: datetime


class EndTime(Value):
    """End what a round has booked or put aside; a candidate's own cancelling counts."""

    org_id: UUID
    interview_id: UUID
    state: AppointmentState
    actor_id: UUID | None = None
    counted: bool = False


class LookForCandidate(Value):
    """Ask whether the candidate tried to come to this time."""

    org_id: UUID
    interview_id: UUID
    starts_at: datetime


class WriteTimeMail(Value):
    """Write a mail about a time into the outbox under this id; the id makes twice once."""

    org_id: UUID
    application_id: UUID
    message_id: UUID
    interview_id: UUID
    mail: TimeMail
    starts_at: datetime | None = None
    earlier_start: datetime | None = None
    open_until: datetime | None = None
    interviewer_id: UUID | None = None
    appointment_id: UUID | None = None


class HasScorecard(Value):
    """Ask whether anybody handed in a scorecard of this interview."""

    org_id: UUID
    interview_id: UUID


def stayed_away(starts_at: datetime, attempts: Iterable[datetime | None]) -> bool:
    """Tell whether nothing shows that the candidate tried to come.

    Whoever asked for the room, even if no room could be had, has not stayed away.
    """
    return not any(at is not None and at >= starts_at - _ATTEMPT_EARLY for at in attempts)
