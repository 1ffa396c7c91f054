"""From a draft of a template to the mail a candidate gets, and what a person says of a lost one."""

from typing import Any

from interloop.integrations.mail.port import MailOutcome
from interloop.services import Services
from tests.api.test_intake import Desk
from tests.api.test_steering import added, desk, invited, services, settings, until
from tests.fakes import FakeMailer

__all__ = ["desk", "services", "settings"]

INVITE = "/api/templates/invite/en"
WORDS = "An AI interviewer asks the questions.\n\nDear {{ candidate_name }}:\n{{ link }}\n"


async def call(desk: Desk, method: str, path: str, body: Any = None) -> Any:
    return await desk.http.request(method, path, headers=desk.headers, json=body)


async def save(desk: Desk, text: str, revision: int, path: str = INVITE) -> Any:
    body = {"subject": "Come and talk", "text": text, "revision": revision}
    return await call(desk, "PUT", f"{path}/draft", body)


def mailer(services: Services) -> FakeMailer:
    assert isinstance(services.mail, FakeMailer)
    return services.mail


async def test_mails_use_a_version_once_it_is_published_and_keep_it(
    desk: Desk, services: Services
) -> None:
    path = await added(desk)
    page = await desk.get(INVITE)
    assert (page["version"], page["draft"]["revision"], page["next_version"]) == (0, 0, 1)
    assert (await save(desk, WORDS, 0)).json()["findings"] == []
    assert (await save(desk, WORDS, 0)).json()["code"] == "stale_draft"
    before = await call(desk, "POST", f"{path}/invitation/preview")
    assert before.json()["subject"] != "Come and talk"
    published = await call(desk, "POST", f"{INVITE}/publish", {"revision": 1})
    assert published.json()["version"] == 1
    await invited(desk, path)
    await until(lambda: desk.get(f"{path}/messages"), lambda all_: all_[0]["state"] == "sent")
    [mail] = mailer(services).mails
    assert mail.subject == "Come and talk"
    assert mail.message_id.endswith("@interloop.example>")
    await save(desk, f"{WORDS}Later words.", 0)
    await call(desk, "POST", f"{INVITE}/publish", {"revision": 1})
    [told] = await desk.get(f"{path}/messages")
    assert (told["template_version"], told["language"], told["may"]) == (1, "en", [])
    assert [row["used_in"] for row in (await desk.get(INVITE))["versions"]] == [0, 1, 0]
    second = await desk.get(f"{INVITE}/versions/2")
    assert {"part": "text", "sign": "added", "line": "Later words."} in second["changes"]
    assert (await desk.get(f"{INVITE}/versions/1"))["text"] == WORDS


async def test_a_rejection_without_the_way_to_a_review_is_not_published(desk: Desk) -> None:
    path = "/api/templates/rejection/de"
    saved = await save(desk, "Leider nein, {{ candidate_name }}.", 0, path)
    assert [each["code"] for each in saved.json()["findings"]] == ["review_link_missing"]
    refused = await call(desk, "POST", f"{path}/publish", {"revision": 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "template_not_ready")


async def test_a_test_mail_goes_to_the_asker_only_and_not_too_often(
    desk: Desk, services: Services
) -> None:
    body = {"subject": "Come and talk", "text": WORDS}
    sent = (await call(desk, "POST", f"{INVITE}/test", body)).json()
    [mail] = mailer(services).mails
    assert (mail.to, sent["outcome"], mail.subject) == (sent["to"], "sent", "Test: Come and talk")
    for _ in range(4):
        await call(desk, "POST", f"{INVITE}/test", body)
    assert (await call(desk, "POST", f"{INVITE}/test", body)).status_code == 429
    assert len(mailer(services).mails) == 5


async def test_an_unsure_rejection_waits_for_what_a_person_says(
    desk: Desk, services: Services
) -> None:
    path = await added(desk)
    mailer(services).outcomes = [MailOutcome.ambiguous]
    preview = await call(desk, "POST", f"{path}/decisions/preview", {"kind": "reject"})
    assert "{{review_link}}" in preview.json()["text"]
    body = {"kind": "reject", "reason": "read it all", "message_id": preview.json()["message_id"]}
    await call(desk, "POST", f"{path}/decisions", body)
    [told] = await until(
        lambda: desk.get(f"{path}/messages"), lambda all_: all_[0]["state"] == "ambiguous"
    )
    assert told["may"] == ["arrived", "send_again"]
    await until(lambda: desk.get("/api/tasks"), lambda tasks: len(tasks) == 1)
    assert len(mailer(services).mails) == 1
    settle = f"{path}/messages/{told['id']}/settle"
    await call(desk, "POST", settle, {"act": "send_again"})
    await until(lambda: desk.get(f"{path}/messages"), lambda all_: all_[0]["state"] == "sent")
    first, second = mailer(services).mails
    assert first.message_id == second.message_id
    assert await desk.get("/api/tasks") == []
    again = await call(desk, "POST", settle, {"act": "arrived"})
    assert (again.status_code, again.json()["code"]) == (409, "message_settled")


async def test_a_mail_that_arrived_is_confirmed_and_never_sent_again(
    desk: Desk, services: Services
) -> None:
    path = await added(desk)
    mailer(services).outcomes = [MailOutcome.ambiguous]
    await invited(desk, path)
    [told] = await until(
        lambda: desk.get(f"{path}/messages"), lambda all_: all_[0]["state"] == "ambiguous"
    )
    settle = f"{path}/messages/{told['id']}/settle"
    [told] = (await call(desk, "POST", settle, {"act": "arrived"})).json()
    assert (told["state"], told["may"]) == ("confirmed", [])
    assert len(mailer(services).mails) == 1
