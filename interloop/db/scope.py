"""Sessions that see one organisation only.

PostgreSQL enforces it by row-level security (`app.org_id` is set for the transaction); SQLite by
loader criteria, and both by a check at flush. `unscoped` is for looking up who somebody is.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from interloop.db.engine import READ_ONLY, WriteTurns, make_engine
from interloop.db.tables.base import Tenant
from interloop.domain.errors import Forbidden

Reason = Literal["sign-in", "link", "ticket", "candidate-session", "api-key", "sweep", "set-up"]


class ScopedSession(Session):
    """The session class whose events below keep it inside `info["org_id"]`."""


class Database:
    """Opens sessions; the only way to reach the data."""

    def __init__(self, url: str) -> None:
        self.engine: AsyncEngine = make_engine(url)
        self._turns = WriteTurns(self.engine)
        self._make = async_sessionmaker(
            self.engine, expire_on_commit=False, sync_session_class=ScopedSession
        )

    @asynccontextmanager
    async def session(self, org_id: UUID) -> AsyncIterator[AsyncSession]:
        """Open a write transaction of one organisation; commits at the end, or nothing."""
        async with self._write({"org_id": org_id}) as session:
            await _announce(session, "app.org_id", str(org_id))
            yield session

    @asynccontextmanager
    async def read(self, org_id: UUID) -> AsyncIterator[AsyncSession]:
        """Open a read-only session of one organisation; it never waits for a writer."""
        async with self._read({"org_id": org_id}) as session:
            await _announce(session, "app.org_id", str(org_id))
            yield session

    @asynccontextmanager
    async def unscoped(self, reason: Reason) -> AsyncIterator[AsyncSession]:
        """Open a write transaction that may look up credentials of every organisation.

        On PostgreSQL the policies let it see the look-up tables only.
        """
        async with self._write({"org_id": None, "reason": reason}) as session:
            await _announce(session, "app.lookup", reason)
            yield session

    @asynccontextmanager
    async def look_up(self, reason: Reason) -> AsyncIterator[AsyncSession]:
        """Open a read-only session that may look up what `unscoped` may."""
        async with self._read({"org_id": None, "reason": reason}) as session:
            await _announce(session, "app.lookup", reason)
            yield session

    @asynccontextmanager
    async def _read(self, info: dict[str, Any]) -> AsyncIterator[AsyncSession]:
        async with self._make(info={**info, "read_only": True}) as session:
            await session.connection(execution_options={READ_ONLY: True})
            yield session
            # A rollback would expire the rows that the caller keeps; there is nothing to undo.
            await session.commit()

    @asynccontextmanager
    async def _write(self, info: dict[str, Any]) -> AsyncIterator[AsyncSession]:
        async with self._turns.taken(), self._make(info=info) as session, session.begin():
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


async def _announce(session: AsyncSession, name: str, value: str) -> None:
    """Tell PostgreSQL's policies who is asking, for this transaction."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.set_config(name, value, True)))  # noqa: FBT003 - SQL argument


@event.listens_for(ScopedSession, "do_orm_execute")
def _keep_reads_inside(state: ORMExecuteState) -> None:
    org_id = state.session.info.get("org_id")
    if org_id is None or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(_inside(org_id))


@lru_cache(maxsize=256)
def _inside(org_id: UUID) -> ORMOption:
    """Return the condition on every table of an organisation; making it costs as much as a read."""
    return with_loader_criteria(
        Tenant,
        lambda row: row.org_id == org_id,
        include_aliases=True,
        propagate_to_loaders=False,
    )


@event.listens_for(ScopedSession, "before_flush")
def _keep_writes_inside(session: Session, _context: object, _instances: object) -> None:
    if session.info.get("read_only") and (session.new or session.dirty or session.deleted):
        raise Forbidden("a read-only session does not write", code="read_only")
    org_id = session.info.get("org_id")
    if org_id is None:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, Tenant):
            continue
        if row.org_id is None:
            row.org_id = org_id
        if row.org_id != org_id:
            raise Forbidden("row of another organisation", code="foreign_row")
