"""Who is asking on `/v1`: another system by its API key, and how often it has asked."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import bearer
from api.context import Context
from api.limits import BY_KEY, TooOften
from interloop.db.rates import hit
from interloop.db.tables import ApiKey
from interloop.db.trail import Who
from interloop.domain.base import Value
from interloop.domain.errors import Unauthenticated
from interloop.domain.rate import Rate
from interloop.security.api_keys import Scope, read_key, secret_fits

_NOTED_EVERY = timedelta(minutes=1)


class KeyCaller(Value):
    """A system that holds a key, as the database knows the key now."""

    id: UUID
    org_id: UUID
    name: str
    scopes: tuple[Scope, ...]

    @property
    def who(self) -> Who:
        """Return the hand for the audit trail."""
        return Who(kind="api_key", id=self.id)


async def key_of(request: Request, context: Context) -> tuple[KeyCaller, Rate]:
    """Return whose key it is, and count the request.

    Raises `Unauthenticated` for an unknown, revoked or expired key, `TooOften` beyond the limit.
    One transaction: a key is looked up by every process alike.
    """
    found = read_key(bearer(request) or "")
    if found is None:
        raise Unauthenticated("send an API key as bearer token", code="no_key")
    now = context.services.clock.now()
    async with context.services.db.unscoped("api-key") as session:
        key = await _find(session, *found, now=now)
        rate = await hit(session, BY_KEY, "api-key", str(key.id), now=now)
        if key.last_used_at is None or now - key.last_used_at >= _NOTED_EVERY:
            key.last_used_at = now
    scopes = tuple(Scope(word) for word in key.scopes)
    return KeyCaller(id=key.id, org_id=key.org_id, name=key.name, scopes=scopes), rate


async def _find(session: AsyncSession, prefix: str, secret: str, *, now: datetime) -> ApiKey:
    statement = select(ApiKey).where(ApiKey.prefix == prefix)
    key = (await session.execute(statement)).scalar_one_or_none()
    if key is None or not secret_fits(secret, key.secret_hash):
        raise Unauthenticated("this is no key of ours", code="bad_key")
    if key.revoked_at is not None:
        raise Unauthenticated("this key was revoked", code="key_revoked")
    if key.expires_at is not None and key.expires_at <= now:
        raise Unauthenticated("this key has expired", code="key_expired")
    return key


async def let_in(request: Request, context: Context) -> KeyCaller:
    """Keep caller and rate for the route and its answer's headers; raises what `key_of` does."""
    caller, rate = await key_of(request, context)
    request.state.rate = rate
    if not rate.allowed:
        raise TooOften(rate)
    request.state.key = caller
    return caller


def kept_key(request: Request) -> KeyCaller:
    """Return whose key passed the wall of this route."""
    caller: KeyCaller = request.state.key
    return caller


KeyDep = Annotated[KeyCaller, Depends(kept_key)]
