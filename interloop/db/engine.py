"""Engines for SQLite and PostgreSQL that behave alike under concurrency.

SQLite: WAL, foreign keys on, and our own BEGIN: the driver's implicit transactions let two
read-modify-writes overlap and lose one (measured in facts/platform, section 2).
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

READ_ONLY = "interloop_read_only"

_PRAGMAS = (
    "PRAGMA journal_mode=wal",
    "PRAGMA synchronous=normal",
    "PRAGMA foreign_keys=on",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=on",
)


def make_engine(url: str) -> AsyncEngine:
    """Return an async engine for the URL; SQLite transactions are BEGIN or BEGIN IMMEDIATE."""
    engine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        tame_sqlite(engine.sync_engine)
    return engine


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
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
