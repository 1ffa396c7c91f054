"""One organisation never sees, changes or points at another's rows."""

from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from interloop.db.scope import Database
from interloop.db.tables import Candidate, NameToken
from interloop.domain.errors import Forbidden
from interloop.domain.ids import new_id
from interloop.domain.rules import Place
from tests.db.conftest import NOW


def person(org_id: UUID | None = None) -> Candidate:
    return Candidate(id=new_id(), org_id=org_id, place=Place(), created_at=NOW)


async def test_a_row_is_seen_by_its_own_organisation_only(
    db: Database, ours: UUID, theirs: UUID
) -> None:
    row = person()
    async with db.session(ours) as session:
        session.add(row)
    async with db.read(ours) as session:
        assert await session.get(Candidate, row.id) is not None
    async with db.read(theirs) as session:
        assert await session.get(Candidate, row.id) is None
        assert await session.scalar(select(func.count(Candidate.id))) == 0
        assert (await session.scalars(select(Candidate.id))).all() == []


async def test_an_update_over_everything_stays_at_home(
    db: Database, ours: UUID, theirs: UUID
) -> None:
    row = person()
    async with db.session(ours) as session:
        session.add(row)
    async with db.session(theirs) as session:
        await session.execute(update(Candidate).values(erased_at=NOW))
        await session.execute(delete(Candidate))
    async with db.read(ours) as session:
        kept = await session.get(Candidate, row.id)
    assert kept is not None
    assert kept.erased_at is None


async def test_a_foreign_row_cannot_be_written(db: Database, ours: UUID, theirs: UUID) -> None:
    with pytest.raises(Forbidden):
        async with db.session(ours) as session:
            session.add(person(theirs))


async def test_a_row_cannot_point_into_another_organisation(
    db: Database, ours: UUID, theirs: UUID
) -> None:
    row = person()
    async with db.session(ours) as session:
        session.add(row)
    with pytest.raises(DBAPIError):
        async with db.session(theirs) as session:
            session.add(
                NameToken(id=new_id(), candidate_id=row.id, token=bytes(16), created_at=NOW)
            )


async def test_a_read_only_session_does_not_write(db: Database, ours: UUID) -> None:
    with pytest.raises(Forbidden):
        async with db.read(ours) as session:
            session.add(person())
            await session.flush()


async def test_a_look_up_sees_credentials_but_no_candidate_on_postgresql(
    db: Database, ours: UUID, database_kind: str
) -> None:
    async with db.session(ours) as session:
        session.add(person())
    async with db.unscoped("sign-in") as session:
        seen = await session.scalar(select(func.count(Candidate.id)))
    # SQLite has no policies: there the wall of a look-up is that its code asks for credentials.
    assert (seen == 0) is (database_kind == "postgres")
