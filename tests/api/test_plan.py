"""Editing and publishing a plan, alone and at the same time as somebody else."""

from typing import Any

import httpx2
import pytest

from api.context import Context
from interloop.domain.roles import Role
from tests.api.conftest import Org, bearer
from tests.api.test_intake import TEXT, Desk, desk

__all__ = ["desk"]


async def save(desk: Desk, plan: Any, revision: int) -> httpx2.Response:
    return await desk.http.put(
        f"/api/jobs/{desk.job_id}/plan/draft",
        headers=desk.headers,
        json={"plan": plan, "revision": revision},
    )


async def publish(desk: Desk, revision: int) -> httpx2.Response:
    return await desk.http.post(
        f"/api/jobs/{desk.job_id}/plan/publish", headers=desk.headers, json={"revision": revision}
    )


async def draft_of(desk: Desk) -> Any:
    return (await desk.get(f"/api/jobs/{desk.job_id}/plan"))["draft"]


async def test_a_draft_is_saved_by_one_hand_at_a_time(desk: Desk) -> None:
    draft = await draft_of(desk)
    saved = await save(desk, draft["plan"] | {"title": "Mine"}, draft["revision"])
    assert saved.json()["revision"] == draft["revision"] + 1
    stale = await save(desk, draft["plan"] | {"title": "Theirs"}, draft["revision"])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_draft")
    assert (await draft_of(desk))["plan"]["title"] == "Mine"


async def test_publishing_keeps_every_version(desk: Desk) -> None:
    draft = await draft_of(desk)
    first = (await publish(desk, draft["revision"])).json()
    assert (first["live"]["version"], first["draft"]["revision"]) == (1, 0)
    nothing = await publish(desk, 0)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_publish")
    await save(desk, draft["plan"] | {"title": "Second"}, 0)
    second = (await publish(desk, 1)).json()
    assert [v["version"] for v in second["versions"]] == [2, 1]
    old = await desk.get(f"/api/jobs/{desk.job_id}/plan/versions/1")
    assert old["plan"]["title"] == draft["plan"]["title"]
    assert (await desk.get(f"/api/jobs/{desk.job_id}"))["plan_published"] is True


async def test_publishing_what_somebody_changed_meanwhile_is_refused(desk: Desk) -> None:
    draft = await draft_of(desk)
    await save(desk, draft["plan"], draft["revision"])
    stale = await publish(desk, draft["revision"])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_draft")


async def test_a_plan_that_does_not_add_up_says_where(desk: Desk) -> None:
    draft = await draft_of(desk)
    criteria = draft["plan"]["rubric"]["criteria"]
    criteria[0]["weight"] += 1
    answer = await save(desk, draft["plan"], draft["revision"])
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "weights sum to 100" in answer.json()["fields"][0]["message"]


async def test_inviting_without_a_published_plan_says_so(desk: Desk) -> None:
    added = (await desk.add(TEXT.encode())).json()
    path = f"/api/applications/{added['id']}/invitation/preview"
    answer = await desk.http.post(path, headers=desk.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_published_plan")


async def test_the_preview_holds_all_that_the_mail_will_say(desk: Desk, ours: Org) -> None:
    await publish(desk, (await draft_of(desk))["revision"])
    added = (await desk.add(TEXT.encode())).json()
    path = f"/api/applications/{added['id']}/invitation"
    shown = (await desk.http.post(f"{path}/preview", headers=desk.headers)).json()
    assert shown["to"] == "jordan.vale@example.test"
    assert "{{link}}" in shown["text"]
    for word in ("Ours", "Backend engineer", ours[Role.recruiter].name):
        assert word in shown["text"]
    unseen = await desk.http.post(path, headers=desk.headers, json={"message_id": added["id"]})
    assert (unseen.status_code, unseen.json()["code"]) == (409, "not_previewed")
    # Temporal is away: the mail stays in the outbox, and asking again is harmless.
    for _ in range(2):
        sent = await desk.http.post(
            path, headers=desk.headers, json={"message_id": shown["message_id"]}
        )
        assert (sent.status_code, sent.json()["code"]) == (503, "temporal_away")
    rounds = await desk.get(f"/api/applications/{added['id']}/interviews")
    assert len(rounds) == 1
    messages = await desk.get(f"/api/applications/{added['id']}/messages")
    assert [(m["state"], m["subject"]) for m in messages] == [("pending", shown["subject"])]


@pytest.mark.parametrize("role", [Role.interviewer, Role.hr_ops])
async def test_who_does_not_decide_may_not_edit_the_plan(
    desk: Desk, ours: Org, context: Context, role: Role
) -> None:
    draft = await draft_of(desk)
    desk.headers = bearer(context, ours[role])
    assert (await save(desk, draft["plan"], draft["revision"])).status_code == 403
