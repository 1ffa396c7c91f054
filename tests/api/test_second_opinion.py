"""Where a job asks for a second reviewer, one person alone neither hires nor rejects."""

import asyncio
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update

from api.context import Context
from interloop.db.tables import Decision, Job, Message, SecondOpinion
from interloop.domain.job_policy import JobPolicy
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.test_scorecard import Reviewer
from tests.api.world import Case, make_case

REASON = "the role needs more PostgreSQL"


class Decider(Reviewer):
    """A member of the team before a decision."""

    @property
    def decisions(self) -> str:
        return f"/api/applications/{self.case.application_id}/decisions"

    async def preview(self, kind: str) -> str:
        path = f"{self.decisions}/preview"
        answer = await self.http.post(path, headers=self.headers, json={"kind": kind})
        return str(answer.json()["message_id"])

    async def decide(self, kind: str, **more: Any) -> httpx2.Response:
        body = {"kind": kind, "reason": REASON, **more}
        return await self.http.post(self.decisions, headers=self.headers, json=body)

    async def decided(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (
            await self.http.get(self.decisions, headers=self.headers)
        ).json()
        return rows

    async def opine(self, decision_id: str, verdict: str) -> httpx2.Response:
        body = {"verdict": verdict, "reason": "I read all of it"}
        path = f"{self.decisions}/{decision_id}/opinion"
        return await self.http.post(path, headers=self.headers, json=body)

    async def queue(self) -> list[dict[str, Any]]:
        answer = await self.http.get("/api/review-queue", headers=self.headers)
        rows: list[dict[str, Any]] = answer.json()
        return rows


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    made = await make_case(services, ours)
    async with services.db.session(ours.id) as session:
        await session.execute(update(Job).values(policy=JobPolicy(second_reviewer=True)))
    return made


@pytest.fixture
def recruiter(http: httpx2.AsyncClient, context: Context, case: Case) -> Decider:
    return Decider(http, context, case, Role.recruiter)


@pytest.fixture
def manager(http: httpx2.AsyncClient, context: Context, case: Case) -> Decider:
    return Decider(http, context, case, Role.hiring_manager)


@pytest.fixture
def admin(http: httpx2.AsyncClient, context: Context, case: Case) -> Decider:
    return Decider(http, context, case, Role.admin)


async def marked(*people: Decider) -> None:
    for person in people:
        await person.mark_all()
        assert (await person.submit()).status_code == 200


@pytest.mark.parametrize("kind", ["reject", "hire"])
async def test_a_final_decision_waits_for_a_second_person(
    recruiter: Decider, manager: Decider, kind: str
) -> None:
    # No journey is told: nobody listens where Temporal should be, and yet nothing fails.
    decided = await recruiter.decide(kind)
    assert (decided.status_code, decided.json()["state"]) == (201, "proposed")
    assert decided.json()["reason"] == REASON
    (row,) = await manager.queue()
    assert (row["proposed"]["kind"], row["proposed"]["yours"]) == (kind, True)
    (own,) = await recruiter.queue()
    assert own["proposed"]["yours"] is False


async def test_to_advance_somebody_takes_one_person(recruiter: Decider) -> None:
    answer = await recruiter.decide("advance")
    assert (answer.status_code, answer.json()["code"]) == (503, "temporal_away")
    assert [row["state"] for row in await recruiter.decided()] == ["confirmed"]


async def test_the_second_person_marks_first_and_does_not_see_the_first_reason(
    recruiter: Decider, manager: Decider
) -> None:
    decision = (await recruiter.decide("reject")).json()
    (seen,) = await manager.decided()
    assert (seen["reason"], seen["asks_you"]) == (None, "own_marks_first")
    early = await manager.opine(decision["id"], "confirm")
    assert (early.status_code, early.json()["code"]) == (409, "own_marks_first")
    await marked(manager)
    assert [row["asks_you"] for row in await manager.decided()] == ["opinion"]
    answer = await manager.opine(decision["id"], "confirm")
    assert (answer.status_code, answer.json()["code"]) == (503, "temporal_away")
    (row,) = await manager.decided()
    assert (row["state"], row["reason"]) == ("confirmed", REASON)
    assert (row["second"]["verdict"], row["second"]["reason"]) == ("confirm", "I read all of it")
    # Said again after the 503, it stays one opinion.
    assert (await manager.opine(decision["id"], "confirm")).json()["code"] == "temporal_away"


async def test_nobody_seconds_themselves(recruiter: Decider) -> None:
    await marked(recruiter)
    decision = (await recruiter.decide("hire")).json()
    answer = await recruiter.opine(decision["id"], "confirm")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_must_differ")
    assert [row["state"] for row in await recruiter.decided()] == ["proposed"]


async def test_an_objection_sends_it_back_to_review_and_keeps_the_mail(
    recruiter: Decider, manager: Decider, services: Services
) -> None:
    await marked(manager)
    decision = (
        await recruiter.decide("reject", message_id=await recruiter.preview("reject"))
    ).json()
    answer = await manager.opine(decision["id"], "object")
    assert (answer.status_code, answer.json()["state"]) == (200, "objected")
    async with services.db.read(recruiter.case.org.id) as session:
        message = (await session.scalars(select(Message))).one()
    assert (message.state, message.failure_code) == ("failed", "decision_not_applied")
    (row,) = await manager.queue()
    assert row["proposed"] is None
    again = await recruiter.decide("hire", message_id=await recruiter.preview("hire"))
    assert (again.status_code, again.json()["state"]) == (201, "proposed")


async def test_of_two_second_people_at_once_exactly_one_is_heard(
    recruiter: Decider, manager: Decider, admin: Decider, services: Services
) -> None:
    await marked(manager, admin)
    decision = (await recruiter.decide("reject")).json()
    answers = await asyncio.gather(
        manager.opine(decision["id"], "object"), admin.opine(decision["id"], "confirm")
    )
    lost = [a.json() for a in answers if a.status_code == 409]
    assert len(lost) == 1
    assert lost[0]["code"] == "decided_already"
    assert lost[0]["decided"]["by"]["role"] == "recruiter"
    assert lost[0]["decided"]["verdict"] in {"object", "confirm"}
    async with services.db.read(recruiter.case.org.id) as session:
        opinion = (await session.scalars(select(SecondOpinion))).one()
        row = (await session.scalars(select(Decision))).one()
    assert row.state == {"object": "objected", "confirm": "confirmed"}[opinion.verdict]


async def test_of_two_who_decide_at_once_the_other_is_told_who_did_what_and_when(
    recruiter: Decider, manager: Decider
) -> None:
    answers = await asyncio.gather(recruiter.decide("reject"), manager.decide("hire"))
    assert sorted(a.status_code for a in answers) == [201, 409]
    won = next(a.json() for a in answers if a.status_code == 201)
    lost = next(a.json() for a in answers if a.status_code == 409)
    told = {key: lost["decided"][key] for key in ("kind", "state", "at")}
    assert told == {"kind": won["kind"], "state": "proposed", "at": won["decided_at"]}
    assert lost["decided"]["by"] == won["decided_by"]


async def test_who_decides_on_an_old_screen_is_told_that_the_person_moved_on(
    recruiter: Decider,
) -> None:
    answer = await recruiter.decide("reject", seen_stage="screening")
    assert (answer.status_code, answer.json()["code"]) == (409, "stage_moved")
    assert await recruiter.decided() == []


async def test_where_nobody_else_could_confirm_it_is_said_at_once(
    http: httpx2.AsyncClient, context: Context, case: Case
) -> None:
    admin = bearer(context, case.members[Role.admin])
    members = [{"user_id": str(case.members[Role.recruiter].id), "role": "recruiter"}]
    path = f"/api/jobs/{case.job_id}/members"
    assert (await http.put(path, headers=admin, json={"members": members})).is_success
    alone = Decider(http, context, case, Role.recruiter)
    answer = await alone.decide("reject")
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_to_confirm")
