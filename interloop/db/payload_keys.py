"""Keys that seal Temporal payloads: one installation, several ages; the newest seals.

They live in the key store, wrapped by the root, because payloads outlive no backup of the data.
"""

import os

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.keystore import KeyStore, PayloadKey
from interloop.domain.clock import Clock
from interloop.domain.ids import new_id


class PayloadKeys:
    """Reads the ring, and makes its first key where there is none."""

    def __init__(self, keys: KeyStore, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def load(self) -> dict[str, bytes]:
        """Return every key by its id, oldest first; the first call of all makes the first key."""
        async with self._keys.write() as session:
            rows = await _rows(session)
            if not rows:
                rows = [self._add(session)]
            return {str(row.id): self._keys.root.unwrap(row.wrapped) for row in rows}

    async def rotate(self) -> str:
        """Add a key that seals from now on and return its id; older ones still open."""
        async with self._keys.write() as session:
            return str(self._add(session).id)

    def _add(self, session: AsyncSession) -> PayloadKey:
        row = PayloadKey(
            id=new_id(),
            wrapped=self._keys.root.wrap(os.urandom(32)),
            created_at=self._clock.now(),
        )
        session.add(row)
        return row


async def _rows(session: AsyncSession) -> list[PayloadKey]:
    statement = select(PayloadKey).order_by(PayloadKey.created_at, PayloadKey.id)
    return list((await session.execute(statement)).scalars())
