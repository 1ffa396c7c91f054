"""Webhooks in the API: addresses, secrets, news written with what it tells, and their log."""

from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from interloop.db.tables import WebhookDelivery, WebhookEndpoint, WebhookEvent
from interloop.domain.roles import Role
from interloop.domain.webhooks import DeliveryState
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case

URL = "https://hooks.example.test/interloop"


class Admin:
    """An admin at the page of integrations."""

    def __init__(self, http: httpx2.AsyncClient, headers: dict[str, str]) -> None:
        self.http, self.headers = http, headers

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        return await self.http.post(f"/api/{path}", headers=self.headers, json=body or None)

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/api/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def add(self, *events: str) -> dict[str, Any]:
        answer = await self.post("webhooks", url=URL, events=list(events))
        assert answer.status_code == 201, answer.text
        added: dict[str, Any] = answer.json()
        return added


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def admin(http: httpx2.AsyncClient, case: Case, context: Context) -> Admin:
    return Admin(http, bearer(context, case.members[Role.admin]))


async def add_candidate(http: httpx2.AsyncClient, case: Case, context: Context) -> str:
    answer = await http.post(
        f"/api/jobs/{case.job_id}/applications",
        headers=bearer(context, case.members[Role.recruiter]),
        files={"resume": ("cv.txt", b"Jordan Vale\njordan@example.test\nPython.")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_a_secret_is_shown_once_and_sealed(
    admin: Admin, services: Services, case: Case
) -> None:
    added = await admin.add("application.created")
    assert added["secret"].startswith("whsec_")
    listed = await admin.http.get("/api/webhooks", headers=admin.headers)
    assert added["secret"] not in listed.text
    async with services.db.read(case.org.id) as session:
        row = await session.get_one(WebhookEndpoint, UUID(added["webhook"]["id"]))
    assert added["secret"].encode() not in row.secret_sealed


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.test/", "not_https"),
        ("https://10.0.0.1/", "address_refused"),
        ("nonsense", "bad_url"),
    ],
)
async def test_an_address_inside_is_refused(admin: Admin, url: str, code: str) -> None:
    answer = await admin.post("webhooks", url=url, events=["application.created"])
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_news_is_written_with_what_it_tells_for_who_wants_it(
    admin: Admin, http: httpx2.AsyncClient, case: Case, context: Context
) -> None:
    wants = (await admin.add("application.created"))["webhook"]["id"]
    other = (await admin.add("interview.finished"))["webhook"]["id"]
    application_id = await add_candidate(http, case, context)
    assert (await admin.get(f"webhook-deliveries?webhook_id={other}"))["items"] == []
    (row,) = (await admin.get(f"webhook-deliveries?webhook_id={wants}"))["items"]
    assert (row["type"], row["state"], row["attempts"]) == ("application.created", "pending", 0)
    told = await admin.get(f"webhook-deliveries/{row['id']}")
    assert f'"application_id":"{application_id}"' in told["payload"]
    for word in ("Jordan", "example.test", "cv.txt"):
        assert word not in told["payload"]


async def test_what_is_not_committed_is_not_told(
    admin: Admin, http: httpx2.AsyncClient, case: Case, context: Context
) -> None:
    wants = (await admin.add("application.created"))["webhook"]["id"]
    await add_candidate(http, case, context)
    again = await http.post(
        f"/api/jobs/{case.job_id}/applications",
        headers=bearer(context, case.members[Role.recruiter]),
        files={"resume": ("cv.txt", b"Jordan Vale\njordan@example.test\nPython.")},
    )
    assert again.status_code == 409
    assert len((await admin.get(f"webhook-deliveries?webhook_id={wants}"))["items"]) == 1


async def test_an_address_that_is_off_hears_nothing_until_it_is_on_again(
    admin: Admin, http: httpx2.AsyncClient, case: Case, context: Context
) -> None:
    webhook_id = (await admin.add("application.created"))["webhook"]["id"]
    off = (await admin.post(f"webhooks/{webhook_id}/disable")).json()
    assert (off["state"], off["disabled_reason"]) == ("disabled", "by_person")
    await add_candidate(http, case, context)
    assert (await admin.get(f"webhook-deliveries?webhook_id={webhook_id}"))["items"] == []
    refused = await admin.post(f"webhooks/{webhook_id}/test")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook_disabled")
    on = (await admin.post(f"webhooks/{webhook_id}/enable")).json()
    assert (on["state"], on["disabled_reason"]) == ("enabled", None)
    assert (await admin.post(f"webhooks/{webhook_id}/test")).status_code == 202


async def test_what_was_given_up_is_sent_again_under_its_own_id(
    admin: Admin, services: Services, case: Case
) -> None:
    webhook_id = (await admin.add("application.created"))["webhook"]["id"]
    sent = (await admin.post(f"webhooks/{webhook_id}/test")).json()
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(WebhookDelivery, UUID(sent["id"]))
        row.state, row.run_id, row.next_at = DeliveryState.failed, "run", None
    again = (await admin.post(f"webhook-deliveries/{sent['id']}/redeliver")).json()
    assert (again["state"], again["message_id"]) == ("pending", sent["message_id"])
    async with services.db.read(case.org.id) as session:
        events = (await session.execute(select(WebhookEvent))).scalars().all()
    assert len([event for event in events if event.data]) == 1


async def test_a_new_secret_leaves_a_day_to_change_over(admin: Admin) -> None:
    added = await admin.add("application.created")
    rotated = (await admin.post(f"webhooks/{added['webhook']['id']}/rotate")).json()
    assert rotated["secret"] != added["secret"]
    assert rotated["webhook"]["two_secrets_until"] is not None
