"""Keys of other systems, for tests."""

from collections.abc import Iterable
from uuid import UUID

from interloop.db.tables import ApiKey, User
from interloop.domain.ids import new_id
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
