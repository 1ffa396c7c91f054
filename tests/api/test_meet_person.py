"""Inviting to speak with a person: by a mail of its own, which says nothing of an AI."""

from tests.api.test_intake import Desk
from tests.api.test_steering import added, desk, services, settings, until
from tests.api.test_templates import call

__all__ = ["desk", "services", "settings"]


async def test_a_round_with_a_person_is_invited_to_by_its_own_mail(desk: Desk) -> None:
    path = await added(desk)
    door = f"{path}/invitation"
    preview = (await call(desk, "POST", f"{door}/preview?kind=human")).json()
    assert preview["kind"] == "meet_person"
    assert "about 45 minutes" in preview["text"]
    assert "AI" not in preview["text"]
    sent = await call(desk, "POST", door, {"message_id": preview["message_id"], "kind": "human"})
    assert sent.status_code == 200, sent.text
    await until(lambda: desk.get(path), lambda page: page["next_step"] == "choose_time")
    [mail] = await desk.get(f"{path}/messages")
    assert mail["kind"] == "meet_person"


async def test_what_was_previewed_for_the_ai_does_not_invite_to_a_person(desk: Desk) -> None:
    path = await added(desk)
    door = f"{path}/invitation"
    preview = (await call(desk, "POST", f"{door}/preview")).json()
    assert "AI interviewer" in preview["text"]
    refused = await call(desk, "POST", door, {"message_id": preview["message_id"], "kind": "human"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_previewed")
