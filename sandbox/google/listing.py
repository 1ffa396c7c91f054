"""`events.list`: a span of time, or what has changed since a sync token."""

import datetime as dt
from collections.abc import Mapping

from sandbox.google.answers import Refused
from sandbox.google.calendars import Calendar, Event, instant

_PREFIX = "sync-"


def listed(calendar: Calendar, query: Mapping[str, str]) -> dict[str, object]:
    """The page that Google answers; all fits on one."""
    token = query.get("syncToken")
    found = _since(calendar, token) if token is not None else _within(calendar, query)
    wanted = query.get("privateExtendedProperty")
    if wanted is not None:
        found = [each for each in found if _has(each, wanted)]
    return {
        "kind": "calendar#events",
        "summary": calendar.owner,
        "timeZone": "UTC",
        "accessRole": "owner",
        "defaultReminders": [],
        "items": found,
        "nextSyncToken": f"{_PREFIX}{calendar.last}",
    }


def _since(calendar: Calendar, token: str) -> list[Event]:
    known = token.removeprefix(_PREFIX)
    if not known.isdecimal() or int(known) > calendar.last:
        message = "Sync token is no longer valid, a full sync is required."
        raise Refused(410, "fullSyncRequired", message)
    numbers = calendar.changes
    return [event for key, event in calendar.events.items() if numbers[key] > int(known)]


def _within(calendar: Calendar, query: Mapping[str, str]) -> list[Event]:
    begin = _instant(query.get("timeMin"), dt.datetime.min.replace(tzinfo=dt.UTC))
    end = _instant(query.get("timeMax"), dt.datetime.max.replace(tzinfo=dt.UTC))
    found = [
        event
        for event in calendar.events.values()
        if (event["status"] != "cancelled" or query.get("showDeleted") == "true")
        and instant(event["start"]) < end
        and instant(event["end"]) > begin
    ]
    return sorted(found, key=lambda event: instant(event["start"]))


def _instant(told: str | None, otherwise: dt.datetime) -> dt.datetime:
    return otherwise if told is None else dt.datetime.fromisoformat(told)


def _has(event: Event, wanted: str) -> bool:
    key, _, value = wanted.partition("=")
    private = event.get("extendedProperties", {}).get("private", {})
    return bool(private.get(key) == value)
