"""The candidate's own pages: one link, one notice, their own words, and the way to a room."""

import asyncio
import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select

from api.context import Context
from api.links import candidate_token
from api.routes import room
from api.waiting import place_in_line
from interloop.db.tables import (
    Application,
    CandidateLink,
    Interview,
    InterviewState,
    PurposeConsent,
    Ticket,
    Turn,
    Waiting,
)
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.stage import Stage
from interloop.domain.turn import TurnState
from interloop.security.links import link_hash, new_link_token
from interloop.services import Services
from tests.api.conftest import Org, bearer, browser
from tests.api.world import Case, make_case


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def headers(context: Context, case: Case) -> dict[str, str]:
    token = candidate_token(context, case.org.id, case.application_id)
    return {"authorization": f"Bearer {token}"}


async def make_link(services: Services, case: Case) -> str:
    token, now = new_link_token(), services.clock.now()
    async with services.db.session(case.org.id) as session:
        session.add(
            CandidateLink(
                id=new_id(),
                application_id=case.application_id,
                token_hash=link_hash(token),
                expires_at=now + timedelta(days=14),
                created_at=now,
            )
        )
    return token


async def redeem(http: httpx2.AsyncClient, token: str) -> httpx2.Response:
    return await http.post("/api/candidate/links/redeem", json={"token": token})


async def set_interview(services: Services, case: Case, **values: Any) -> None:
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Interview, case.interview_id)
        for name, value in values.items():
            setattr(row, name, value)


async def test_a_link_opens_one_session_and_a_used_link_opens_nothing(
    http: httpx2.AsyncClient, app: FastAPI, services: Services, case: Case
) -> None:
    token = await make_link(services, case)
    opened = await redeem(http, token)
    bearer_token = opened.json()["access_token"]
    page = await http.get(
        "/api/candidate/invitation", headers={"authorization": f"Bearer {bearer_token}"}
    )
    assert page.json()["job_title"] == "Backend engineer"
    async with browser(app) as other:
        used = await redeem(other, token)
        assert (used.status_code, used.json()["code"]) == (410, "link_used")
        assert (await other.post("/api/candidate/session")).status_code == 401
    # The device that opened it comes back by its own cookie.
    assert (await http.post("/api/candidate/session")).status_code == 200


async def test_a_candidate_takes_the_interview_to_another_device_by_a_link_of_their_own(
    http: httpx2.AsyncClient, app: FastAPI, services: Services, case: Case
) -> None:
    opened = await redeem(http, await make_link(services, case))
    headers = {"authorization": f"Bearer {opened.json()['access_token']}"}
    stale, fresh = [
        (await http.post("/api/candidate/links", headers=headers)).json()["url"].split("#")[1]
        for _ in range(2)
    ]
    async with browser(app) as other:
        replaced = await redeem(other, stale)
        assert (replaced.status_code, replaced.json()["code"]) == (410, "link_replaced")
        there = (await redeem(other, fresh)).json()["access_token"]
        page = await other.get(
            "/api/candidate/interview", headers={"authorization": f"Bearer {there}"}
        )
        assert page.status_code == 200
        assert (await redeem(other, fresh)).status_code == 410
    # The device before stays signed in.
    assert (await http.post("/api/candidate/session")).status_code == 200


