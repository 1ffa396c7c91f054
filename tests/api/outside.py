"""What joins an organisation to other systems, for tests: keys and webhooks."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.webhooks import give_secret
from interloop.db.outgoing import write_event
from interloop.db.tables import ApiKey, User, WebhookEndpoint
from interloop.domain.ids import new_id
from interloop.domain.webhooks import OFFERED, EndpointState, HookEvent
from interloop.security.api_keys import Scope, new_key
from interloop.services import Services


def api_key(
    services: Services, org_id: UUID, maker: User, *, scopes: Iterable[Scope]
) -> tuple[ApiKey, str]:
    """A row and the text of its key."""
    fresh = new_key(live=False)
    row = ApiKey(
        id=new_id(),
        org_id=org_id,
        name="Careers site",
        prefix=fresh.prefix,
        secret_hash=fresh.secret_hash,
        scopes=list(scopes),
        created_by=maker.id,
        created_at=services.clock.now(),
    )
    return row, fresh.text


async def webhook(services: Services, org_id: UUID, maker: UUID, url: str) -> WebhookEndpoint:
    """An address that wants all news."""
    row = WebhookEndpoint(
        id=new_id(),
        org_id=org_id,
        created_at=services.clock.now(),
        url=url,
        events=[event.value for event in OFFERED],
        state=EndpointState.enabled,
        created_by=maker,
    )
    await give_secret(services, row)
    return row


async def connected(
    services: Services, session: AsyncSession, admin: User
) -> tuple[str, dict[str, str]]:
    """Add a key that may do everything, and a webhook that nobody delivers; return text and ids."""
    now = services.clock.now()
    key, text = api_key(services, admin.org_id, admin, scopes=Scope)
    endpoint = await webhook(services, admin.org_id, admin.id, "https://example.test/hooks")
    endpoint.events = []
    session.add_all([key, endpoint])
    await session.flush()
    (delivery,) = await write_event(session, HookEvent.test, {}, [endpoint], at=now)
    ids = {"api_key_id": key.id, "webhook_id": endpoint.id, "delivery_id": delivery.id}
    return text, {name: str(value) for name, value in ids.items()}
