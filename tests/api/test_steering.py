"""From the recruiter's click to the candidate's page and back, over a real Temporal and worker."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from api.context import Context
from interloop.db.tables import Decision, Interview, InterviewState, Message, MessageState
from interloop.domain.roles import Role
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer, browser
from tests.api.test_intake import TEXT, Desk
from tests.api.working import at, posting
from tests.fakes import FakeMailer
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
    """A recruiter with a published plan, while a worker works."""
    desk = Desk(http, bearer(context, ours[Role.recruiter]), "")
    desk.job_id = await desk.open_job()
    publish = f"/api/jobs/{desk.job_id}/plan/publish"
    await http.post(publish, headers=desk.headers, json={"revision": 1})
    async with make_worker(await connect(services), services):
        yield desk


async def until(
    look: Callable[[], Awaitable[Any]], wanted: Callable[[Any], bool], *, patience_s: float = 10
) -> Any:
    """Look until it is as wanted; fails with what was seen when patience ends."""
    seen = None
    for _ in range(round(patience_s * 10)):
        seen = await look()
        if wanted(seen):
            return seen
        await asyncio.sleep(0.1)
    pytest.fail(f"it stayed so: {seen}")


async def added(desk: Desk) -> str:
    """Add a candidate and wait until the journey waits for an invitation."""
    answer = (await desk.add(TEXT.encode())).json()
    assert answer["journey"] == "started"
    path = f"/api/applications/{answer['id']}"
    await until(lambda: desk.get(path), lambda page: page["next_step"] == "invite")
    return path


async def invited(desk: Desk, path: str) -> httpx2.Response:
    shown = (await desk.http.post(f"{path}/invitation/preview", headers=desk.headers)).json()
    body = {"message_id": shown["message_id"]}
    return await desk.http.post(f"{path}/invitation", headers=desk.headers, json=body)


async def opened(desk: Desk, path: str, app: FastAPI, services: Services) -> dict[str, str]:
    """Wait for the invitation and open its link; return the candidate's header."""
    mailer = services.mail
    assert isinstance(mailer, FakeMailer)
    await until(lambda: desk.get(path), lambda page: page["stage"] == "invited")
    token = re.search(r"/c/#([\w-]+)", mailer.mails[-1].text)
    assert token is not None
    async with browser(app) as http:
        answer = await http.post("/api/candidate/links/redeem", json={"token": token[1]})
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


