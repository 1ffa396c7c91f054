"""Invitations as calendars read them: iTIP requests and cancellations (RFC 5545, RFC 5546)."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from pydantic import AwareDatetime, Field

from interloop.domain.base import Value
from interloop.domain.meeting_place import link_of

_PRODUCT = "-//Interloop//Interviews//EN"
_STATUS = {"REQUEST": "CONFIRMED", "PUBLISH": "CONFIRMED", "CANCEL": "CANCELLED"}


class Method(StrEnum):
    """What the receiving calendar shall do."""

    request = "REQUEST"
    publish = "PUBLISH"
    """Show the entry and ask for no answer: a file that somebody fetched themselves."""
    cancel = "CANCEL"


class Invitation(Value):
    """One appointment for one guest.

    The UID stays through every change of time and SEQUENCE rises, so that a calendar moves its
    entry instead of adding another.
    """

    method: Method
    uid: str
    sequence: int = Field(ge=0)
    stamp: AwareDatetime
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    zone: str
    """IANA name of the guest's zone; VTIMEZONE is written for it."""
    title: str
    description: str
    organizer: tuple[str, str]
    """Name and mailbox, which receives what guests answer."""
    place: str | None = None
    """Where it is: words, or an https link, which calendars get as URL too."""
    guest: str | None = None
    """Mailbox of the guest who is asked for an answer; nobody in what is published."""


def ics(invitation: Invitation) -> bytes:
    """Return the calendar object: CRLF, lines folded at 75 octets, UTF-8."""
    calendar = icalendar.Calendar()
    for name, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", invitation.method.value),
    ):
        calendar.add(name, value)
    calendar.add_component(_event(invitation))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(invitation: Invitation) -> icalendar.Event:
    event = icalendar.Event()
    for name, value in (
        ("uid", invitation.uid),
        ("sequence", invitation.sequence),
        ("dtstamp", invitation.stamp),
        ("dtstart", _local(invitation.starts_at, invitation.zone)),
        ("dtend", _local(invitation.ends_at, invitation.zone)),
        ("summary", invitation.title),
        ("description", invitation.description),
        ("status", _STATUS[invitation.method.value]),
        ("transp", "OPAQUE"),
    ):
        event.add(name, value)
    if invitation.place is not None:
        event.add("location", invitation.place)
    link = link_of(invitation.place)
    if link is not None:
        event.add("url", link)
    name, mailbox = invitation.organizer
    event.add("organizer", _address(mailbox, CN=name), encode=False)
    if invitation.guest is not None:
        guest = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        event.add("attendee", _address(invitation.guest, **guest), encode=False)
    return event


def _local(at: datetime, zone: str) -> datetime:
    """Return the wall clock of the zone; in an hour that comes twice, UTC for its second time.

    A local time that occurs twice means the first one (RFC 5545, 3.3.5).
    """
    wall = at.astimezone(ZoneInfo(zone))
    return wall.astimezone(UTC) if wall.fold else wall


def _address(mailbox: str, **parameters: str) -> Any:
    address = icalendar.vCalAddress(f"mailto:{mailbox}")
    for name, value in parameters.items():
        address.params[name] = icalendar.vText(value)
    return address
