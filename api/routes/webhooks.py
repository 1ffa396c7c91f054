"""Telling other systems: which addresses get which news, and what became of each delivery."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.cursors import Cursor, Limit, cursor_after, row_before
from api.shapes.webhooks import (
    DeliveryOut,
    DeliveryPage,
    WebhookIn,
    WebhookOut,
    WebhookSecretOut,
)
from api.webhooks import delivery_out, delivery_row, give_secret, outs
from interloop.db.outgoing import write_event
from interloop.db.rows import must_get
from interloop.db.tables import WebhookDelivery, WebhookEndpoint, WebhookEvent
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.webhooks import DeliveryState, EndpointState, HookEvent
from interloop.security.permissions import Permission
from interloop.security.webhooks import check_url

routes = Routes("webhooks")

OVERLAP = timedelta(hours=24)
"""How long the old secret signs beside the new one."""


@routes.get("/webhooks", Permission.manage_integrations)
async def list_webhooks(context: Ctx, staff: StaffDep) -> list[WebhookOut]:
    """List the addresses, newest first."""
    statement = select(WebhookEndpoint).order_by(WebhookEndpoint.id.desc())
    async with context.services.db.read(staff.org_id) as session:
        return await outs(session, (await session.scalars(statement)).all())


@routes.post("/webhooks", Permission.manage_integrations, status_code=201)
async def add_webhook(context: Ctx, staff: StaffDep, body: WebhookIn) -> WebhookSecretOut:
    """Add an address; this answer alone holds its secret.

    422 `not_https`, `address_refused` or `bad_url` for an address that is never told anything.
    """
    services, now = context.services, context.services.clock.now()
    check_url(body.url, ours=services.settings.webhook_origin)
    endpoint = WebhookEndpoint(
        id=new_id(),
        org_id=staff.org_id,
        created_at=now,
        url=body.url,
        events=sorted(set(body.events)),
        state=EndpointState.enabled,
        created_by=staff.id,
    )
    secret = await give_secret(services, endpoint)
    async with services.db.session(staff.org_id) as session:
        session.add(endpoint)
        await session.flush()
        await _note(context, session, staff, endpoint, "webhook.added")
        (out,) = await outs(session, [endpoint])
    return WebhookSecretOut(webhook=out, secret=secret)


@routes.post("/webhooks/{webhook_id}/enable", Permission.manage_integrations)
async def enable_webhook(context: Ctx, staff: StaffDep, webhook_id: UUID) -> WebhookOut:
    """Tell this address of news again, from now on."""
    return await _switch(context, staff, webhook_id, EndpointState.enabled)


@routes.post("/webhooks/{webhook_id}/disable", Permission.manage_integrations)
async def disable_webhook(context: Ctx, staff: StaffDep, webhook_id: UUID) -> WebhookOut:
    """Tell this address nothing more; what is on its way to it is given up."""
    return await _switch(context, staff, webhook_id, EndpointState.disabled)


@routes.post("/webhooks/{webhook_id}/rotate", Permission.manage_integrations)
async def rotate_secret(context: Ctx, staff: StaffDep, webhook_id: UUID) -> WebhookSecretOut:
    """Give the address a new secret; the old one signs beside it for a day."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        endpoint = await must_get(session, WebhookEndpoint, webhook_id, lock=True)
        endpoint.old_secret_sealed = endpoint.secret_sealed
        endpoint.old_secret_until = now + OVERLAP
        secret = await give_secret(context.services, endpoint)
        await _note(context, session, staff, endpoint, "webhook.secret_rotated")
        (out,) = await outs(session, [endpoint])
    return WebhookSecretOut(webhook=out, secret=secret)


@routes.post("/webhooks/{webhook_id}/test", Permission.manage_integrations, status_code=202)
async def test_webhook(context: Ctx, staff: StaffDep, webhook_id: UUID) -> DeliveryOut:
    """Send news of no consequence, on the same way as all others."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        endpoint = await must_get(session, WebhookEndpoint, webhook_id)
        _refuse_disabled(endpoint)
        data = {"webhook_id": str(webhook_id)}
        (delivery,) = await write_event(session, HookEvent.test, data, [endpoint], at=now)
        await session.flush()
        await _note(context, session, staff, endpoint, "webhook.tested")
        return await delivery_out(session, delivery)


@routes.get("/webhook-deliveries", Permission.manage_integrations)
async def list_deliveries(
    context: Ctx,
    staff: StaffDep,
    webhook_id: UUID | None = None,
    state: DeliveryState | None = None,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> DeliveryPage:
    """Page through the log, newest first."""
    statement = select(WebhookDelivery, WebhookEvent).join(
        WebhookEvent, WebhookEvent.id == WebhookDelivery.event_id
    )
    if webhook_id is not None:
        statement = statement.where(WebhookDelivery.endpoint_id == webhook_id)
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    after = row_before(cursor)
    if after is not None:
        statement = statement.where(WebhookDelivery.id < after)
    statement = statement.order_by(WebhookDelivery.id.desc()).limit(limit + 1)
    async with context.services.db.read(staff.org_id) as session:
        rows = [delivery_row(*row) for row in await session.execute(statement)]
    following = cursor_after(rows[limit - 1].id) if len(rows) > limit else None
    return DeliveryPage(items=tuple(rows[:limit]), next=following)


@routes.get("/webhook-deliveries/{delivery_id}", Permission.manage_integrations)
async def get_delivery(context: Ctx, staff: StaffDep, delivery_id: UUID) -> DeliveryOut:
    """Return one delivery: what is sent, and every try."""
    async with context.services.db.read(staff.org_id) as session:
        delivery = await must_get(session, WebhookDelivery, delivery_id)
        return await delivery_out(session, delivery)


@routes.post(
    "/webhook-deliveries/{delivery_id}/redeliver",
    Permission.manage_integrations,
    status_code=202,
)
async def redeliver(context: Ctx, staff: StaffDep, delivery_id: UUID) -> DeliveryOut:
    """Send it again, under the same `webhook-id`, with the whole schedule of tries ahead."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        delivery = await must_get(session, WebhookDelivery, delivery_id, lock=True)
        endpoint = await must_get(session, WebhookEndpoint, delivery.endpoint_id)
        _refuse_disabled(endpoint)
        delivery.round += 1
        delivery.state, delivery.run_id, delivery.next_at = DeliveryState.pending, None, now
        about = ("webhook_delivery", delivery_id)
        await audit(session, staff.who, "webhook.sent_again", at=now, about=about)
        await changed(session, "webhook_delivery", delivery_id, at=now)
        return await delivery_out(session, delivery)


async def _switch(
    context: Context, staff: Staff, webhook_id: UUID, state: EndpointState
) -> WebhookOut:
    async with context.services.db.session(staff.org_id) as session:
        endpoint = await must_get(session, WebhookEndpoint, webhook_id, lock=True)
        if endpoint.state is not state:
            endpoint.state = state
            off = state is EndpointState.disabled
            endpoint.disabled_reason = "by_person" if off else None
            await _note(context, session, staff, endpoint, f"webhook.{state.value}")
        (out,) = await outs(session, [endpoint])
    return out


def _refuse_disabled(endpoint: WebhookEndpoint) -> None:
    if endpoint.state is EndpointState.disabled:
        raise Conflict("switch the address on first", code="webhook_disabled")


async def _note(
    context: Context, session: AsyncSession, staff: Staff, endpoint: WebhookEndpoint, action: str
) -> None:
    now = context.services.clock.now()
    await audit(session, staff.who, action, at=now, about=("webhook_endpoint", endpoint.id))
    await changed(session, "webhook_endpoint", endpoint.id, at=now)
