"""The life of one appointment, and what a journey and a page are told of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value


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


class CalendarState(StrEnum):
    """Whether the interviewer's calendar shows it."""

    none = "none"
    pending = "pending"
    written = "written"
    failed = "failed"


class Booked(Value):
    """A time that stands: what the journey remembers of it."""

    appointment_id: UUID
    interview_id: UUID
    starts_at: datetime
    ends_at: datetime
    sequence: int
    reminders: tuple[datetime, ...] = ()
    moved: bool = False
    """Whether an earlier time was given up for it."""
