"""The audit chain and the changes feed grow without forks and refuse to be rewritten."""

import asyncio
import itertools
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.exc import DBAPIError

from interloop.db.scope import Database
from interloop.db.tables import AuditEntry, Change
from interloop.db.trail import SYSTEM, audit, changed, entry_hash
from interloop.domain.ids import new_id
from tests.db.conftest import NOW


@pytest.fixture
def statements(db: Database) -> Iterator[list[str]]:
    """Every statement from now on."""
    said: list[str] = []

    def note(*context: object) -> None:
        said.append(str(context[2]))

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)


async def note(db: Database, org: UUID) -> None:
    async with db.session(org) as session:
        thing = new_id()
        await audit(session, SYSTEM, "thing.done", at=NOW, about=("thing", thing))
        await changed(session, "thing", thing, at=NOW)


async def entries(db: Database, org: UUID) -> list[AuditEntry]:
    async with db.read(org) as session:
        return list((await session.scalars(select(AuditEntry).order_by(AuditEntry.seq))).all())


async def test_many_writers_make_one_chain_without_gap_or_fork(db: Database, ours: UUID) -> None:
    await note(db, ours)
    await asyncio.gather(*(note(db, ours) for _ in range(20)))
    chain = await entries(db, ours)
    assert [each.seq for each in chain] == list(range(1, 22))
    for before, after in itertools.pairwise(chain):
        assert after.prev_hash == before.hash
    assert all(each.hash == entry_hash(each) for each in chain)
    async with db.read(ours) as session:
        feed = (await session.scalars(select(Change.seq).order_by(Change.seq))).all()
    assert feed == list(range(1, 22))


async def test_an_undone_change_leaves_no_line(db: Database, ours: UUID) -> None:
    with pytest.raises(RuntimeError):
        async with db.session(ours) as session:
            await audit(session, SYSTEM, "thing.done", at=NOW, about=("thing", None))
            raise RuntimeError
    assert await entries(db, ours) == []


@pytest.mark.parametrize("table", [AuditEntry, Change])
async def test_the_database_itself_refuses_to_rewrite_the_past(
    db: Database, ours: UUID, table: type[AuditEntry] | type[Change]
) -> None:
    await note(db, ours)
    for statement in (update(table).values(seq=99), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"):
            async with db.session(ours) as session:
                await session.execute(statement)


async def test_a_change_with_its_audit_looks_at_the_trail_once(
    db: Database, ours: UUID, statements: list[str]
) -> None:
    async with db.session(ours) as session:
        await changed(session, "thing", new_id(), at=NOW)
    statements.clear()
    async with db.session(ours) as session:
        for _ in range(2):
            await audit(session, SYSTEM, "application.moved", at=NOW, about=("thing", None))
            await changed(session, "thing", new_id(), at=NOW)
    heads = [each for each in statements if "trail_head" in each]
    assert [each.split()[0] for each in heads] == ["SELECT", "UPDATE"]
    async with db.read(ours) as session:
        feed = (await session.scalars(select(Change.seq).order_by(Change.seq))).all()
    assert feed == [1, 2, 3]
