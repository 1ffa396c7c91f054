"""The store of wrapped keys: apart from the data and its backups.

root (a port) wraps one key per organisation; that wraps one key per (subject, class). Destroying
a row is erasure: nothing sealed with it opens again, from no backup of the data.
"""

import os
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, UniqueConstraint, Uuid, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from interloop.db.engine import READ_ONLY, WriteTurns, make_engine
from interloop.db.types import UTCDateTime, enum_column
from interloop.domain.clock import Clock
from interloop.domain.errors import KeyDestroyed
from interloop.domain.ids import new_id
from interloop.security.sealing import Box, KeyClass, unwrap, wrap

Slot = tuple[UUID, UUID, KeyClass]

_FORGET_AFTER_S = 30.0
"""How long a process may still open what another process destroyed."""


class RootKey(Protocol):
    """Whatever keeps the root key: a file, the environment, a KMS."""

    def wrap(self, inner: bytes) -> bytes:
        """Wrap an organisation's key."""
        ...

    def unwrap(self, wrapped: bytes) -> bytes:
        """Unwrap an organisation's key."""
        ...


class LocalRoot:
    """A root key held in this process (from a file or the environment)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def wrap(self, inner: bytes) -> bytes:
        """Wrap an organisation's key (RFC 5649)."""
        return wrap(self._key, inner)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Unwrap an organisation's key."""
        return unwrap(self._key, wrapped)


class KeyBase(DeclarativeBase):
    """Tables of the key store; their own database."""

    metadata = MetaData()
    type_annotation_map = {datetime: UTCDateTime(), UUID: Uuid()}


