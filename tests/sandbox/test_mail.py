"""The mail sink and its inbox."""

from email.message import EmailMessage
from email.policy import SMTP

import aiosmtplib
import httpx2
import pytest

from tests.sandbox.outside import Outside

TO = "dana@example.org"


def letter(subject: str = "Your interview", to: str = TO) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Interloop <jobs@example.com>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Fri, 02 Jan 2026 10:00:00 +0000"
    message["Message-ID"] = "<invite-1@example.com>"
    message.set_content("Open http://127.0.0.1/i/abc to begin.")
    message.add_alternative('<p><a href="http://127.0.0.1/i/abc">Begin</a></p>', subtype="html")
    return message


async def send(outside: Outside, message: EmailMessage, *, patience_s: float = 5) -> None:
    port = outside.ports["smtp"]
    await aiosmtplib.send(message, hostname="127.0.0.1", port=port, timeout=patience_s)


async def page(outside: Outside, path: str) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=outside.web, verify=outside.trust) as http:
        return (await http.get(path)).raise_for_status()


async def test_a_mail_arrives_with_all_its_parts(outside: Outside) -> None:
    await send(outside, letter("Grüße, Dana"))
    (mail,) = await outside.get("/api/messages")
    assert mail["to"] == [TO]
    assert mail["from"] == "Interloop <jobs@example.com>"
    assert mail["subject"] == "Grüße, Dana"
    assert mail["message_id"] == "<invite-1@example.com>"
    assert mail["text"].strip() == "Open http://127.0.0.1/i/abc to begin."
    assert 'href="http://127.0.0.1/i/abc"' in mail["html"]
    assert await outside.get(f"/api/messages/{mail['id']}") == mail


async def test_the_newest_mail_comes_first_and_can_be_found_by_address(outside: Outside) -> None:
    await send(outside, letter("first"))
    await send(outside, letter("second", to="else@example.org"))
    await send(outside, letter("third"))
    everything = await outside.get("/api/messages")
    mine = await outside.get("/api/messages?to=Dana@Example.org")
    assert [mail["subject"] for mail in everything] == ["third", "second", "first"]
    assert [mail["subject"] for mail in mine] == ["third", "first"]


async def test_an_attached_invitation_is_listed(outside: Outside) -> None:
    message = letter()
    message.add_attachment(b"BEGIN:VCALENDAR", "application", "ics", filename="invite.ics")
    await send(outside, message)
    (mail,) = await outside.get("/api/messages")
    expected = {"name": "invite.ics", "kind": "application/ics", "size": 15}
    assert mail["attachments"] == [expected]


async def test_the_inbox_says_that_nothing_left_the_machine(outside: Outside) -> None:
    empty = await page(outside, "/")
    assert "nothing left this machine" in empty.text
    await send(outside, letter())
    assert "Your interview" in (await page(outside, "/")).text


async def test_the_html_of_a_mail_runs_no_script_and_opens_links_outside(outside: Outside) -> None:
    await send(outside, letter())
    (mail,) = await outside.get("/api/messages")
    shown = await page(outside, f"/messages/{mail['id']}")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in shown.text
    body = await page(outside, f"/messages/{mail['id']}/body")
    assert body.text.startswith('<base target="_blank">')
    assert "script-src" not in body.headers["content-security-policy"]
    assert body.headers["content-security-policy"].startswith("default-src 'none'")
    assert body.headers["referrer-policy"] == "no-referrer"


async def test_a_subject_cannot_write_into_the_page(outside: Outside) -> None:
    await send(outside, letter("<script>alert(1)</script>"))
    assert "<script>" not in (await page(outside, "/")).text


@pytest.mark.parametrize(("kind", "code"), [("451", 451), ("550", 550)])
async def test_a_delivery_can_be_refused(outside: Outside, kind: str, code: int) -> None:
    await outside.control("mail/fault", kind=kind)
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as caught:
        await send(outside, letter())
    assert caught.value.recipients[0].code == code
    assert await outside.get("/api/messages") == []
    await send(outside, letter())
    assert len(await outside.get("/api/messages")) == 1


async def test_a_line_can_break_after_the_mail_was_taken(outside: Outside) -> None:
    await outside.control("mail/fault", kind="disconnect")
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(outside, letter())
    assert len(await outside.get("/api/messages")) == 1


async def test_a_mail_can_be_taken_without_a_word(outside: Outside) -> None:
    await outside.control("mail/fault", kind="silent")
    with pytest.raises(aiosmtplib.SMTPReadTimeoutError):
        await send(outside, letter(), patience_s=0.5)
    await send(outside, letter())
    assert len(await outside.get("/api/messages")) == 2


async def test_planned_failures_come_in_order_and_end(outside: Outside) -> None:
    await outside.control("mail/fault", kind="451", count=2)
    for _ in range(2):
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await send(outside, letter())
    await send(outside, letter())
    assert len(await outside.get("/api/messages")) == 1


async def test_a_message_that_is_not_there_is_not_found(outside: Outside) -> None:
    async with httpx2.AsyncClient(base_url=outside.web, verify=outside.trust) as http:
        assert (await http.get("/api/messages/999999")).status_code == 404
