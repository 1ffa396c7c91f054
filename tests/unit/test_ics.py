"""Invitations that calendars read: one entry that moves, right on every wall clock."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import icalendar
import pytest

from interloop.emails.ics import Invitation, Method, ics
from interloop.integrations.mail.port import CalendarPart, OutgoingMail
from interloop.integrations.mail.smtp import compose

BOOKED = Invitation(
    method=Method.request,
    uid="018f@interloop.example",
    sequence=0,
    stamp=datetime(2026, 11, 28, 12, tzinfo=UTC),
    starts_at=datetime(2027, 3, 29, 7, tzinfo=UTC),
    ends_at=datetime(2027, 3, 29, 7, 45, tzinfo=UTC),
    zone="Europe/Berlin",
    title="Interview: Ingenieur:in für Plattform, Team „Größe“; zweite Runde mit langem Titel",
    description="Your page: http://127.0.0.1/i/abc\nChange or cancel there.",
    organizer=("Larkfield Recruiting", "interviews@larkfield.example"),
    guest="cand@post.example",
)


def event_of(raw: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def test_it_reads_back_as_what_was_written() -> None:
    raw = ics(BOOKED)
    event = event_of(raw)
    assert event["summary"] == BOOKED.title
    assert event["description"] == BOOKED.description
    assert event.decoded("dtstart") == BOOKED.starts_at
    assert event.decoded("dtend") == BOOKED.ends_at
    assert str(event["organizer"]) == "mailto:interviews@larkfield.example"
    assert str(event["attendee"]) == "mailto:cand@post.example"
    assert b"METHOD:REQUEST\r\n" in raw


def test_lines_are_folded_and_end_as_the_format_says() -> None:
    raw = ics(BOOKED)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_a_move_keeps_the_uid_and_raises_the_sequence_and_an_end_cancels() -> None:
    moved = event_of(ics(BOOKED.model_copy(update={"sequence": 1})))
    ended = ics(BOOKED.model_copy(update={"sequence": 2, "method": Method.cancel}))
    assert (str(moved["uid"]), moved["sequence"]) == (BOOKED.uid, 1)
    assert (str(event_of(ended)["status"]), event_of(ended)["sequence"]) == ("CANCELLED", 2)
    assert b"METHOD:CANCEL\r\n" in ended


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
)
@pytest.mark.parametrize(
    "day", [datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)]
)
def test_every_hour_around_a_change_of_clocks_is_the_same_instant_again(
    zone: str, day: datetime
) -> None:
    for hour in range(-6, 30):
        at = day + timedelta(hours=hour)
        given = {"zone": zone, "starts_at": at, "ends_at": at + timedelta(minutes=45)}
        raw = ics(BOOKED.model_copy(update=given))
        # The second time of an hour that comes twice cannot be said on the wall clock.
        assert (b"BEGIN:VTIMEZONE" in raw) or b"DTSTART:" in raw
        assert event_of(raw).decoded("dtstart").astimezone(UTC) == at


def test_a_mail_carries_it_where_calendars_look() -> None:
    raw = ics(BOOKED)
    mail = OutgoingMail(
        message_id="<1@interloop.example>",
        at=BOOKED.stamp,
        to=BOOKED.guest,
        subject="Your interview",
        text="Words",
        html="<p>Words</p>",
        calendar=CalendarPart(method="REQUEST", ics=raw),
    )
    message = message_from_bytes(compose(mail, sender="a@b.example").as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert message.get_content_type() == "multipart/mixed"
    alternative, attached = message.iter_parts()
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert list(alternative.iter_parts())[2].get_param("method") == "REQUEST"
    assert (attached.get_filename(), attached.get_payload(decode=True)) == ("invite.ics", raw)
