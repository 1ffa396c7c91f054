"""Mail over SMTP (RFC 5321), with outcomes told apart by what the server has already taken."""

from email.message import EmailMessage
from email.policy import SMTP

import aiosmtplib

from interloop.integrations.mail.port import CalendarPart, MailOutcome, OutgoingMail
from interloop.settings import Settings

_TIMEOUT_S = 20.0


class SmtpMailer:
    """Hands mails to the SMTP server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, mail: OutgoingMail) -> MailOutcome:
        """Try once. A line lost after DATA began is ambiguous: the server may have the mail."""
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError):
            return MailOutcome.try_later
        try:
            await client.send_message(compose(mail, sender=self._settings.mail_from))
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _by_code(min(each.code for each in refused.recipients))
        except aiosmtplib.SMTPResponseException as answered:
            return _by_code(answered.code)
        except (aiosmtplib.SMTPException, OSError):
            return MailOutcome.ambiguous
        finally:
            client.close()
        return MailOutcome.sent

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_username or None,
            password=settings.smtp_password.get_secret_value() or None,
            start_tls=settings.smtp_starttls,
            timeout=_TIMEOUT_S,
        )


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


def _by_code(code: int) -> MailOutcome:
    """Read an SMTP reply code: 4yz may pass later, 5yz never (RFC 5321, 4.2.1)."""
    return MailOutcome.try_later if 400 <= code < 500 else MailOutcome.refused
