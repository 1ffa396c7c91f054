"""Engines for SQLite and PostgreSQL that behave alike under concurrency.

SQLite: WAL, foreign keys on, and our own BEGIN: the driver's implicit transactions let two
read-modify-writes overlap and lose one (measured in facts/platform, section 2).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from interloop.db import sqlite

READ_ONLY = "interloop_read_only"

_PRAGMAS = (
    "PRAGMA journal_mode=wal",
    "PRAGMA synchronous=normal",
    "PRAGMA foreign_keys=on",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=on",
)

_PATIENCE_S = 10
"""How long a writer waits for its turn among those of this process."""


def make_engine(url: str) -> AsyncEngine:
    """Return an async engine for the URL; SQLite transactions are BEGIN or BEGIN IMMEDIATE."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        return create_async_engine(where, pool_pre_ping=True)

    async def connect() -> sqlite.Connection:
        return await sqlite.Connection.opened(where.database or "")

    engine = create_async_engine(where, async_creator=connect)
    tame_sqlite(engine.sync_engine)
    return engine


class WriteTurns:
    """Writers of this process, one at a time and in the order they came; on SQLite only.

    Left to itself SQLite lets whoever looks at the right moment go first: writers look again and
    again, and on a busy machine one of them comes too late every time.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._lock = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold the turn; when it does not come in 10 s, raises what SQLite says of a lock."""
        if self._lock is None:
            yield
            return
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._lock.acquire()
        except TimeoutError:
            locked = sqlite3.OperationalError("database is locked")
            raise OperationalError(sqlite.BEGIN_WRITE, None, locked) from None
        try:
            yield
        finally:
            self._lock.release()


def tame_sqlite(engine: Engine) -> None:
    """Set the pragmas on each connection and open each transaction ourselves."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql(sqlite.BEGIN if read_only else sqlite.BEGIN_WRITE)