async def test_screening_rates_the_match(desk: Desk) -> None:
    path = await added(desk)
    match = await desk.get(f"{path}/match")
    rows = {row["text"]: row for row in match["rows"]}
    assert (match["supported"], match["total"]) == (2, 3)
    quote = rows["PostgreSQL"]["supports"][0]
    resume = await desk.get(f"{path}/resume")
    assert resume["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert rows["clear writing"]["state"] == "not_evidenced"


async def test_an_invitation_leaves_as_it_was_shown_and_its_link_opens(
    desk: Desk, app: FastAPI, services: Services
) -> None:
    path = await added(desk)
    assert (await invited(desk, path)).status_code == 200
    candidate = await opened(desk, path, app, services)
    page = (await desk.http.get("/api/candidate/invitation", headers=candidate)).json()
    assert (page["candidate_name"], page["job_title"]) == ("Jordan Vale", "Backend engineer")
    body = {"notice_sha256": page["notice"]["sha256"], "recording": True}
    agreed = await desk.http.post("/api/candidate/consent", headers=candidate, json=body)
    assert agreed.json()["may_start"] is True
    # Nobody holds rooms in this test: the candidate is asked to wait, and nothing breaks.
    joined = await desk.http.post("/api/candidate/join", headers=candidate, json={})
    assert (joined.status_code, joined.json()["waiting"]) == (202, True)
    assert joined.json()["place"] >= 1
    await until(lambda: desk.get(path), lambda seen: seen["stage"] == "interviewing")


async def test_asking_for_a_person_opens_a_task_without_a_reason(
    desk: Desk, app: FastAPI, services: Services
) -> None:
    path = await added(desk)
    await invited(desk, path)
    candidate = await opened(desk, path, app, services)
    asked = await desk.http.post("/api/candidate/human-interview", headers=candidate)
    assert (asked.status_code, asked.json()["human_interview"]) == (200, True)
    seen = await until(lambda: desk.get(path), lambda page: page["outcome"] == "human_interview")
    assert seen["waiting_on"] == "recruiter"
    tasks = await desk.get("/api/tasks")
    assert "human_interview" in {task["kind"] for task in tasks}


async def test_who_withdraws_is_let_go(desk: Desk, app: FastAPI, services: Services) -> None:
    path = await added(desk)
    await invited(desk, path)
    candidate = await opened(desk, path, app, services)
    left = await desk.http.post("/api/candidate/withdraw", headers=candidate)
    assert (left.status_code, left.json()["withdrawn"]) == (200, True)
    seen = await until(lambda: desk.get(path), lambda page: page["stage"] == "closed")
    assert seen["outcome"] == "withdrawn"
    again = await desk.http.post("/api/candidate/withdraw", headers=candidate)
    assert (again.status_code, again.json()["withdrawn"]) == (200, True), "saying so twice is once"


async def test_of_two_who_decide_at_once_exactly_one_decides(
    desk: Desk, ours: Org, context: Context, services: Services
) -> None:
    path = await added(desk)
    admin = bearer(context, ours[Role.admin])

    async def decide(headers: dict[str, str], kind: str) -> httpx2.Response:
        body = {"kind": kind, "reason": "read everything"}
        return await desk.http.post(f"{path}/decisions", headers=headers, json=body)

    answers = await asyncio.gather(decide(desk.headers, "reject"), decide(admin, "hire"))
    assert sorted(a.status_code for a in answers) == [201, 409]
    seen = await until(lambda: desk.get(path), lambda page: page["stage"] == "closed")
    async with services.db.read(ours.id) as session:
        rows = (await session.scalars(select(Decision))).all()
    applied = [row for row in rows if row.applied_at is not None]
    assert len(applied) == 1
    assert seen["outcome"] == {"reject": "rejected", "hire": "hired"}[applied[0].kind.value]


async def test_a_refused_invitation_leaves_nothing_half_done(
    desk: Desk, services: Services, ours: Org
) -> None:
    path = await added(desk)
    shown = (await desk.http.post(f"{path}/invitation/preview", headers=desk.headers)).json()
    body = {"kind": "reject", "reason": "read everything"}
    await desk.http.post(f"{path}/decisions", headers=desk.headers, json=body)
    await until(lambda: desk.get(path), lambda page: page["stage"] == "closed")
    late = await desk.http.post(
        f"{path}/invitation", headers=desk.headers, json={"message_id": shown["message_id"]}
    )
    assert (late.status_code, late.json()["code"]) == (409, "journey_over")
    async with services.db.read(ours.id) as session:
        interview = (await session.scalars(select(Interview))).one()
        message = (await session.scalars(select(Message))).one()
    assert interview.state is InterviewState.cancelled
    assert message.state is MessageState.draft


async def test_a_typed_address_lets_the_journey_go_on(desk: Desk) -> None:
    text = TEXT.replace("jordan.vale@example.test", "")
    answer = (await desk.add(text.encode())).json()
    path = f"/api/applications/{answer['id']}"
    await until(lambda: desk.get(path), lambda page: page["next_step"] == "give_contact")
    refused = await desk.http.post(f"{path}/invitation/preview", headers=desk.headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_email")
    body = {"email": "jordan@example.test"}
    await desk.http.put(f"{path}/contact", headers=desk.headers, json=body)
    await until(lambda: desk.get(path), lambda page: page["next_step"] == "invite")
    assert (await invited(desk, path)).status_code == 200


async def test_ready_once_everything_is_there(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/health/ready")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