async def test_nobody_makes_links_without_end(
    http: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    answers = [await http.post("/api/candidate/links", headers=headers) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]


async def test_of_two_who_open_a_link_at_once_one_gets_in(
    app: FastAPI, services: Services, case: Case
) -> None:
    token = await make_link(services, case)

    async def try_it() -> int:
        async with browser(app) as http:
            return (await redeem(http, token)).status_code

    assert sorted(await asyncio.gather(*(try_it() for _ in range(4)))) == [200, 410, 410, 410]


async def test_expired_replaced_and_altered_links_open_nothing(
    http: httpx2.AsyncClient, services: Services, case: Case, clock: FixedClock
) -> None:
    replaced, expired = await make_link(services, case), await make_link(services, case)
    async with services.db.session(case.org.id) as session:
        statement = select(CandidateLink).where(CandidateLink.token_hash == link_hash(replaced))
        (await session.execute(statement)).scalar_one().revoked_at = clock.at
    gone = await redeem(http, replaced)
    assert (gone.status_code, gone.json()["code"]) == (410, "link_replaced")
    altered = await redeem(http, expired[:-1] + ("A" if expired[-1] != "A" else "B"))
    assert (altered.status_code, altered.json()["code"]) == (404, "link_unknown")
    clock.at += timedelta(days=15)
    late = await redeem(http, expired)
    assert (late.status_code, late.json()["code"]) == (410, "link_expired")


async def test_trying_links_is_slowed_down(http: httpx2.AsyncClient, ours: Org) -> None:
    answers = [(await redeem(http, str(n))).status_code for n in range(31)]
    assert answers == [404] * 30 + [429]


async def test_consent_is_to_the_notice_that_was_shown(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    page = (await http.get("/api/candidate/invitation", headers=headers)).json()
    wrong = {"notice_sha256": hashlib.sha256(b"other").hexdigest(), "recording": True}
    refused = await http.post("/api/candidate/consent", headers=headers, json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (409, "notice_changed")
    right = {"notice_sha256": page["notice"]["sha256"], "recording": False}
    said_no = await http.post("/api/candidate/consent", headers=headers, json=right)
    assert said_no.json()["consented"] is False
    async with services.db.read(case.org.id) as session:
        rows = (await session.execute(select(PurposeConsent.purpose, PurposeConsent.given))).all()
    assert ("recording", False) in [tuple(row) for row in rows]


async def test_nobody_joins_without_having_agreed(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await set_interview(services, case, state=InterviewState.ready)
    page = (await http.get("/api/candidate/invitation", headers=headers)).json()
    body = {"notice_sha256": page["notice"]["sha256"], "recording": False}
    await http.post("/api/candidate/consent", headers=headers, json=body)
    answer = await http.post("/api/candidate/join", headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_first")


async def test_a_live_room_is_reached_even_while_temporal_is_away(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    address = "http://127.0.0.1:9"
    await set_interview(services, case, state=InterviewState.live, epoch=3, gateway_address=address)
    answer = await http.post("/api/candidate/join", headers=headers, json={})
    joined = answer.json()
    assert (answer.status_code, joined["address"], joined["epoch"]) == (200, address, 3)
    async with services.db.read(case.org.id) as session:
        ticket = (await session.execute(select(Ticket))).scalar_one()
    assert ticket.token_hash == hashlib.sha256(joined["ticket"].encode()).digest()
    assert (ticket.epoch, ticket.expires_at - ticket.created_at) == (3, room.TICKET_LIFETIME)


async def test_a_lost_line_is_led_to_the_next_gateway(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    first = {"state": InterviewState.live, "epoch": 1, "gateway_address": "http://127.0.0.1:1"}
    await set_interview(services, case, **first)

    async def take_over() -> None:
        await asyncio.sleep(0.5)
        await set_interview(services, case, epoch=2, gateway_address="http://127.0.0.1:2")

    body = {"failed_epoch": 1}
    answer, _ = await asyncio.gather(
        http.post("/api/candidate/join", headers=headers, json=body), take_over()
    )
    assert (answer.json()["epoch"], answer.json()["address"]) == (2, "http://127.0.0.1:2")


async def test_with_temporal_away_a_room_that_is_not_held_says_so(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    await set_interview(services, case, state=InterviewState.ready)
    answer = await http.post("/api/candidate/join", headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (503, "temporal_away")


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"state": InterviewState.finished}, 410, "interview_over"),
        ({"state": InterviewState.cancelled}, 410, "interview_over"),
        ({"state": InterviewState.pending}, 409, "not_open_yet"),
    ],
)
async def test_a_round_that_is_not_open_is_not_joined(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    headers: dict[str, str],
    values: dict[str, Any],
    status: int,
    code: str,
) -> None:
    await set_interview(services, case, **values)
    answer = await http.post("/api/candidate/join", headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_ended_invitation_is_not_joined(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    headers: dict[str, str],
    clock: FixedClock,
) -> None:
    until = clock.at - timedelta(seconds=1)
    await set_interview(services, case, state=InterviewState.ready, open_until=until)
    answer = await http.post("/api/candidate/join", headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (410, "invitation_expired")


async def test_a_place_in_line_is_kept_and_goes_by_who_came_first(
    services: Services, ours: Org, clock: FixedClock
) -> None:
    mine, theirs = new_id(), new_id()

    async def place(interview_id: UUID, seconds: int) -> int:
        now = clock.at + timedelta(days=2, seconds=seconds)
        return await place_in_line(services, ours.id, interview_id, now=now)

    assert [await place(mine, 0), await place(theirs, 1)] == [1, 2]
    assert [await place(theirs, 30), await place(mine, 40)] == [2, 1]
    async with services.db.session(ours.id) as session:
        await session.execute(delete(Waiting).where(Waiting.interview_id == mine))
    assert [await place(theirs, 50), await place(mine, 60)] == [1, 2]


async def test_words_are_corrected_as_a_new_version(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    path = f"/api/candidate/turns/{case.spoken_turn_id}"
    changed = await http.put(path, headers=headers, json={"text": "I measured it."})
    assert (changed.json()["version"], changed.json()["confirmed"]) == (2, True)
    shown = (await http.get("/api/candidate/transcript", headers=headers)).json()
    assert [t["text"] for t in shown["turns"]][-1] == "I measured it."
    assert len(shown["turns"]) == 3
    async with services.db.read(case.org.id) as session:
        old = await session.get_one(Turn, case.spoken_turn_id)
    assert old.state is TurnState.superseded
    again = await http.put(path, headers=headers, json={"confirm": True})
    assert (again.status_code, again.json()["code"]) == (409, "turn_superseded")


async def test_confirmed_words_become_evidence(
    http: httpx2.AsyncClient, context: Context, case: Case, headers: dict[str, str]
) -> None:
    path = f"/api/candidate/turns/{case.spoken_turn_id}"
    confirmed = await http.put(path, headers=headers, json={"confirm": True})
    assert confirmed.json()["confirmed"] is True
    page = await http.get(
        f"/api/interviews/{case.interview_id}",
        headers=bearer(context, case.members[Role.recruiter]),
    )
    assert [t["evidence"] for t in page.json()["turn_list"]] == [False, True, True]


async def test_words_stand_once_a_decision_is_made(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Application, case.application_id)
        row.stage = Stage.decided
    answer = await http.put(
        f"/api/candidate/turns/{case.turn_id}", headers=headers, json={"text": "better"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "decided_already")
    shown = (await http.get("/api/candidate/transcript", headers=headers)).json()
    assert shown["may_correct"] is False


async def test_the_interviewers_words_are_not_the_candidates_to_change(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    shown = (await http.get("/api/candidate/transcript", headers=headers)).json()
    theirs = next(t for t in shown["turns"] if t["speaker"] == "interviewer")
    answer = await http.put(
        f"/api/candidate/turns/{theirs['id']}", headers=headers, json={"text": "x"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "not_your_words")


async def test_a_candidate_hears_nothing_of_marks_or_outcome(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    for path in ("interview", "invitation", "transcript"):
        answer = await http.get(f"/api/candidate/{path}", headers=headers)
        assert answer.status_code == 200
        for word in ("outcome", "level", "mark", "score", "match"):
            assert f'"{word}' not in answer.text
