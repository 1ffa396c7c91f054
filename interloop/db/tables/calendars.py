"""How we get to people's calendars, and what we wrote into them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.calendar import AccessState, CalendarProvider, EntryState


class CalendarConnection(Tenant, Base):
    """One person's calendar; its credentials are sealed for the organisation."""

    __tablename__ = "calendar_connection"
    __table_args__ = tenant_args(UniqueConstraint("user_id"), user_id="user_account")
    user_id: Mapped[UUID]
    provider: Mapped[CalendarProvider] = mapped_column(enum_column(CalendarProvider))
    account_id: Mapped[str] = mapped_column(String(320))
    """Whose calendar it is there: staff's own address, as on their sign-in."""
    state: Mapped[AccessState] = mapped_column(enum_column(AccessState))
    credentials_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    invites_guests: Mapped[bool] = mapped_column(default=False)
    """The calendar itself invites the candidate: our mails then carry no invitation."""
    last_success_at: Mapped[datetime | None]
    failure_code: Mapped[str | None] = mapped_column(String(64))


class CalendarEntry(Tenant, Base):
    """An appointment in one person's calendar; written down before it is written there."""

    __tablename__ = "calendar_entry"
    __table_args__ = tenant_args(
        UniqueConstraint("appointment_id", "placing"),
        Index("ix_calendar_entry_state", "state"),
        appointment_id="appointment",
        user_id="user_account",
    )
    appointment_id: Mapped[UUID]
    user_id: Mapped[UUID]
    placing: Mapped[int]
    """Counts the calendars it went through: an id that was deleted is never used again."""
    sequence: Mapped[int]
    """Of the appointment, as it stands there."""
    state: Mapped[EntryState] = mapped_column(enum_column(EntryState))
    failure_code: Mapped[str | None] = mapped_column(String(64))
