"""Addresses of other systems as rows: their secrets, their health, their log."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.people import user_refs
from api.shapes.webhooks import AttemptOut, DeliveryOut, DeliveryRow, WebhookOut
from interloop.db.rows import must_get
from interloop.db.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent
from interloop.domain.webhooks import DeliveryState, HookEvent, message_id, payload
from interloop.security.sealing import place_of
from interloop.security.webhooks import new_secret, secrets_box
from interloop.services import Services


async def give_secret(services: Services, endpoint: WebhookEndpoint) -> str:
    """Put a new secret on the row, which has its id, and return it."""
    secret = new_secret()
    box = secrets_box(await services.keys.org_key(endpoint.org_id))
    place = place_of("webhook_endpoint", "secret", endpoint.id)
    endpoint.secret_sealed = box.seal_text(secret, place=place)
    return secret


async def outs(session: AsyncSession, rows: Sequence[WebhookEndpoint]) -> list[WebhookOut]:
    """Return these addresses with how they fare."""
    people = await user_refs(session, (row.created_by for row in rows))
    counts = await _counts(session)
    return [
        WebhookOut(
            id=row.id,
            url=row.url,
            events=tuple(HookEvent(event) for event in row.events),
            state=row.state,
            disabled_reason=row.disabled_reason,
            created_at=row.created_at,
            created_by=people[row.created_by],
            last_success_at=row.last_success_at,
            last_failure_at=row.last_failure_at,
            pending=counts.get((row.id, DeliveryState.pending), 0),
            failed=counts.get((row.id, DeliveryState.failed), 0),
            two_secrets_until=row.old_secret_until,
        )
        for row in rows
    ]


async def _counts(session: AsyncSession) -> dict[tuple[UUID, DeliveryState], int]:
    statement = (
        select(WebhookDelivery.endpoint_id, WebhookDelivery.state, func.count(WebhookDelivery.id))
        .where(WebhookDelivery.state != DeliveryState.delivered)
        .group_by(WebhookDelivery.endpoint_id, WebhookDelivery.state)
    )
    return {(row[0], row[1]): row[2] for row in await session.execute(statement)}


def delivery_row(delivery: WebhookDelivery, event: WebhookEvent) -> DeliveryRow:
    """Return a line of the log."""
    return DeliveryRow(
        id=delivery.id,
        webhook_id=delivery.endpoint_id,
        message_id=message_id(event.id),
        type=event.type,
        created_at=delivery.created_at,
        state=delivery.state,
        attempts=delivery.attempts,
        next_at=delivery.next_at,
        last_status=delivery.last_status,
        last_error=delivery.last_error,
        delivered_at=delivery.delivered_at,
    )


async def delivery_out(session: AsyncSession, delivery: WebhookDelivery) -> DeliveryOut:
    """Return a delivery with its payload and tries."""
    event = await must_get(session, WebhookEvent, delivery.event_id)
    endpoint = await must_get(session, WebhookEndpoint, delivery.endpoint_id)
    statement = (
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id == delivery.id)
        .order_by(WebhookAttempt.id)
    )
    tries = (await session.execute(statement)).scalars()
    return DeliveryOut(
        **delivery_row(delivery, event).model_dump(),
        url=endpoint.url,
        payload=payload(event.type, event.created_at, event.data).decode(),
        tries=tuple(
            AttemptOut(at=row.created_at, ended_at=row.ended_at, status=row.status, error=row.error)
            for row in tries
        ),
    )
