"""Mail over SMTP (RFC 5321), with outcomes told apart by what the server has already taken."""

from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import aiosmtplib

from interloop.integrations.mail.port import CalendarPart, MailOutcome, OutgoingMail
from interloop.settings import Settings

_TIMEOUT_S = 20.0
_UNWRITABLE = (ValueError, LookupError, MessageError)
"""What the standard library says of headers and addresses that make no mail."""


class SmtpMailer:
    """Hands mails to the SMTP server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, mail: OutgoingMail) -> MailOutcome:
        """Try once. A line lost after DATA began is ambiguous: the server may have the mail.

        Before that nothing has left; a mail that cannot be written, or whose address the server
        cannot read (RFC 6531, 3.2), never will.
        """
        try:
            message = compose(mail, sender=self._settings.mail_from)
        except _UNWRITABLE:
            return MailOutcome.refused
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError):
            return MailOutcome.try_later
        try:
            await client.send_message(message, recipients=[mail.to])
        except (aiosmtplib.SMTPException, OSError, *_UNWRITABLE) as wrong:
            return client.outcome_of(wrong)
        finally:
            client.close()
        return MailOutcome.sent

    def _client(self) -> "_Client":
        settings = self._settings
        return _Client(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_username or None,
            password=settings.smtp_password.get_secret_value() or None,
            start_tls=settings.smtp_starttls,
            timeout=_TIMEOUT_S,
        )


class _Client(aiosmtplib.SMTP):
    """A client that knows whether it has begun to hand the mail over."""

    _began = False

    async def data(self, message: str | bytes, /, **how: Any) -> aiosmtplib.SMTPResponse:
        """Hand over; from here on the server may have the mail."""
        self._began = True
        return await super().data(message, **how)

    def outcome_of(self, wrong: Exception) -> MailOutcome:
        """Say how it ended, by what went wrong and how far it had come."""
        if isinstance(wrong, (*_UNWRITABLE, aiosmtplib.SMTPNotSupported)):
            # The library looks at addresses and writes the whole mail before it says MAIL.
            return MailOutcome.refused
        if isinstance(wrong, aiosmtplib.SMTPRecipientsRefused):
            return self._read(min(each.code for each in wrong.recipients))
        if isinstance(wrong, aiosmtplib.SMTPResponseException):
            return self._read(wrong.code)
        return self._unanswered

    def _read(self, code: int) -> MailOutcome:
        """Read an SMTP reply code: 4yz may pass later, 5yz never (RFC 5321, 4.2.1)."""
        if 400 <= code < 500:
            return MailOutcome.try_later
        return MailOutcome.refused if 500 <= code < 600 else self._unanswered

    @property
    def _unanswered(self) -> MailOutcome:
        return MailOutcome.ambiguous if self._began else MailOutcome.try_later


def compose(mail: OutgoingMail, *, sender: str) -> EmailMessage:
    """Return the MIME message; a line break in a header raises `ValueError` (RFC 5322)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = mail.at
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar is not None:
        _add_invitation(message, mail.calendar)
    return message


def _add_invitation(message: EmailMessage, part: CalendarPart) -> None:
    """Add it where calendars look: as an alternative (RFC 6047, 2.4), and as a file beside."""
    message.add_alternative(
        part.ics.decode(), subtype="calendar", params={"method": part.method}, cte="base64"
    )
    message.add_attachment(part.ics, maintype="application", subtype="ics", filename="invite.ics")
