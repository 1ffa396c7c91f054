"""Carries news to other systems, one try at a time, and finds news that nobody carries yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity

from activities.errors import reaching_database
from activities.rows import must_get
from interloop.db.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.ids import new_id
from interloop.domain.webhooks import (
    DeliveryRef,
    DeliveryState,
    EndpointState,
    HookTry,
    TryEnd,
    message_id,
    payload,
)
from interloop.integrations.webhooks.port import HookAnswer
from interloop.security.sealing import place_of
from interloop.security.webhooks import secrets_box, signed_headers
from interloop.services import Services

_AT_ONCE = 200


@dataclass(frozen=True)
class _Parcel:
    """One signed request, ready to leave."""

    attempt_id: UUID
    url: str
    headers: dict[str, str]
    body: bytes


class WebhookSteps:
    """Delivers news."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def try_webhook(self, task: HookTry) -> TryEnd:
        """Send once and write down what came of it.

        Not idempotent by itself: a process that dies between sending and writing sends again, under
        the same `webhook-id`, by which receivers know what they have. What was delivered, sent
        again in a later round, or switched off meanwhile is over and not sent.
        """
        parcel = await self._pack(task)
        if parcel is None:
            return TryEnd.over
        answer = await self._services.hooks.post(parcel.url, parcel.headers, parcel.body)
        return await self._note(task, parcel.attempt_id, answer)

    async def _pack(self, task: HookTry) -> _Parcel | None:
        """Note that a try begins and return what is sent, or None when there is nothing to send."""
        now = self._services.clock.now()
        async with self._services.db.session(task.org_id) as session:
            delivery = await must_get(session, WebhookDelivery, task.delivery_id, lock=True)
            endpoint = await must_get(session, WebhookEndpoint, delivery.endpoint_id)
            if delivery.state is not DeliveryState.pending or delivery.round != task.round:
                return None
            if endpoint.state is EndpointState.disabled:
                delivery.state, delivery.next_at = DeliveryState.failed, None
                delivery.last_error = "switched_off"
                await changed(session, "webhook_delivery", delivery.id, at=now)
                return None
            event = await must_get(session, WebhookEvent, delivery.event_id)
            attempt = WebhookAttempt(
                id=new_id(), org_id=task.org_id, created_at=now, delivery_id=delivery.id
            )
            session.add(attempt)
            delivery.attempts += 1
            keys = await self._keys(endpoint, now=now)
        body = payload(event.type, event.created_at, event.data)
        headers = signed_headers(message_id(event.id), now, body, keys)
        return _Parcel(
            attempt_id=attempt.id,
            url=endpoint.url,
            headers=headers
            | {"content-type": "application/json", "user-agent": "Interloop-Webhooks/1"},
            body=body,
        )

    async def _keys(self, endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
        """Return the secrets that sign now, the newest first."""
        box = secrets_box(await self._services.keys.org_key(endpoint.org_id))
        place = place_of("webhook_endpoint", "secret", endpoint.id)
        keys = [box.open_text(endpoint.secret_sealed, place=place)]
        until = endpoint.old_secret_until
        if endpoint.old_secret_sealed is not None and until is not None and now < until:
            keys.append(box.open_text(endpoint.old_secret_sealed, place=place))
        return keys

    async def _note(self, task: HookTry, attempt_id: UUID, answer: HookAnswer) -> TryEnd:
        now = self._services.clock.now()
        async with self._services.db.session(task.org_id) as session:
            attempt = await must_get(session, WebhookAttempt, attempt_id)
            attempt.ended_at, attempt.status, attempt.error = now, answer.status, answer.error
            delivery = await must_get(session, WebhookDelivery, task.delivery_id, lock=True)
            endpoint = await must_get(session, WebhookEndpoint, delivery.endpoint_id, lock=True)
            delivery.last_status, delivery.last_error = answer.status, answer.error
            await changed(session, "webhook_delivery", delivery.id, at=now)
            if answer.taken:
                delivery.state, delivery.next_at = DeliveryState.delivered, None
                delivery.delivered_at = endpoint.last_success_at = now
                return TryEnd.over
            endpoint.last_failure_at = now
            if answer.gone:
                await _switch_off(session, endpoint, "gone", at=now)
            delivery.next_at = None if answer.gone else task.next_at
            if delivery.next_at is not None:
                return TryEnd.again
            delivery.state = DeliveryState.failed
            return TryEnd.over


async def _switch_off(
    session: AsyncSession, endpoint: WebhookEndpoint, reason: str, *, at: datetime
) -> None:
    endpoint.state, endpoint.disabled_reason = EndpointState.disabled, reason
    about, details = ("webhook_endpoint", endpoint.id), {"reason": reason}
    await audit(session, SYSTEM, "webhook.disabled", at=at, about=about, details=details)
    await changed(session, "webhook_endpoint", endpoint.id, at=at)


async def unstarted_deliveries(services: Services) -> list[DeliveryRef]:
    """Return deliveries whose workflow was never started, of every organisation, oldest first.

    Raises `Unavailable` while the database is away.
    """
    statement = (
        select(WebhookDelivery.org_id, WebhookDelivery.id, WebhookDelivery.round)
        .where(WebhookDelivery.run_id.is_(None), WebhookDelivery.state == DeliveryState.pending)
        .order_by(WebhookDelivery.created_at)
        .limit(_AT_ONCE)
    )
    with reaching_database():
        async with services.db.look_up("sweep") as session:
            rows = (await session.execute(statement)).all()
    return [DeliveryRef(org_id=row[0], delivery_id=row[1], round=row[2]) for row in rows]


async def note_delivery_run(services: Services, ref: DeliveryRef, run_id: str) -> None:
    """Write the run on the row; idempotent by content, and only for the round that was started."""
    async with services.db.session(ref.org_id) as session:
        await session.execute(
            update(WebhookDelivery)
            .where(WebhookDelivery.id == ref.delivery_id, WebhookDelivery.round == ref.round)
            .values(run_id=run_id)
        )
