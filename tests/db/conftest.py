"""Two organisations on a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from interloop.db.keystore import KeyStore, LocalRoot
from interloop.db.scope import Database
from interloop.db.tables import Organization
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from tests.support.databases import DatabaseUrls

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def keys(database_urls: DatabaseUrls) -> AsyncIterator[KeyStore]:
    store = KeyStore(database_urls.keys_url, LocalRoot(bytes(32)), FixedClock(NOW))
    await store.prepare()
    yield store
    await store.close()


async def make_org(db: Database, name: str) -> UUID:
    org = Organization(id=new_id(), name=name, created_at=NOW)
    async with db.unscoped("set-up") as session:
        session.add(org)
    return org.id


@pytest.fixture
async def ours(db: Database) -> UUID:
    return await make_org(db, "Ours")


@pytest.fixture
async def theirs(db: Database) -> UUID:
    return await make_org(db, "Theirs")
