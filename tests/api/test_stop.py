"""The stop switch: who may use it, what it refuses, and that it is written down."""

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from api.links import candidate_token
from interloop.db.tables import AuditEntry
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.journey import Invite
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case

STOP = "/api/organization/stop"
REASON = "The new plan asked for something we must not ask."


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def ops(context: Context, ours: Org) -> dict[str, str]:
    return bearer(context, ours[Role.hr_ops])


async def stop(http: httpx2.AsyncClient, headers: dict[str, str]) -> httpx2.Response:
    body = {"name": "Ours", "reason": REASON}
    return await http.post(STOP, headers=headers, json=body)


async def test_the_name_must_be_typed_and_the_reason_is_kept(
    http: httpx2.AsyncClient, ops: dict[str, str], services: Services, ours: Org
) -> None:
    wrong = await http.post(STOP, headers=ops, json={"name": "Theirs", "reason": REASON})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "name_differs")
    told = (await stop(http, ops)).json()
    assert (told["reason"], told["stopped_by"]["role"]) == (REASON, "hr_ops")
    # Twice is once: the first reason stands.
    again = await http.post(STOP, headers=ops, json={"name": "Ours", "reason": "no reason"})
    assert again.json()["reason"] == REASON
    off = await http.post("/api/organization/resume", headers=ops)
    assert off.json()["stopped_at"] is None
    async with services.db.read(ours.id) as session:
        statement = select(AuditEntry.action).where(AuditEntry.noun == "organization")
        actions = list(await session.scalars(statement.order_by(AuditEntry.seq)))
    assert actions == ["interviews.stopped", "interviews.resumed"]


async def test_every_page_of_staff_can_tell(
    http: httpx2.AsyncClient, ops: dict[str, str], context: Context, ours: Org
) -> None:
    await stop(http, ops)
    for role in (Role.recruiter, Role.interviewer, Role.auditor):
        me = (await http.get("/api/me", headers=bearer(context, ours[role]))).json()
        assert me["organization"]["stopped_at"] is not None


async def test_nobody_joins_while_it_is_on_and_the_other_organisation_goes_on(
    http: httpx2.AsyncClient,
    ops: dict[str, str],
    context: Context,
    case: Case,
    services: Services,
    theirs: Org,
) -> None:
    foreign = await make_case(services, theirs)
    mine, other = (
        {"authorization": f"Bearer {candidate_token(context, c.org.id, c.application_id)}"}
        for c in (case, foreign)
    )
    await stop(http, ops)
    refused = await http.post("/api/candidate/join", headers=mine, json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "organization_stopped")
    told = (await http.get("/api/candidate/invitation", headers=mine)).json()
    assert (told["stopped"], told["may_start"]) == (True, False)
    free = await http.post("/api/candidate/join", headers=other, json={})
    assert free.json().get("code") != "organization_stopped"


async def test_nobody_is_invited_while_it_is_on(
    http: httpx2.AsyncClient, ops: dict[str, str], context: Context, case: Case
) -> None:
    await stop(http, ops)
    invite = Invite(
        org_id=case.org.id, message_id=new_id(), interview_id=case.interview_id, actor_id=new_id()
    )
    with pytest.raises(Conflict) as refused:
        await context.journeys.invite(case.application_id, invite)
    assert refused.value.code == "organization_stopped"
