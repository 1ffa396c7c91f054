"""Spans of time, and the one entry that an appointment is in an interviewer's calendar."""

import base64
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from interloop.domain.base import Value

_EVENT_PREFIX = "il"

EventId = Annotated[str, StringConstraints(pattern=r"^[a-v0-9]{5,1024}$")]
"""Chosen by us, so that writing twice finds the first: base32hex, lower case (Google's rule)."""


class Span(Value):
    """A half-open stretch of time: the end belongs to what comes after."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime

    @model_validator(mode="after")
    def _forwards(self) -> "Span":
        if self.ends_at <= self.starts_at:
            raise ValueError("a span ends after it starts")
        return self


class CalendarEvent(Value):
    """An appointment as an interviewer's calendar shows it; names no candidate by itself."""

    id: EventId
    title: str
    description: str
    span: Span
    zone: str
    """IANA name; how the entry is shown, never when it is."""
    sequence: int = Field(default=0, ge=0)
    """Raised by each change of time or place; an older one never overwrites a newer one."""
    place: str | None = None
    guests: tuple[str, ...] = ()
    """Addresses that the calendar itself shall invite."""


class EventRef(Value):
    """Where an event stands: its id and the version that the calendar gave it."""

    id: EventId
    etag: str


class CalendarProvider(StrEnum):
    """Whose calendars."""

    google = "google"


class AccessState(StrEnum):
    """Whether we get to a person's calendar; a revoked one waits for that person."""

    ok = "ok"
    revoked = "revoked"


class EntryState(StrEnum):
    """Where an appointment stands in one calendar."""

    pending = "pending"
    written = "written"
    removed = "removed"
    failed = "failed"


class EntryRef(Value):
    """An appointment whose calendar does not agree with it."""

    org_id: UUID
    appointment_id: UUID


def event_id(appointment_id: UUID, placing: int = 0) -> EventId:
    """Return the id of an appointment's event: the same for ever, valid with every vendor.

    `placing` counts the calendars it went through: a deleted event keeps its id for good.
    """
    encoded = base64.b32hexencode(appointment_id.bytes).decode("ascii")
    again = f"{placing:x}" if placing else ""
    return _EVENT_PREFIX + encoded.rstrip("=").lower() + again


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as disjoint spans in order; those that touch become one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.starts_at):
        if found and span.starts_at <= found[-1].ends_at:
            last = found.pop()
            ends_at = max(last.ends_at, span.ends_at)
            found.append(Span(starts_at=last.starts_at, ends_at=ends_at))
        else:
            found.append(span)
    return found
