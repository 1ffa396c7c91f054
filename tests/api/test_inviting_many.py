"""Inviting many: who can be and why not, and that nobody gets two first invitations."""

import asyncio
from collections.abc import AsyncIterator
from itertools import product
from typing import Any

import httpx2
import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from api.context import Context
from interloop.db.tables import Interview, InterviewState, Message, MessageState
from interloop.domain.inviting import Invitable, invitable
from interloop.domain.roles import Role
from interloop.domain.stage import Stage
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer
from tests.api.test_intake import TEXT, Desk
from tests.api.test_steering import added, until
from tests.api.working import at, posting
from workflows.worker import make_worker


@pytest.fixture
def settings(settings: Settings, temporal: WorkflowEnvironment) -> Settings:
    return at(temporal, settings)


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    async with posting(settings) as opened:
        yield opened


@pytest.fixture
async def desk(
    http: httpx2.AsyncClient, ours: Org, context: Context, services: Services
) -> AsyncIterator[Desk]:
    """A recruiter whose plan is not published yet, while a worker works."""
    desk = Desk(http, bearer(context, ours[Role.recruiter]), "")
    desk.job_id = await desk.open_job()
    async with make_worker(await connect(services), services):
        yield desk


async def publish(desk: Desk) -> None:
    path = f"/api/jobs/{desk.job_id}/plan/publish"
    answer = await desk.http.post(path, headers=desk.headers, json={"revision": 1})
    assert answer.status_code == 200


async def state(desk: Desk, path: str) -> str:
    """What the list says of this person."""
    rows = await desk.get(f"/api/jobs/{desk.job_id}/applications")
    found = [row["invitable"] for row in rows if path.endswith(row["id"])]
    assert found == [(await desk.get(path))["invitable"]], "list and page say the same"
    return str(found[0])


async def draft(desk: Desk, path: str, headers: dict[str, str] | None = None) -> str:
    answer = await desk.http.post(f"{path}/invitation/preview", headers=headers or desk.headers)
    return str(answer.json()["message_id"])


async def send(
    desk: Desk, path: str, message_id: str, headers: dict[str, str] | None = None
) -> httpx2.Response:
    body = {"message_id": message_id, "first": True}
    return await desk.http.post(f"{path}/invitation", headers=headers or desk.headers, json=body)


async def test_the_list_says_who_can_be_invited_and_why_the_others_cannot(
    desk: Desk, ours: Org, context: Context
) -> None:
    path = await added(desk)
    nameless = (await desk.add(TEXT.replace("jordan.vale@example.test", "").encode())).json()["id"]
    unreachable = f"/api/applications/{nameless}"
    await until(lambda: desk.get(unreachable), lambda page: page["next_step"] == "give_contact")
    assert await state(desk, path) == "no_plan"
    await publish(desk)
    assert await state(desk, path) == "ready"
    assert await state(desk, unreachable) == "no_address"
    admin = bearer(context, ours[Role.admin])
    body = {"name": "Ours", "reason": "an audit"}
    await desk.http.post("/api/organization/stop", headers=admin, json=body)
    assert await state(desk, path) == "stopped"
    refused = await send(desk, path, await draft(desk, path))
    assert (refused.status_code, refused.json()["code"]) == (409, "organization_stopped")


async def test_two_recruiters_who_invite_many_at_once_send_one_mail(
    desk: Desk, services: Services, ours: Org, context: Context
) -> None:
    await publish(desk)
    path = await added(desk)
    admin = bearer(context, ours[Role.admin])
    mine, theirs = await draft(desk, path), await draft(desk, path, admin)
    answers = await asyncio.gather(send(desk, path, mine), send(desk, path, theirs, admin))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (late,) = (answer for answer in answers if answer.status_code == 409)
    assert late.json()["code"] == "already_invited"
    await until(lambda: desk.get(path), lambda page: page["stage"] == "invited")
    assert await state(desk, path) == "invited"
    assert await sent(services, ours) == (1, 1)


async def test_an_invitation_whose_answer_was_lost_is_sent_again_and_stays_one(
    desk: Desk, services: Services, ours: Org
) -> None:
    await publish(desk)
    path = await added(desk)
    message_id = await draft(desk, path)
    first = await send(desk, path, message_id)
    await until(lambda: desk.get(path), lambda page: page["stage"] == "invited")
    again = await send(desk, path, message_id)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["interview_id"] == first.json()["interview_id"]
    late = await send(desk, path, await draft(desk, path))
    assert (late.status_code, late.json()["code"]) == (409, "already_invited")
    assert await sent(services, ours) == (1, 1)


async def test_who_is_past_screening_gets_no_first_invitation(desk: Desk) -> None:
    await publish(desk)
    path = await added(desk)
    message_id = await draft(desk, path)
    body = {"kind": "reject", "reason": "read everything"}
    await desk.http.post(f"{path}/decisions", headers=desk.headers, json=body)
    await until(lambda: desk.get(path), lambda page: page["stage"] == "closed")
    late = await send(desk, path, message_id)
    assert (late.status_code, late.json()["code"]) == (409, "not_in_screening")
    assert await state(desk, path) == "past"


async def sent(services: Services, ours: Org) -> tuple[int, int]:
    """Return how many invitations left, and how many rounds stand open."""
    async with services.db.read(ours.id) as session:
        mails = (await session.scalars(select(Message))).all()
        rounds = (await session.scalars(select(Interview))).all()
    left = [mail for mail in mails if mail.state is not MessageState.draft]
    return len(left), len([each for each in rounds if each.state is not InterviewState.cancelled])


def test_only_somebody_in_screening_with_everything_in_place_is_ready() -> None:
    facts = ("on_its_way", "reachable", "read", "published", "stopped")
    ready: list[dict[str, Any]] = []
    values = list(product((True, False), repeat=len(facts)))
    for stage, each in product(Stage, values):
        given = dict(zip(facts, each, strict=True))
        if invitable(stage, **given) is Invitable.ready:
            ready.append({"stage": stage, **given})
    assert ready == [
        {
            "stage": Stage.screening,
            "on_its_way": False,
            "reachable": True,
            "read": True,
            "published": True,
            "stopped": False,
        }
    ]
