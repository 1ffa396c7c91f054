"""Mail that has arrived, in memory only: nothing of it is ever written to disk."""

import datetime as dt
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

_KEPT = 5_000


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Mail:
    """One delivered mail; the same message delivered twice is two mails."""

    id: int
    to: tuple[str, ...]
    sender: str
    subject: str
    date: str
    message_id: str
    text: str
    html: str
    received_at: dt.datetime
    attachments: tuple[Attachment, ...] = ()


@dataclass
class Mailbox:
    """One box for all recipients, oldest first."""

    mails: list[Mail] = field(default_factory=list)
    _last: int = 0

    def deliver(self, raw: bytes, recipients: list[str]) -> Mail:
        """Takes a message as it stood in DATA, for the recipients of the envelope."""
        message = message_from_bytes(raw, policy=default)
        self._last += 1
        mail = Mail(
            id=self._last,
            to=tuple(recipients),
            sender=str(message["from"] or ""),
            subject=str(message["subject"] or ""),
            date=str(message["date"] or ""),
            message_id=str(message["message-id"] or "").strip(),
            text=_part(message, "plain"),
            html=_part(message, "html"),
            received_at=dt.datetime.now(dt.UTC),
            attachments=_attachments(message),
        )
        self.mails.append(mail)
        del self.mails[:-_KEPT]
        return mail

    def find(self, number: int) -> Mail | None:
        """The mail with that id."""
        return next((mail for mail in self.mails if mail.id == number), None)

    def addressed(self, to: str | None) -> list[Mail]:
        """Mails to that address (without regard to case), or all."""
        if to is None:
            return list(self.mails)
        wanted = to.casefold()
        return [mail for mail in self.mails if wanted in (each.casefold() for each in mail.to)]


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _attachments(message: EmailMessage) -> tuple[Attachment, ...]:
    found = []
    for part in message.iter_attachments() if message.is_multipart() else ():
        payload = part.get_payload(decode=True)
        size = len(payload) if isinstance(payload, bytes) else 0
        found.append(Attachment(part.get_filename() or "", part.get_content_type(), size))
    return tuple(found)
