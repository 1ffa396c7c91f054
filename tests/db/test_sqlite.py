"""On SQLite writers take turns, and only what may wait for a lock waits on a thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from interloop.db import sqlite
from interloop.db.scope import Database
from interloop.db.tables import Candidate, Organization
from interloop.domain.ids import new_id
from interloop.domain.rules import Place
from tests.db.conftest import NOW
from tests.support.databases import Databases, DatabaseUrls


@pytest.fixture(scope="module")
def database_urls(databases: Databases) -> Iterator[DatabaseUrls]:
    with databases.copy("sqlite") as urls:
        yield urls


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The thread of every statement from now on."""
    ran: list[int] = []
    run = sqlite.Cursor._run

    def note(*args: object, **more: object) -> None:
        ran.append(threading.get_ident())
        run(*args, **more)  # type: ignore[arg-type]  # as it was asked

    monkeypatch.setattr(sqlite.Cursor, "_run", note)
    return ran


def candidate() -> Candidate:
    return Candidate(id=new_id(), place=Place(country="DE"), created_at=NOW)


async def names(db: Database, org: UUID) -> list[UUID]:
    async with db.read(org) as session:
        return list((await session.scalars(select(Candidate.id))).all())


async def test_writers_go_in_the_order_they_came(db: Database, ours: UUID) -> None:
    went: list[int] = []

    async def write(number: int) -> None:
        async with db.session(ours) as session:
            session.add(candidate())
            await session.flush()
            went.append(number)

    async with asyncio.timeout(20):
        await asyncio.gather(*(write(number) for number in range(40)))
    assert went == list(range(40))
    assert len(await names(db, ours)) == 40


async def test_a_reader_does_not_wait_for_a_writer(db: Database, ours: UUID) -> None:
    async with db.session(ours) as session:
        session.add(candidate())
        await session.flush()
        assert await names(db, ours) == []
        async with db.look_up("sweep") as looking:
            assert ours in (await looking.scalars(select(Organization.id))).all()
    assert len(await names(db, ours)) == 1


async def test_a_turn_is_given_back_by_who_fails_and_who_is_cut_off(
    db: Database, ours: UUID
) -> None:
    with pytest.raises(RuntimeError):
        async with db.session(ours) as session:
            session.add(candidate())
            raise RuntimeError

    inside = asyncio.Event()

    async def never_done() -> None:
        async with db.session(ours) as session:
            session.add(candidate())
            await session.flush()
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_done())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.session(ours) as session:
        session.add(candidate())
    assert len(await names(db, ours)) == 1


async def test_whose_turn_does_not_come_hears_that_the_database_is_locked(
    db: Database, ours: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interloop.db.engine._PATIENCE_S", 0.05)
    async with db.session(ours):
        with pytest.raises(OperationalError, match="database is locked"):
            async with db.session(ours):
                pass


async def test_the_lock_of_another_process_is_waited_for_beside_the_event_loop(
    db: Database, ours: UUID
) -> None:
    other = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with db.session(ours) as session:
                session.add(candidate())

        writing = asyncio.create_task(write())
        # While it waits the loop goes on: else nobody would let go of the lock.
        for _ in range(100):
            await asyncio.sleep(0)
        assert not writing.done()
        other.execute("COMMIT")
        await writing
    assert len(await names(db, ours)) == 1


async def test_only_what_may_wait_goes_to_a_thread(
    db: Database, ours: UUID, threads: list[int]
) -> None:
    here = threading.get_ident()
    async with db.session(ours) as session:
        session.add(candidate())
    assert [each == here for each in threads] == [False, True]
    threads.clear()
    await names(db, ours)
    assert [each == here for each in threads] == [True, False]


async def test_a_statement_that_was_cut_off_is_over_before_the_next_is_asked(
    db: Database, ours: UUID
) -> None:
    slow = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
        "SELECT max(i) FROM n"
    )
    async with db.read(ours) as session:
        connection = await session.connection()
        raw = (await connection.get_raw_connection()).driver_connection
        assert isinstance(raw, sqlite.Connection)
        before = raw._asked
        asking = asyncio.create_task(raw.cursor().execute(slow))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        # BEGIN needs no thread otherwise; now it must wait for the one that still counts.
        cursor = raw.cursor()
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            await cursor.execute(sqlite.BEGIN)
        assert raw._asked == raw._answered == before + 2
