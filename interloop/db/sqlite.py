"""SQLite under asyncio, with as few waits for another thread as its locks allow.

aiosqlite asks the connection's thread four times a statement (open, execute, fetch, close), and
each answer waits for the interpreter that a busy event loop holds. Here a statement asks once, and
inside a write transaction not at all: it has the only lock there is, and is done before a thread
wakes up. What may wait for a lock or the disk, BEGIN IMMEDIATE and COMMIT, stays on the thread.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self, TypeVar

import aiosqlite

R = TypeVar("R")

BEGIN, BEGIN_WRITE = "BEGIN", "BEGIN IMMEDIATE"

_CHUNK = 64
"""Rows that are fetched at once where somebody streams."""


class Connection(aiosqlite.Connection):
    """A connection that is asked without its thread where nothing can make it wait."""

    def __init__(self, path: str) -> None:
        # Statements of a write transaction run where they are asked for.
        connector = partial(sqlite3.connect, path, check_same_thread=False)
        super().__init__(connector, _CHUNK)
        self._thread.daemon = True
        self._writing = False
        self._asked = 0
        self._answered = 0
        """Counted by the thread: a question whose asker was cancelled is still being answered."""

    @classmethod
    async def opened(cls, path: str) -> Self:
        """Return a connection to the file."""
        connection = cls(path)
        await connection
        return connection

    def cursor(self) -> "Cursor":  # type: ignore[override]  # ours opens without asking
        """Return a cursor."""
        return Cursor(self)

    async def commit(self) -> None:
        """Commit; a write transaction may wait for the disk."""
        await self._end(self._conn.commit)

    async def rollback(self) -> None:
        """Roll back."""
        await self._end(self._conn.rollback)

    async def run(self, sql: str, question: Callable[[sqlite3.Connection], R]) -> R:
        """Let the connection run a statement, on its thread where it may wait."""
        answer = await self._ask(partial(question, self._conn), waits=self._may_wait(sql))
        self._writing = self._writing or sql == BEGIN_WRITE
        return answer

    async def _end(self, question: Callable[[], None]) -> None:
        await self._ask(question, waits=self._writing)
        self._writing = False

    def _may_wait(self, sql: str) -> bool:
        return not self._writing and sql != BEGIN

    async def _ask(self, question: Callable[[], R], *, waits: bool) -> R:
        if not waits and self._asked == self._answered:
            return question()
        self._asked += 1
        answer: R = await self._execute(self._answer, question)  # type: ignore[no-untyped-call]
        return answer

    def _answer(self, question: Callable[[], R]) -> R:
        try:
            return question()
        finally:
            self._answered += 1


class Cursor:
    """A cursor that has fetched everything by the time its statement is done."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        """Run a statement and fetch what it gives."""
        await self._connection.run(sql, partial(self._run, sql, parameters, many=False))
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run a statement with each of the parameters."""
        await self._connection.run(sql, partial(self._run, sql, parameters, many=True))
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return some of the rows that are left."""
        count = size or self.arraysize
        rows, self._rows = self._rows[:count], self._rows[count:]
        return rows

    async def fetchone(self) -> Any:
        """Return the next row; None when there is none."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Forget the rows; the statement itself ended when it was run."""
        self._rows = []

    def _run(
        self,
        sql: str,
        parameters: Sequence[Any],
        connection: sqlite3.Connection,
        *,
        many: bool,
    ) -> None:
        cursor = connection.cursor()
        try:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
