"""An appointment as a resource of Google's Calendar API (v3), and the way back."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from interloop.domain.calendar import CalendarEvent, EventRef

Resource = dict[str, Any]

_SEQUENCE = "interloop_sequence"
_PLACE = "interloop_place"


def body_of(event: CalendarEvent) -> Resource:
    """Return the resource that is inserted."""
    return {"id": event.id, "attendees": [{"email": each} for each in event.guests], **_ours(event)}


def patch_of(found: Resource, event: CalendarEvent) -> Resource:
    """Return what changes of the resource; guests whom somebody else added stay."""
    missing = [each for each in event.guests if each not in _guests(found)]
    attendees = [*found.get("attendees", ()), *({"email": each} for each in missing)]
    left_over = {"location": ""} if event.place is None and _stands_ours(found) else {}
    return {**_ours(event), **left_over, **({"attendees": attendees} if missing else {})}


def says(found: Resource, event: CalendarEvent) -> bool:
    """Tell whether the resource is this event; instants are compared, never their texts."""
    return (
        not is_cancelled(found)
        and _instant(found, "start") == event.span.starts_at
        and _instant(found, "end") == event.span.ends_at
        and found.get("summary") == event.title
        and found.get("description") == event.description
        and _place_fits(found, event)
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
        # A place that the owner wrote themselves stays while we know of none.
        **({} if event.place is None else {"location": event.place}),
        "extendedProperties": {
            "private": {_SEQUENCE: str(event.sequence), _PLACE: event.place or ""}
        },
        **{
            name: {"dateTime": at.astimezone(zone).isoformat(), "timeZone": event.zone}
            for name, at in ends.items()
        },
    }


def _place_fits(found: Resource, event: CalendarEvent) -> bool:
    if event.place is None:
        return not _stands_ours(found)
    return bool(found.get("location") == event.place)


def _stands_ours(found: Resource) -> bool:
    """Tell whether a place stands there that we wrote, and nobody since."""
    noted = found.get("extendedProperties", {}).get("private", {}).get(_PLACE, "")
    return bool(noted) and found.get("location") == noted


def _guests(found: Resource) -> set[str]:
    return {each.get("email", "") for each in found.get("attendees", ())}


def _instant(found: Resource, end: str) -> datetime | None:
    # A whole-day event has a date in its place: somebody made another thing of it.
    told = found.get(end, {}).get("dateTime")
    return None if told is None else datetime.fromisoformat(told)
