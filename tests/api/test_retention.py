"""What was kept long enough goes: refused rows with their key, and news that is settled."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from activities.retention import drop_old
from api.context import Context
from interloop.db.tables import (
    AuditEntry,
    BulkItem,
    BulkUpload,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
)
from interloop.domain.bulk import BulkState
from interloop.domain.clock import FixedClock
from interloop.domain.errors import KeyDestroyed
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.webhooks import DeliveryState
from interloop.security.sealing import KeyClass
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case

LIST = "name,email\nAnna Reed,anna@example.test\nNobody,no address\n"
DAY = timedelta(days=1)


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


async def handed_in(http: httpx2.AsyncClient, context: Context, case: Case) -> Any:
    answer = await http.post(
        f"/api/jobs/{case.job_id}/lists",
        headers=bearer(context, case.members[Role.recruiter]),
        files={"people": ("people.csv", LIST, "text/csv")},
        data={"sent_as": str(new_id())},
    )
    assert answer.status_code == 202, answer.text
    return answer.json()


async def rows(services: Services, case: Case, table: type[Any]) -> list[Any]:
    async with services.db.read(case.org.id) as session:
        return list(await session.scalars(select(table)))


async def test_an_upload_that_was_read_is_forgotten_with_its_refused_rows_and_its_key(
    http: httpx2.AsyncClient, context: Context, case: Case, services: Services, clock: FixedClock
) -> None:
    await handed_in(http, context, case)
    [upload] = await rows(services, case, BulkUpload)
    clock.at += 31 * DAY
    await drop_old(services)
    assert len(await rows(services, case, BulkItem)) == 2, "it was never read: nothing goes"
    async with services.db.session(case.org.id) as session:
        (await session.get_one(BulkUpload, upload.id)).state = BulkState.done
    clock.at -= 2 * DAY
    await drop_old(services)
    assert len(await rows(services, case, BulkItem)) == 2, "29 days are not enough"
    clock.at += 2 * DAY
    await drop_old(services)
    assert await rows(services, case, BulkItem) == await rows(services, case, BulkUpload) == []
    with pytest.raises(KeyDestroyed):
        await services.keys.box(case.org.id, upload.id, KeyClass.identity)
    assert "bulk.forgotten" in {entry.action for entry in await rows(services, case, AuditEntry)}
    await drop_old(services)


async def test_news_goes_once_every_delivery_is_settled_and_old(
    case: Case, services: Services, clock: FixedClock
) -> None:
    [delivery] = await rows(services, case, WebhookDelivery)
    async with services.db.session(case.org.id) as session:
        session.add(
            WebhookAttempt(id=new_id(), delivery_id=delivery.id, status=500, created_at=clock.now())
        )

    async def stands(state: DeliveryState) -> list[int]:
        async with services.db.session(case.org.id) as session:
            row = await session.get(WebhookDelivery, delivery.id)
            if row is not None:
                row.state = state
        await drop_old(services)
        tables = (WebhookEvent, WebhookDelivery, WebhookAttempt)
        return [len(await rows(services, case, table)) for table in tables]

    clock.at += 29 * DAY
    assert await stands(DeliveryState.failed) == [1, 1, 1]
    clock.at += 2 * DAY
    assert await stands(DeliveryState.pending) == [1, 1, 1]
    assert await stands(DeliveryState.delivered) == [0, 0, 0]
