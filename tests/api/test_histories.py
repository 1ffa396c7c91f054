"""Asking for the erasing of a closed application's histories, as an admin's page does."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from activities.histories import open_erasures
from api.context import Context
from interloop.db.tables import (
    Application,
    AuditEntry,
    Decision,
    DecisionKind,
    HistoryErasure,
    HumanReview,
)
from interloop.domain.clock import FixedClock
from interloop.domain.deciding import DecisionState
from interloop.domain.human_review import ReviewState
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.stage import Stage
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    """A candidate whose application is closed, and whose journey has a run."""
    made = await make_case(services, ours)
    async with services.db.session(ours.id) as session:
        row = await session.get_one(Application, made.application_id)
        row.stage, row.run_id = Stage.closed, "run"
    return made


class Page:
    """What an admin asks of the API."""

    def __init__(self, http: httpx2.AsyncClient, context: Context, case: Case) -> None:
        self._http, self._place = http, f"/api/applications/{case.application_id}"
        self._headers = bearer(context, case.org[Role.admin])

    async def erase(self) -> httpx2.Response:
        return await self._http.post(f"{self._place}/histories/erase", headers=self._headers)

    async def told(self, path: str = "/histories") -> Any:
        return (await self._http.get(f"{self._place}{path}", headers=self._headers)).json()


@pytest.fixture
def page(http: httpx2.AsyncClient, context: Context, case: Case) -> Page:
    return Page(http, context, case)


async def waiting(services: Services, case: Case) -> list[str]:
    """Return what the worker's sweep finds of this organisation."""
    found = await open_erasures(services)
    return [str(each.erasure_id) for each in found if each.org_id == case.org.id]


async def test_a_wish_is_kept_with_its_hand_and_waits_for_temporal(
    page: Page, case: Case, services: Services
) -> None:
    assert await page.told() == {"refusal": None, "files_kept": 1, "erasures": []}
    asked = await page.erase()
    assert asked.status_code == 202
    told = await page.told()
    [erasure] = told["erasures"]
    assert (told["refusal"], erasure["gone_at"]) == ("erasing_already", None)
    assert erasure["asked_by"]["role"] == "admin"
    again = await page.erase()
    assert (again.status_code, again.json()["code"]) == (409, "erasing_already")
    assert erasure["id"] in await waiting(services, case)
    async with services.db.read(case.org.id) as session:
        statement = select(AuditEntry).where(AuditEntry.action == "histories.erasing")
        [entry] = await session.scalars(statement)
    assert (entry.actor_id, entry.noun_id) == (case.org[Role.admin].id, case.application_id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.admin])
async def test_only_an_admin_may_erase(
    http: httpx2.AsyncClient, context: Context, case: Case, role: Role
) -> None:
    place = f"/api/applications/{case.application_id}/histories"
    headers = bearer(context, case.members[role])
    assert (await http.get(place, headers=headers)).status_code == 403
    assert (await http.post(f"{place}/erase", headers=headers)).status_code == 403


async def test_nothing_is_erased_while_the_journey_runs(
    page: Page, case: Case, services: Services
) -> None:
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Application, case.application_id)
        row.stage = Stage.in_review
    refused = await page.erase()
    assert (refused.status_code, refused.json()["code"]) == (409, "journey_runs")
    assert (await page.told())["refusal"] == "journey_runs"
    assert await waiting(services, case) == []


async def test_nothing_is_erased_while_another_person_looks_at_the_rejection(
    page: Page, case: Case, services: Services, clock: FixedClock
) -> None:
    decision = Decision(
        id=new_id(),
        application_id=case.application_id,
        kind=DecisionKind.reject,
        decided_by=case.members[Role.recruiter].id,
        reason_sealed=b"",
        state=DecisionState.applied,
        created_at=clock.now(),
    )
    review = HumanReview(
        id=new_id(),
        application_id=case.application_id,
        decision_id=decision.id,
        answer_by=clock.now(),
        created_at=clock.now(),
    )
    async with services.db.session(case.org.id) as session:
        session.add(decision)
        await session.flush()
        session.add(review)
    refused = await page.erase()
    assert (refused.status_code, refused.json()["code"]) == (409, "review_runs")
    async with services.db.session(case.org.id) as session:
        (await session.get_one(HumanReview, review.id)).state = ReviewState.upheld
    assert (await page.erase()).status_code == 202


async def test_what_is_gone_has_no_page_in_temporal_web_until_it_is_opened_again(
    page: Page, case: Case, services: Services, clock: FixedClock
) -> None:
    assert (await page.told(""))["workflow"] is not None
    await page.erase()
    async with services.db.session(case.org.id) as session:
        row = (await session.scalars(select(HistoryErasure))).one()
        row.gone_at, row.runs = clock.now(), 3
    assert (await page.told(""))["workflow"] is None
    told = await page.told()
    assert (told["refusal"], told["erasures"][0]["runs"]) == (None, 3)
    async with services.db.session(case.org.id) as session:
        application = await session.get_one(Application, case.application_id)
        application.stage_since = clock.now() + timedelta(hours=1)
    assert (await page.told(""))["workflow"] is not None
