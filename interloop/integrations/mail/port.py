"""What Interloop asks of a mail service."""

from enum import StrEnum
from typing import Literal, Protocol

from pydantic import AwareDatetime

from interloop.domain.base import Value


class MailOutcome(StrEnum):
    """How handing over a mail ended; `ambiguous` may have left and is never blindly repeated."""

    sent = "sent"
    try_later = "try_later"
    refused = "refused"
    ambiguous = "ambiguous"


class CalendarPart(Value):
    """An invitation that the mail carries, for calendars to read (RFC 6047)."""

    method: Literal["REQUEST", "CANCEL"]
    ics: bytes


class OutgoingMail(Value):
    """One mail; `message_id` is deterministic (RFC 5322, with angle brackets)."""

    message_id: str
    at: AwareDatetime
    to: str
    subject: str
    text: str
    html: str
    calendar: CalendarPart | None = None


class Mailer(Protocol):
    """Hands mails to the next hop."""

    async def send(self, mail: OutgoingMail) -> MailOutcome:
        """Try once; no retry inside."""
        ...
