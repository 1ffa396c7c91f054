"""The SMTP server: takes every mail, or fails as a test has planned."""

import asyncio
import socket
from asyncio import Transport
from enum import StrEnum

import structlog
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from pydantic import BaseModel, ConfigDict, Field

from sandbox.mail.mailbox import Mailbox

_log = structlog.get_logger(__name__)
_ACCEPTED = "250 OK"


class Failure(StrEnum):
    """How a delivery fails: refused, or the mail is taken and the sender never hears of it.

    `disconnect` cuts the line instead of an answer, `silent` keeps it open and says nothing.
    """

    LATER = "451"
    NEVER = "550"
    DISCONNECT = "disconnect"
    SILENT = "silent"


class MailFault(BaseModel):
    """The next `count` deliveries fail in that way."""

    model_config = ConfigDict(extra="forbid")

    kind: Failure
    count: int = Field(default=1, ge=1)


class Sink:
    """Handler of aiosmtpd; the method names are its hooks."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._faults: list[MailFault] = []

    def plan(self, fault: MailFault) -> None:
        """Queues failures."""
        self._faults.append(fault.model_copy())

    def clear(self) -> None:
        """Every delivery succeeds again."""
        self._faults.clear()

    async def handle_RCPT(  # noqa: N802  the name is aiosmtpd's
        self,
        server: SMTP,  # noqa: ARG002
        session: SmtpSession,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],  # noqa: ARG002
    ) -> str:
        """Refuses the recipient when that is planned."""
        if self._due(Failure.LATER):
            return "451 4.3.0 Try again later"
        if self._due(Failure.NEVER):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return _ACCEPTED

    async def handle_DATA(  # noqa: N802  the name is aiosmtpd's
        self,
        server: SMTP,
        session: SmtpSession,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        """Delivers, and answers unless the line is to be cut."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = self._mailbox.deliver(content, envelope.rcpt_tos)
        _log.info("mail_delivered", mail=mail.id)
        if self._due(Failure.DISCONNECT) and isinstance(server.transport, Transport):
            server.transport.abort()
        if self._due(Failure.SILENT):
            # Ends with the line: the library takes its handlers away.
            await asyncio.Event().wait()
        return _ACCEPTED

    def _due(self, kind: Failure) -> bool:
        if not self._faults or self._faults[0].kind is not kind:
            return False
        self._faults[0].count -= 1
        if self._faults[0].count == 0:
            del self._faults[0]
        return True


async def serve_smtp(sink: Sink, listening: socket.socket) -> asyncio.Server:
    """Starts the server on a bound socket."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(
            sink, loop=loop, hostname="sandbox", ident="Interloop sandbox", enable_SMTPUTF8=True
        ),
        sock=listening,
    )
