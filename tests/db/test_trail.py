"""The audit chain and the changes feed grow without forks and refuse to be rewritten."""

import asyncio
import itertools
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from interloop.db.scope import Database
from interloop.db.tables import AuditEntry, Change
from interloop.db.trail import SYSTEM, audit, changed, entry_hash
from interloop.domain.ids import new_id
from tests.db.conftest import NOW


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