class OrgKey(KeyBase):
    """One organisation's key, wrapped by the root."""

    __tablename__ = "org_key"
    org_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class SubjectKey(KeyBase):
    """The key of one (subject, class), wrapped by its organisation's; a tombstone once gone."""

    __tablename__ = "subject_key"
    __table_args__ = (UniqueConstraint("org_id", "subject_id", "key_class"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    org_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    key_class: Mapped[KeyClass] = mapped_column(enum_column(KeyClass))
    version: Mapped[int] = mapped_column(default=1)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class PayloadKey(KeyBase):
    """One key of the ring that seals Temporal payloads, wrapped by the root."""

    __tablename__ = "payload_key"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class KeyStore:
    """Hands out boxes; a box seals and opens for one (organisation, subject, class)."""

    def __init__(self, url: str, root: RootKey, clock: Clock) -> None:
        self.engine = make_engine(url)
        self._make = async_sessionmaker(self.engine, expire_on_commit=False)
        self._turns = WriteTurns(self.engine)
        self.root = root
        self._clock = clock
        self._boxes: dict[Slot, tuple[float, Box]] = {}
        self._org_keys: dict[UUID, bytes] = {}

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session that looks up; it never waits for a writer."""
        async with self._make() as session:
            await session.connection(execution_options={READ_ONLY: True})
            yield session
            # A rollback would expire the rows that the caller keeps.
            await session.commit()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a write transaction; commits at the end, or nothing."""
        async with self._turns.taken(), self._make() as session, session.begin():
            yield session

    async def prepare(self) -> None:
        """Create the tables where they are missing."""
        async with self.engine.begin() as connection:
            await connection.run_sync(KeyBase.metadata.create_all)

    async def close(self) -> None:
        """Close every connection and forget every key."""
        self._boxes.clear()
        self._org_keys.clear()
        await self.engine.dispose()

    async def org_key(self, org_id: UUID) -> bytes:
        """Return the organisation's 32-byte key, made at first use (blind indexes use it)."""
        if org_id not in self._org_keys:
            self._org_keys[org_id] = await self._load_org_key(org_id)
        return self._org_keys[org_id]

    async def box(self, org_id: UUID, subject_id: UUID, key_class: KeyClass) -> Box:
        """Return the box of this subject and class, made at first use.

        Raises `KeyDestroyed` once `destroy` was called, at most 30 s later in other processes.
        """
        slot = (org_id, subject_id, key_class)
        kept = self._kept(slot)
        if kept is not None:
            return kept
        outer = await self.org_key(org_id)
        row = await self._load_or_make(slot, outer)
        box = self._keep(slot, row, outer)
        if box is None:
            raise KeyDestroyed(f"{key_class} key was destroyed")
        return box

    async def boxes(
        self, org_id: UUID, subject_id: UUID, classes: Iterable[KeyClass]
    ) -> dict[KeyClass, Box]:
        """Return the boxes that there are: none is made, and destroyed ones are left out."""
        kept = {each: self._kept((org_id, subject_id, each)) for each in classes}
        missing = [each for each, box in kept.items() if box is None]
        if missing:
            outer = await self.org_key(org_id)
            async with self.read() as session:
                rows = await _find(session, org_id, subject_id, missing)
            for row in rows:
                kept[row.key_class] = self._keep((org_id, subject_id, row.key_class), row, outer)
        return {each: box for each, box in kept.items() if box is not None}

    def _kept(self, slot: Slot) -> Box | None:
        at, box = self._boxes.get(slot, (0.0, None))
        return box if time.monotonic() - at < _FORGET_AFTER_S else None

    def _keep(self, slot: Slot, row: SubjectKey, outer: bytes) -> Box | None:
        """Remember the box of a row for a while; None where the key was destroyed."""
        if row.wrapped is None:
            self._boxes.pop(slot, None)
            return None
        box = Box(unwrap(outer, row.wrapped), row.version)
        self._boxes[slot] = (time.monotonic(), box)
        return box

    async def destroy(self, org_id: UUID, subject_id: UUID, classes: Iterable[KeyClass]) -> None:
        """Destroy the keys of these classes; a tombstone keeps new ones from being made."""
        async with self.write() as session:
            for key_class in classes:
                self._boxes.pop((org_id, subject_id, key_class), None)
                await session.execute(
                    delete(SubjectKey).where(
                        SubjectKey.org_id == org_id,
                        SubjectKey.subject_id == subject_id,
                        SubjectKey.key_class == key_class,
                    )
                )
                session.add(self._row((org_id, subject_id, key_class), wrapped=None))

    def _row(self, slot: Slot, *, wrapped: bytes | None) -> SubjectKey:
        now = self._clock.now()
        return SubjectKey(
            org_id=slot[0],
            subject_id=slot[1],
            key_class=slot[2],
            wrapped=wrapped,
            created_at=now,
            destroyed_at=now if wrapped is None else None,
        )

    async def _load_org_key(self, org_id: UUID) -> bytes:
        async with self.read() as session:
            row = await session.get(OrgKey, org_id)
            if row is not None:
                return self.root.unwrap(row.wrapped)
        key = os.urandom(32)
        try:
            async with self.write() as session:
                session.add(
                    OrgKey(org_id=org_id, wrapped=self.root.wrap(key), created_at=self._clock.now())
                )
        except IntegrityError:
            # Another process made it first; there is only one.
            return await self._load_org_key(org_id)
        return key

    async def _load_or_make(self, slot: Slot, outer: bytes) -> SubjectKey:
        async with self.read() as session:
            rows = await _find(session, slot[0], slot[1], [slot[2]])
        if rows:
            return rows[0]
        row = self._row(slot, wrapped=wrap(outer, os.urandom(32)))
        try:
            async with self.write() as session:
                session.add(row)
        except IntegrityError:
            return await self._load_or_make(slot, outer)
        return row


async def _find(
    session: AsyncSession, org_id: UUID, subject_id: UUID, classes: list[KeyClass]
) -> list[SubjectKey]:
    statement = select(SubjectKey).where(
        SubjectKey.org_id == org_id,
        SubjectKey.subject_id == subject_id,
        SubjectKey.key_class.in_(classes),
    )
    return list((await session.execute(statement)).scalars())
