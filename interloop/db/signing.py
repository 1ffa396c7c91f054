"""Keys that sign tokens and audit checkpoints: Ed25519, wrapped by the root, one purpose each."""

from typing import Literal
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.keystore import KeyStore
from interloop.db.scope import Database
from interloop.db.tables import SigningKey
from interloop.domain.clock import Clock
from interloop.domain.ids import new_id

Purpose = Literal["tokens", "audit"]


async def signing_keys(
    db: Database, keys: KeyStore, clock: Clock, purpose: Purpose
) -> dict[str, Ed25519PrivateKey]:
    """Return the keys of a purpose by id, oldest first, retired ones left out; made at first."""
    async with db.unscoped("set-up") as session:
        rows = await _rows(session, purpose)
        if not rows:
            rows = [_make(session, keys, clock, purpose)]
        return {str(row.id): _private(keys, row) for row in rows}


async def rotate(db: Database, keys: KeyStore, clock: Clock, purpose: Purpose) -> UUID:
    """Add a key that signs from the next start on; older ones go on verifying."""
    async with db.unscoped("set-up") as session:
        return _make(session, keys, clock, purpose).id


async def _rows(session: AsyncSession, purpose: Purpose) -> list[SigningKey]:
    statement = (
        select(SigningKey)
        .where(SigningKey.purpose == purpose, SigningKey.retired_at.is_(None))
        .order_by(SigningKey.created_at, SigningKey.id)
    )
    return list((await session.execute(statement)).scalars())


def _make(session: AsyncSession, keys: KeyStore, clock: Clock, purpose: Purpose) -> SigningKey:
    fresh = Ed25519PrivateKey.generate().private_bytes_raw()
    row = SigningKey(
        id=new_id(), purpose=purpose, wrapped=keys.root.wrap(fresh), created_at=clock.now()
    )
    session.add(row)
    return row


def _private(keys: KeyStore, row: SigningKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.root.unwrap(row.wrapped))
