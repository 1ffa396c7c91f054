"""An appointment as a resource of Google's Calendar API (v3), and the way back."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from interloop.domain.calendar import CalendarEvent, EventRef

Resource = dict[str, Any]

_SEQUENCE = "interloop_sequence"


def body_of(event: CalendarEvent) -> Resource:
    """Return the resource that is inserted."""
    return {"id": event.id, "attendees": [{"email": each} for each in event.guests], **_ours(event)}


def patch_of(found: Resource, event: CalendarEvent) -> Resource:
    """Return what changes of the resource; guests whom somebody else added stay."""
    missing = [each for each in event.guests if each not in _guests(found)]
    attendees = [*found.get("attendees", ()), *({"email": each} for each in missing)]
    return {**_ours(event), **({"attendees": attendees} if missing else {})}


def says(found: Resource, event: CalendarEvent) -> bool:
    """Tell whether the resource is this event; instants are compared, never their texts."""
    return (
        not is_cancelled(found)
        and _instant(found, "start") == event.span.starts_at
        and _instant(found, "end") == event.span.ends_at
        and found.get("summary") == event.title
        and found.get("description") == event.description
        and (found.get("location") or "") == (event.place or "")
        and set(event.guests) <= _guests(found)
        and sequence_of(found) == event.sequence
    )


def is_cancelled(found: Resource) -> bool:
    """Tell whether it was deleted; its id is used up."""
    return found.get("status") == "cancelled"


def sequence_of(found: Resource) -> int:
    """Return which of our writings stands there; 0 where somebody took the note off."""
    noted = found.get("extendedProperties", {}).get("private", {}).get(_SEQUENCE, "0")
    return int(noted) if str(noted).isdecimal() else 0


def ref_of(found: Resource) -> EventRef:
    """Return where it stands."""
    return EventRef(id=found["id"], etag=found["etag"])


def _ours(event: CalendarEvent) -> Resource:
    zone = ZoneInfo(event.zone)
    ends = {"start": event.span.starts_at, "end": event.span.ends_at}
    return {
        "summary": event.title,
        "description": event.description,
        "location": event.place or "",
        "extendedProperties": {"private": {_SEQUENCE: str(event.sequence)}},
        **{
            name: {"dateTime": at.astimezone(zone).isoformat(), "timeZone": event.zone}
            for name, at in ends.items()
        },
    }


def _guests(found: Resource) -> set[str]:
    return {each.get("email", "") for each in found.get("attendees", ())}


def _instant(found: Resource, end: str) -> datetime | None:
    # A whole-day event has a date in its place: somebody made another thing of it.
    told = found.get(end, {}).get("dateTime")
    return None if told is None else datetime.fromisoformat(told)
