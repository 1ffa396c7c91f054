"""Asking for a review and answering it, as the candidate's and the staff's pages do."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from api.links import candidate_token
from interloop.db.rows import seal_column
from interloop.db.tables import Application, Decision, DecisionKind, HumanReview
from interloop.domain.clock import FixedClock
from interloop.domain.deciding import DecisionState
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.stage import Outcome, Stage
from interloop.security.sealing import KeyClass
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case

WORDS = "The question about ledgers was cut off."


@pytest.fixture
async def case(services: Services, ours: Org, clock: FixedClock) -> Case:
    """A candidate whom the recruiter has rejected."""
    made = await make_case(services, ours)
    box = await services.keys.box(ours.id, made.candidate_id, KeyClass.decision)
    decision = Decision(
        id=new_id(),
        application_id=made.application_id,
        kind=DecisionKind.reject,
        decided_by=made.members[Role.recruiter].id,
        state=DecisionState.applied,
        applied_at=clock.now(),
        created_at=clock.now(),
    )
    seal_column(box, decision, "reason_sealed", "too little PostgreSQL")
    async with services.db.session(ours.id) as session:
        session.add(decision)
        row = await session.get_one(Application, made.application_id)
        row.stage, row.outcome = Stage.closed, Outcome.rejected
    return made


class Pages:
    """What the candidate and the staff ask of the API."""

    def __init__(self, http: httpx2.AsyncClient, context: Context, case: Case) -> None:
        self.http, self.context, self.case = http, context, case
        token = candidate_token(context, case.org.id, case.application_id)
        self.own = {"authorization": f"Bearer {token}"}

    async def standing(self) -> Any:
        return (await self.http.get("/api/candidate/review", headers=self.own)).json()

    async def ask(self, words: str = "") -> httpx2.Response:
        return await self.http.post(
            "/api/candidate/review", headers=self.own, json={"words": words}
        )

    async def reviews(self, role: Role) -> Any:
        path = f"/api/applications/{self.case.application_id}/reviews"
        headers = bearer(self.context, self.case.members[role])
        return (await self.http.get(path, headers=headers)).json()

    async def answer(self, role: Role, answer: str) -> httpx2.Response:
        path = f"/api/applications/{self.case.application_id}/reviews/answer"
        headers = bearer(self.context, self.case.members[role])
        body = {"answer": answer, "reason": "I read all of it again"}
        return await self.http.post(path, headers=headers, json=body)


@pytest.fixture
def pages(http: httpx2.AsyncClient, context: Context, case: Case) -> Pages:
    return Pages(http, context, case)


async def test_a_candidate_asks_once_and_sees_until_when_they_hear(pages: Pages) -> None:
    before = await pages.standing()
    assert (before["may_ask"], before["state"]) == (True, None)
    asked = await pages.ask(WORDS)
    assert (asked.status_code, asked.json()["state"]) == (200, "asked")
    again = (await pages.ask("something else")).json()
    assert (again["words"], again["may_ask"]) == (WORDS, False)
    (seen,) = await pages.reviews(Role.hiring_manager)
    assert (seen["words"], seen["may_answer"], seen["answer_by"]) == (
        WORDS,
        True,
        again["answer_by"],
    )


async def test_what_they_say_is_sealed(pages: Pages, services: Services) -> None:
    await pages.ask(WORDS)
    async with services.db.read(pages.case.org.id) as session:
        row = (await session.scalars(select(HumanReview))).one()
    assert row.words_sealed is not None
    assert b"ledgers" not in row.words_sealed


async def test_who_decided_does_not_review_it(pages: Pages) -> None:
    await pages.ask()
    (seen,) = await pages.reviews(Role.recruiter)
    assert seen["may_answer"] is False
    refused = await pages.answer(Role.recruiter, "uphold")
    assert (refused.status_code, refused.json()["code"]) == (403, "reviewer_must_differ")


async def test_of_two_who_answer_one_is_heard(pages: Pages) -> None:
    await pages.ask()
    first = await pages.answer(Role.hiring_manager, "uphold")
    # The answer stands; nobody listens where Temporal should be.
    assert (first.status_code, first.json()["code"]) == (503, "temporal_away")
    late = await pages.answer(Role.admin, "reopen")
    assert (late.status_code, late.json()["code"]) == (409, "review_answered")
    same = await pages.answer(Role.hiring_manager, "uphold")
    assert same.json()["code"] == "temporal_away"
    standing = await pages.standing()
    assert (standing["state"], "reason" in standing) == ("upheld", False)


async def test_there_is_a_last_day_to_ask(pages: Pages, clock: FixedClock) -> None:
    clock.at += timedelta(days=31)
    pages.own = {
        "authorization": "Bearer "
        + candidate_token(pages.context, pages.case.org.id, pages.case.application_id)
    }
    assert (await pages.standing())["may_ask"] is False
    late = await pages.ask()
    assert (late.status_code, late.json()["code"]) == (409, "review_too_late")


async def test_who_was_not_rejected_has_nothing_to_ask(
    http: httpx2.AsyncClient, context: Context, services: Services, ours: Org
) -> None:
    pages = Pages(http, context, await make_case(services, ours))
    assert (await pages.standing())["may_ask"] is False
    assert (await pages.ask()).json()["code"] == "nothing_to_review"
