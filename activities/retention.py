"""Takes away what was kept long enough: what became of uploads, and news to other systems.

Every step may run twice, and beside itself: what is gone is gone. A little at a time, so that
nobody waits for it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from activities.errors import reaching_database
from activities.sweep import organizations
from interloop.db.tables import (
    BulkItem,
    BulkUpload,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEvent,
)
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.bulk import BulkState
from interloop.domain.webhooks import DeliveryState
from interloop.security.sealing import KeyClass
from interloop.services import Services

_UPLOADS_AT_ONCE = 20
_NEWS_AT_ONCE = 500


async def drop_old(services: Services) -> int:
    """Take away what is older than the installation keeps it; return how many rows of it.

    Raises `Unavailable` while the database is away.
    """
    with reaching_database():
        return sum(
            [
                await _uploads(services, org_id) + await _news(services, org_id)
                for org_id in await organizations(services)
            ]
        )


async def _uploads(services: Services, org_id: UUID) -> int:
    """Forget uploads that were read: names, refused rows, and the key that sealed them."""
    before = services.clock.now() - timedelta(days=services.settings.uploads_kept_days)
    async with services.db.read(org_id) as session:
        statement = (
            select(BulkUpload.id)
            .where(BulkUpload.state == BulkState.done, BulkUpload.created_at < before)
            .limit(_UPLOADS_AT_ONCE)
        )
        ids = list(await session.scalars(statement))
    for bulk_id in ids:
        await _forget(services, org_id, bulk_id)
    return len(ids)


async def _forget(services: Services, org_id: UUID, bulk_id: UUID) -> None:
    """Destroy the key first: whatever is left of an upload then can be read by nobody."""
    await services.keys.destroy(org_id, bulk_id, [KeyClass.identity])
    async for key in services.storage.keys(f"bulk/{org_id}/{bulk_id}"):
        await services.storage.delete(key)
    now = services.clock.now()
    async with services.db.session(org_id) as session:
        row = await session.get(BulkUpload, bulk_id)
        if row is None:
            return
        await session.execute(delete(BulkItem).where(BulkItem.bulk_id == bulk_id))
        await session.delete(row)
        about = ("bulk_upload", bulk_id)
        await audit(session, SYSTEM, "bulk.forgotten", at=now, about=about)
        await changed(session, "bulk_upload", bulk_id, at=now, job_id=row.job_id)


async def _news(services: Services, org_id: UUID) -> int:
    """Drop news of which every delivery has come to its end, with its tries."""
    before = services.clock.now() - timedelta(days=services.settings.news_kept_days)
    async with services.db.session(org_id) as session:
        events = await _settled(session, before)
        deliveries = select(WebhookDelivery.id).where(WebhookDelivery.event_id.in_(events))
        await session.execute(
            delete(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(deliveries))
        )
        await session.execute(delete(WebhookDelivery).where(WebhookDelivery.event_id.in_(events)))
        await session.execute(delete(WebhookEvent).where(WebhookEvent.id.in_(events)))
    return len(events)


async def _settled(session: AsyncSession, before: datetime) -> list[UUID]:
    """Return old news that nobody is waiting for."""
    of_it = WebhookDelivery.event_id == WebhookEvent.id
    waits = exists().where(of_it, WebhookDelivery.state == DeliveryState.pending)
    # Sent again by a person, it was news once more.
    fresh = exists().where(of_it, WebhookDelivery.delivered_at >= before)
    statement = (
        select(WebhookEvent.id)
        .where(WebhookEvent.created_at < before, ~waits, ~fresh)
        .order_by(WebhookEvent.created_at)
        .limit(_NEWS_AT_ONCE)
    )
    return list(await session.scalars(statement))
