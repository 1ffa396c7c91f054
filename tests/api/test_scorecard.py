"""Marks: the own one first, sandbox marks never in a total, a card is submitted once."""

from typing import Any

import httpx2
import pytest

from api.context import Context
from interloop.domain.mark import Provenance
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case


class Reviewer:
    """A member of the team before the scorecard."""

    def __init__(self, http: httpx2.AsyncClient, context: Context, case: Case, role: Role) -> None:
        self.http, self.case = http, case
        self.headers = bearer(context, case.members[role])
        self.path = f"/api/interviews/{case.interview_id}"

    async def card(self) -> Any:
        return (await self.http.get(f"{self.path}/scorecard", headers=self.headers)).json()

    async def mark(self, criterion: str, level: int | None, note: str = "") -> httpx2.Response:
        return await self.http.put(
            f"{self.path}/marks/{criterion}",
            headers=self.headers,
            json={"level": level, "note": note},
        )

    async def mark_all(self, level: int = 3) -> None:
        for criterion in self.case.plan.rubric.criteria:
            assert (await self.mark(criterion.id, level)).status_code == 200

    async def submit(self) -> httpx2.Response:
        return await self.http.post(f"{self.path}/scorecard/submit", headers=self.headers)


@pytest.fixture
async def modelled(services: Services, ours: Org) -> Case:
    return await make_case(services, ours, suggested=Provenance.model)


@pytest.fixture
async def sandboxed(services: Services, ours: Org) -> Case:
    return await make_case(services, ours, suggested=Provenance.sandbox)


@pytest.fixture
def manager(http: httpx2.AsyncClient, context: Context, modelled: Case) -> Reviewer:
    return Reviewer(http, context, modelled, Role.hiring_manager)


async def test_the_suggested_mark_is_hidden_until_the_own_one_is_stored(
    manager: Reviewer,
) -> None:
    first, second = manager.case.plan.rubric.criteria[:2]
    before = (await manager.card())["criteria"]
    assert [c["suggested"] for c in before] == [None] * len(before)
    assert before[0]["hidden"] == 1
    revealed = (await manager.mark(first.id, 2, "thin")).json()
    assert (revealed["own"]["level"], revealed["own"]["note"]) == (2, "thin")
    assert (revealed["suggested"]["level"], revealed["suggested"]["provenance"]) == (4, "model")
    assert revealed["suggested"]["evidence"][0]["quote"] == "billing service"
    after = {c["criterion"]["id"]: c for c in (await manager.card())["criteria"]}
    assert after[first.id]["suggested"] is not None
    assert after[second.id]["suggested"] is None


async def test_a_colleagues_mark_is_hidden_as_well(
    manager: Reviewer, http: httpx2.AsyncClient, context: Context
) -> None:
    other = Reviewer(http, context, manager.case, Role.interviewer)
    first = manager.case.plan.rubric.criteria[0]
    await other.mark(first.id, 5)
    assert (await manager.card())["criteria"][0]["others"] == []
    revealed = (await manager.mark(first.id, 1)).json()
    assert [(m["level"], m["by"]["role"]) for m in revealed["others"]] == [(5, "interviewer")]


async def test_a_total_needs_every_own_mark(manager: Reviewer) -> None:
    card = await manager.card()
    assert (card["total"], card["no_total"]) == (None, "own_marks_missing")
    assert (card["suggested_total"], card["no_suggested_total"]) == (None, "own_marks_missing")
    await manager.mark_all(3)
    card = await manager.card()
    assert (card["total"]["level"], card["suggested_total"]["level"]) == (3.0, 4.0)
    await manager.mark(manager.case.plan.rubric.criteria[0].id, None)
    card = await manager.card()
    assert (card["total"], card["no_total"]) == (None, "own_marks_missing")


async def test_sandbox_marks_say_so_and_make_no_total(
    http: httpx2.AsyncClient, context: Context, sandboxed: Case
) -> None:
    reviewer = Reviewer(http, context, sandboxed, Role.recruiter)
    await reviewer.mark_all()
    card = await reviewer.card()
    assert {c["suggested"]["provenance"] for c in card["criteria"]} == {"sandbox"}
    assert (card["suggested_total"], card["no_suggested_total"]) == (
        None,
        "sandbox_marks_do_not_count",
    )


async def test_a_card_is_submitted_once_and_whole(manager: Reviewer) -> None:
    early = await manager.submit()
    assert (early.status_code, early.json()["code"]) == (409, "marks_missing")
    await manager.mark_all()
    done = (await manager.submit()).json()
    assert done["submitted_at"] is not None
    assert done["may_mark"] is False
    late = await manager.mark(manager.case.plan.rubric.criteria[0].id, 5)
    again = await manager.submit()
    assert late.json()["code"] == again.json()["code"] == "scorecard_submitted"


async def test_a_level_beyond_the_anchors_is_no_mark(manager: Reviewer) -> None:
    first = manager.case.plan.rubric.criteria[0]
    assert (await manager.mark(first.id, 6)).status_code == 422
    assert (await manager.mark("no-such-thing", 3)).json()["code"] == "no_criterion"


async def test_an_admin_who_is_not_on_the_job_does_not_mark(
    http: httpx2.AsyncClient, context: Context, modelled: Case
) -> None:
    stranger = Reviewer(http, context, modelled, Role.admin)
    stranger.headers = bearer(context, modelled.org[Role.admin])
    first = modelled.plan.rubric.criteria[0]
    assert (await stranger.mark(first.id, 3)).status_code == 403
    assert (await stranger.card())["may_mark"] is False


async def test_the_review_queue_counts_the_own_marks(manager: Reviewer) -> None:
    await manager.mark(manager.case.plan.rubric.criteria[0].id, 3)
    answer = await manager.http.get("/api/review-queue", headers=manager.headers)
    rows = answer.json()
    assert [(r["candidate"]["name"], r["own_marks"], r["submitted"]) for r in rows] == [
        ("Robin Larch", 1, False)
    ]


async def test_a_task_is_done_once_and_leaves_the_list(manager: Reviewer) -> None:
    path = f"/api/tasks/{manager.case.task_id}/done"
    tasks = (await manager.http.get("/api/tasks", headers=manager.headers)).json()
    assert [t["id"] for t in tasks] == [str(manager.case.task_id)]
    first = (await manager.http.post(path, headers=manager.headers)).json()
    second = (await manager.http.post(path, headers=manager.headers)).json()
    assert first["done_at"] == second["done_at"] is not None
    assert (await manager.http.get("/api/tasks", headers=manager.headers)).json() == []


async def test_a_decision_waits_for_the_journey_and_stays_one(manager: Reviewer) -> None:
    path = f"/api/applications/{manager.case.application_id}/decisions"
    body = {"kind": "reject", "reason": "the role needs more PostgreSQL"}
    for _ in range(2):
        answer = await manager.http.post(path, headers=manager.headers, json=body)
        assert (answer.status_code, answer.json()["code"]) == (503, "temporal_away")
    rows = (await manager.http.get(path, headers=manager.headers)).json()
    assert [(r["kind"], r["reason"], r["applied_at"]) for r in rows] == [
        ("reject", "the role needs more PostgreSQL", None)
    ]
    other = await manager.http.post(path, headers=manager.headers, json=body | {"kind": "hire"})
    assert (other.status_code, other.json()["code"]) == (409, "decided_already")


async def test_a_decision_needs_a_reason(manager: Reviewer) -> None:
    path = f"/api/applications/{manager.case.application_id}/decisions"
    answer = await manager.http.post(
        path, headers=manager.headers, json={"kind": "reject", "reason": ""}
    )
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "body.reason")
