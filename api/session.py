"""Refresh tokens of staff: opaque, rotated at every use; a reused one ends its whole family."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.context import Context
from interloop.db.tables import RefreshToken, User
from interloop.db.trail import Who, audit
from interloop.domain.errors import Unauthenticated
from interloop.domain.ids import new_id
from interloop.security.tokens import Claims, TokenKind

LIFETIME = timedelta(days=14)
GRACE = timedelta(seconds=10)
"""Two tabs that wake together send the same token; that is no theft."""


def digest(secret: str) -> bytes:
    """Return what is stored of a random secret of 256 bits."""
    return hashlib.sha256(secret.encode()).digest()


def add_token(
    session: AsyncSession, org_id: UUID, user_id: UUID, *, family: UUID, now: datetime
) -> str:
    """Add the next token of a family and return its secret."""
    secret = secrets.token_urlsafe(32)
    session.add(
        RefreshToken(
            id=new_id(),
            org_id=org_id,
            user_id=user_id,
            family_id=family,
            token_hash=digest(secret),
            expires_at=now + LIFETIME,
            created_at=now,
        )
    )
    return secret


def access_token(context: Context, org_id: UUID, user_id: UUID) -> str:
    """Return a new bearer token of a member of staff."""
    claims = Claims(kind=TokenKind.access, subject=user_id, org_id=org_id)
    return context.signer.issue(claims, now=context.services.clock.now())


async def rotate(context: Context, secret: str) -> tuple[str, str]:
    """Trade a refresh secret for (access token, next refresh secret).

    Raises `Unauthenticated`; a token used again after the grace ends every sign-in of its family.
    """
    now = context.services.clock.now()
    row = await _find(context, secret)
    async with context.services.db.session(row.org_id) as session:
        fresh = await _use(session, row, now=now)
        user = await session.get(User, row.user_id)
        if fresh and user is not None and user.disabled_at is None:
            following = add_token(session, row.org_id, row.user_id, family=row.family_id, now=now)
            return access_token(context, row.org_id, row.user_id), following
        if not fresh:
            await _end_family(session, row, now=now, reason="refresh.reused")
    raise Unauthenticated("sign in again", code="session_over")


async def end(context: Context, secret: str) -> None:
    """End every token of the secret's family; an unknown secret ends nothing."""
    try:
        row = await _find(context, secret)
    except Unauthenticated:
        return
    now = context.services.clock.now()
    async with context.services.db.session(row.org_id) as session:
        await _end_family(session, row, now=now, reason="signed_out")


async def _find(context: Context, secret: str) -> RefreshToken:
    now = context.services.clock.now()
    async with context.services.db.look_up("sign-in") as session:
        statement = select(RefreshToken).where(RefreshToken.token_hash == digest(secret))
        row = (await session.execute(statement)).scalar_one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        raise Unauthenticated("sign in again", code="session_over")
    return row


async def _use(session: AsyncSession, row: RefreshToken, *, now: datetime) -> bool:
    """Mark the token as used; tell whether it was fresh, or used just now by a twin tab."""
    statement = (
        update(RefreshToken)
        .where(
            RefreshToken.id == row.id,
            RefreshToken.used_at.is_(None),
            RefreshToken.revoked_at.is_(None),
        )
        .values(used_at=now)
        .returning(RefreshToken.id)
    )
    if await session.scalar(statement) is not None:
        return True
    again = await session.get(RefreshToken, row.id, populate_existing=True)
    if again is None or again.revoked_at is not None or again.used_at is None:
        return False
    return now - again.used_at <= GRACE


async def _end_family(
    session: AsyncSession, row: RefreshToken, *, now: datetime, reason: str
) -> None:
    await session.execute(
        update(RefreshToken)
        .where(RefreshToken.family_id == row.family_id, RefreshToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    who = Who(kind="user", id=row.user_id)
    await audit(session, who, reason, at=now, about=("user", row.user_id))
