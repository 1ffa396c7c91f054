"""Inviting to speak with a person: by a mail of its own, which says nothing of an AI."""

import icalendar

from interloop.services import Services
from tests.api.test_intake import Desk
from tests.api.test_steering import added, desk, services, settings, until
from tests.api.test_templates import call, mailer
from tests.support.scheduling import office_hours

__all__ = ["desk", "services", "settings"]


async def test_a_round_with_a_person_is_invited_to_by_its_own_mail(desk: Desk) -> None:
    path = await added(desk)
    door = f"{path}/invitation"
    preview = (await call(desk, "POST", f"{door}/preview?kind=human")).json()
    assert preview["kind"] == "meet_person"
    assert "about 45 minutes" in preview["text"]
    assert "AI" not in preview["text"].split()
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


async def test_the_mails_about_a_meeting_say_where_it_is_also_when_that_changes(
    desk: Desk, services: Services
) -> None:
    path = await added(desk)
    await _interviews_myself(desk)
    await call(desk, "PUT", f"/api/jobs/{desk.job_id}/meeting-place", {"place": "Room 4"})
    door = f"{path}/invitation"
    preview = (await call(desk, "POST", f"{door}/preview?kind=human")).json()
    await call(desk, "POST", door, {"message_id": preview["message_id"], "kind": "human"})
    await until(lambda: desk.get(path), lambda page: page["next_step"] == "choose_time")
    slot = (await desk.get(f"{path}/slots"))["slots"][0]
    booked = await call(desk, "POST", f"{path}/appointments", {"starts_at": slot["starts_at"]})
    assert (booked.status_code, booked.json()["place"]) == (201, "Room 4")

    async def sent() -> int:
        return len(mailer(services).mails)

    await until(sent, lambda mails: mails == 2)
    link = "https://meet.example.com/room-4"
    moved = await call(desk, "PUT", f"{path}/appointments/place", {"place": link})
    assert moved.status_code == 200, moved.text
    await until(sent, lambda mails: mails == 3)
    first, second = mailer(services).mails[1:]
    assert "Where: Room 4\n" in first.text
    assert f"Where: {link}\n" in second.text
    for mail, where, sequence in ((first, "Room 4", 0), (second, link, 1)):
        assert mail.calendar is not None
        [event] = icalendar.Calendar.from_ical(mail.calendar.ics).walk("VEVENT")
        assert (str(event["location"]), event["sequence"]) == (where, sequence)


async def _interviews_myself(desk: Desk) -> None:
    await call(desk, "PUT", "/api/me/hours", office_hours().model_dump(mode="json"))
    me = (await desk.get("/api/me"))["id"]
    await call(desk, "PUT", f"/api/jobs/{desk.job_id}/interviewers", {"user_ids": [me], "seen": []})
