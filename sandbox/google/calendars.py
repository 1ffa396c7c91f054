"""Everybody's calendar, in memory: an address that is asked for has one."""

import datetime as dt
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.google.answers import Refused, not_found

Event = dict[str, Any]

_ID = re.compile(r"[a-v0-9]{5,1024}")
_KEPT_FROM_PATCH = ("kind", "id", "etag", "created", "updated", "sequence", "iCalUID", "organizer")


@dataclass
class Calendar:
    """One person's events by id, each with the number of its last change."""

    owner: str
    events: dict[str, Event] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    last: int = 0

    def insert(self, given: Event) -> Event:
        """Adds an event; an id is used once and for all, also when its event was deleted."""
        event_id = str(given.get("id") or secrets.token_hex(13))
        if not _ID.fullmatch(event_id):
            raise Refused(400, "invalid", "Invalid resource id value.")
        if event_id in self.events:
            raise Refused(409, "duplicate", "The requested identifier already exists.")
        now = _stamp()
        person = {"email": self.owner, "self": True}
        event = {
            "kind": "calendar#event",
            "status": "confirmed",
            "eventType": "default",
            "created": now,
            "sequence": 0,
            "creator": person,
            "organizer": person,
            "iCalUID": f"{event_id}@google.com",
            "reminders": {"useDefault": True},
            **given,
            "id": event_id,
        }
        return self._keep(event)

    def find(self, event_id: str) -> Event:
        """The event, deleted or not; raises `Refused` when there never was one."""
        if event_id not in self.events:
            raise not_found()
        return self.events[event_id]

    def patch(self, event_id: str, given: Event, if_match: str | None) -> Event:
        """Changes what is given; raises `Refused` when it has changed since `if_match`."""
        found = self.find(event_id)
        if if_match not in {None, "*", found["etag"]}:
            raise Refused(412, "conditionNotMet", "Precondition Failed")
        changed = {key: value for key, value in given.items() if key not in _KEPT_FROM_PATCH}
        event = {**found, **changed}
        if any(event[end] != found[end] for end in ("start", "end")):
            event["sequence"] = found["sequence"] + 1
        return self._keep(event)

    def delete(self, event_id: str) -> None:
        """Leaves a tombstone: its id stays used."""
        found = self.find(event_id)
        if found["status"] == "cancelled":
            raise Refused(410, "deleted", "Resource has been deleted")
        self._keep({**found, "status": "cancelled"})

    def busy(self, begin: dt.datetime, end: dt.datetime) -> list[dict[str, str]]:
        """When the person is not free, merged and clipped."""
        spans = sorted(self._spans(begin, end))
        merged: list[tuple[dt.datetime, dt.datetime]] = []
        for starts, ends in spans:
            if merged and starts <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], ends)
            else:
                merged.append((starts, ends))
        return [{"start": _say(starts), "end": _say(ends)} for starts, ends in merged]

    def _spans(self, begin: dt.datetime, end: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
        found = []
        for event in self.events.values():
            if event["status"] == "cancelled" or event.get("transparency") == "transparent":
                continue
            starts, ends = instant(event["start"]), instant(event["end"])
            if starts < end and begin < ends:
                found.append((max(starts, begin), min(ends, end)))
        return found

    def _keep(self, event: Event) -> Event:
        for end in ("start", "end"):
            event[end] = _settled(event[end])
        if instant(event["end"]) < instant(event["start"]):
            raise Refused(400, "timeRangeEmpty", "The specified time range is empty.")
        self.last += 1
        event["updated"], event["etag"] = _stamp(), f'"{self.last:016d}"'
        self.events[event["id"]], self.changes[event["id"]] = event, self.last
        return event


@dataclass
class Calendars:
    """The calendars of a workspace, by folded address."""

    found: dict[str, Calendar] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    """Addresses that are said to have none."""

    def clear(self) -> None:
        """Every calendar is empty and everybody has one."""
        self.found.clear()
        self.missing.clear()

    def of(self, address: str) -> Calendar:
        """The calendar of that address; raises `Refused` where there is none."""
        folded = address.casefold()
        if folded in self.missing or "@" not in folded:
            raise not_found()
        return self.found.setdefault(folded, Calendar(address))


def instant(end: dict[str, str]) -> dt.datetime:
    """The instant of a start or end; a whole day begins at midnight of its zone."""
    if "dateTime" in end:
        told = dt.datetime.fromisoformat(end["dateTime"])
        return told if told.tzinfo is not None else told.replace(tzinfo=_zone(end))
    day = dt.date.fromisoformat(end["date"])
    return dt.datetime.combine(day, dt.time(), _zone(end))


def _settled(end: dict[str, str]) -> dict[str, str]:
    """As Google gives it back: an instant in UTC beside the zone that was named."""
    if "dateTime" not in end and "date" not in end:
        raise Refused(400, "required", "Missing end time.")
    if "dateTime" in end and "timeZone" not in end:
        told = dt.datetime.fromisoformat(end["dateTime"])
        if told.tzinfo is None:
            raise Refused(400, "required", "Missing time zone definition for start time.")
    if "date" in end:
        return end
    return {**end, "dateTime": _say(instant(end)), "timeZone": end.get("timeZone", "UTC")}


def _zone(end: dict[str, str]) -> dt.tzinfo:
    try:
        return ZoneInfo(end.get("timeZone", "UTC"))
    except (KeyError, ValueError):
        message = f"Invalid time zone definition: {end['timeZone']}"
        raise Refused(400, "invalid", message) from None


def _say(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
