"""SMTP outcomes are told apart by what the server has already taken."""

import socket
from asyncio import WriteTransport
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from interloop.integrations.mail.port import MailOutcome, OutgoingMail
from interloop.integrations.mail.smtp import SmtpMailer
from interloop.settings import Settings

MAIL = OutgoingMail(
    message_id="<018f@interloop.example>",
    at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    to="ada@post.example",
    subject="Grüße",
    text="Zwölf Wörter.",
    html="<p>Zwölf Wörter.</p>",
)


class Server:
    """Answers as told; keeps what it took."""

    def __init__(self, *, rcpt: str = "250 ok", data: str = "250 ok") -> None:
        self.taken: list[bytes] = []
        self._rcpt = rcpt
        self._data = data

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        if self._rcpt == "cut":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return self._rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        if self._data == "cut":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return self._data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def serving(server: Server, *, utf8: bool = True) -> AsyncIterator[SmtpMailer]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=utf8)
    controller.start()
    try:
        yield SmtpMailer(Settings(smtp_port=controller.port))
    finally:
        controller.stop(no_assert=True)


@pytest.mark.parametrize(
    ("server", "outcome"),
    [
        (Server(), MailOutcome.sent),
        (Server(rcpt="550 no such person"), MailOutcome.refused),
        (Server(rcpt="451 greylisted"), MailOutcome.try_later),
        (Server(data="554 spam"), MailOutcome.refused),
        (Server(data="452 full"), MailOutcome.try_later),
        (Server(rcpt="cut"), MailOutcome.try_later),
        (Server(data="cut"), MailOutcome.ambiguous),
        (Server(data="299 who knows"), MailOutcome.ambiguous),
    ],
    ids=[
        *("taken", "no such person", "greylisted", "spam", "full", "cut before the words"),
        *("cut after the words", "unheard of"),
    ],
)
async def test_each_answer_has_its_outcome(server: Server, outcome: MailOutcome) -> None:
    async with serving(server) as mailer:
        assert await mailer.send(MAIL) is outcome


async def test_nobody_at_the_door_means_later() -> None:
    mailer = SmtpMailer(Settings(smtp_port=free_port()))
    assert await mailer.send(MAIL) is MailOutcome.try_later


async def test_what_arrives_has_both_texts_and_the_known_id() -> None:
    server = Server()
    async with serving(server) as mailer:
        await mailer.send(MAIL)
    [raw] = server.taken
    assert b"Message-ID: <018f@interloop.example>" in raw
    assert b"Date: Tue, 01 Dec 2026 09:30:00 +0000" in raw
    assert b"Auto-Submitted: auto-generated" in raw
    assert b"text/plain" in raw
    assert b"text/html" in raw


@pytest.mark.parametrize(
    "evil",
    [
        {"subject": "Hi\r\nBcc: all@post.example"},
        {"to": "ada@post.example\nbo@post.example"},
        {"to": "ada lov@post.example"},
        {"subject": "half a pair \ud83d"},
    ],
    ids=["break in the subject", "break in the address", "a gap", "half a character"],
)
async def test_a_mail_that_cannot_be_written_is_refused_and_nothing_leaves(
    evil: dict[str, str],
) -> None:
    server = Server()
    async with serving(server) as mailer:
        assert await mailer.send(MAIL.model_copy(update=evil)) is MailOutcome.refused
    assert server.taken == []


@pytest.mark.parametrize(("utf8", "outcome"), [(True, "sent"), (False, "refused")])
async def test_an_address_that_the_server_cannot_read_is_refused_there(
    *, utf8: bool, outcome: str
) -> None:
    server = Server()
    async with serving(server, utf8=utf8) as mailer:
        given = MAIL.model_copy(update={"to": "zoë@post.example"})
        assert (await mailer.send(given)).value == outcome
    assert len(server.taken) == utf8
