"""When interviewers can be booked, and the appointments that candidates have."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, column, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import ValueColumn, enum_column
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.hours import WeeklyHours


class Availability(Tenant, Base):
    """The bookable week of one member of staff; its row is locked while they are booked."""

    __tablename__ = "availability"
    __table_args__ = tenant_args(UniqueConstraint("user_id"), user_id="user_account")
    user_id: Mapped[UUID]
    hours: Mapped[WeeklyHours] = mapped_column(ValueColumn(WeeklyHours))


_TAKES_TIME = or_(column("state") == "held", column("state") == "booked")


class Appointment(Tenant, Base):
    """A time for one interview; one row lives through every change of a booked time.

    No interviewer: the AI is met. Two rows of one interviewer never take the same time: whoever
    writes locks their availability and looks first; of the same start the index makes sure.
    """

    __tablename__ = "appointment"
    __table_args__ = tenant_args(
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(
            "uq_appointment_start",
            "interviewer_id",
            "starts_at",
            unique=True,
            sqlite_where=_TAKES_TIME,
            postgresql_where=_TAKES_TIME,
        ),
        interview_id="interview",
        interviewer_id="user_account",
    )
    interview_id: Mapped[UUID] = mapped_column(index=True)
    interviewer_id: Mapped[UUID | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    """The candidate's, as an IANA name."""
    state: Mapped[AppointmentState] = mapped_column(enum_column(AppointmentState))
    hold_until: Mapped[datetime | None]
    proposed: Mapped[bool] = mapped_column(default=False)
    """Put aside by the system or by staff, not by the candidate."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised by each change of time; journeys name the appointment's standing by it."""
    changes: Mapped[int] = mapped_column(default=0)
    """How often the candidate moved it without asking anybody."""
    uid: Mapped[str] = mapped_column(String(100))
    """The UID of its invitation, the same through every change."""
    calendar_state: Mapped[CalendarState] = mapped_column(
        enum_column(CalendarState), default=CalendarState.none
    )
    external_id: Mapped[str | None] = mapped_column(String(1024))
    place: Mapped[str | None] = mapped_column(String(300))
    """Where a person is met: words, or an https link."""
    place_changes: Mapped[int] = mapped_column(default=0, server_default="0")

    @hybrid_property
    def version(self) -> int:
        """Return what calendars compare: raised by each change of time or place."""
        return self.sequence + self.place_changes
