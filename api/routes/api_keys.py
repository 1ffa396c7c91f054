"""Keys of other systems: made, listed and revoked by admins; the secret is shown once."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Context, Ctx
from api.people import user_refs
from api.shapes.api_keys import ApiKeyIn, ApiKeyMadeOut, ApiKeyOut
from interloop.db.rows import must_get
from interloop.db.tables import ApiKey
from interloop.db.trail import audit, changed
from interloop.domain.ids import new_id
from interloop.security.api_keys import Scope, new_key
from interloop.security.permissions import Permission

routes = Routes("api keys")


@routes.get("/api-keys", Permission.manage_integrations)
async def list_api_keys(context: Ctx, staff: StaffDep) -> list[ApiKeyOut]:
    """List the keys, newest first, revoked ones too."""
    async with context.services.db.read(staff.org_id) as session:
        rows = (await session.scalars(select(ApiKey).order_by(ApiKey.id.desc()))).all()
        return await _outs(context, session, rows)


@routes.post("/api-keys", Permission.manage_integrations, status_code=201)
async def make_api_key(context: Ctx, staff: StaffDep, body: ApiKeyIn) -> ApiKeyMadeOut:
    """Make a key; this answer alone holds its text."""
    now = context.services.clock.now()
    fresh = new_key(live=not context.services.settings.sandbox)
    key = ApiKey(
        id=new_id(),
        org_id=staff.org_id,
        name=body.name,
        prefix=fresh.prefix,
        secret_hash=fresh.secret_hash,
        scopes=sorted(set(body.scopes)),
        created_by=staff.id,
        created_at=now,
        expires_at=None if body.days is None else now + timedelta(days=body.days),
    )
    async with context.services.db.session(staff.org_id) as session:
        session.add(key)
        await session.flush()
        about, details = ("api_key", key.id), {"scopes": " ".join(key.scopes)}
        await audit(session, staff.who, "api_key.made", at=now, about=about, details=details)
        await changed(session, "api_key", key.id, at=now)
        (out,) = await _outs(context, session, [key])
    return ApiKeyMadeOut(**out.model_dump(), key=fresh.text)


@routes.post("/api-keys/{api_key_id}/revoke", Permission.manage_integrations)
async def revoke_api_key(context: Ctx, staff: StaffDep, api_key_id: UUID) -> ApiKeyOut:
    """Revoke a key, at once and for good; twice is once."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        key = await must_get(session, ApiKey, api_key_id, lock=True)
        if key.revoked_at is None:
            key.revoked_at, key.revoked_by = now, staff.id
            about = ("api_key", key.id)
            await audit(session, staff.who, "api_key.revoked", at=now, about=about)
            await changed(session, "api_key", key.id, at=now)
        (out,) = await _outs(context, session, [key])
    return out


async def _outs(context: Context, session: AsyncSession, rows: Sequence[ApiKey]) -> list[ApiKeyOut]:
    people = await user_refs(session, (row.created_by for row in rows))
    word = "test" if context.services.settings.sandbox else "live"
    return [
        ApiKeyOut(
            id=row.id,
            name=row.name,
            prefix=f"il_{word}_{row.prefix}",
            scopes=tuple(Scope(scope) for scope in row.scopes),
            created_at=row.created_at,
            created_by=people[row.created_by],
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
