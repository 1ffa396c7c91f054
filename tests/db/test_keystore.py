"""Keys by person and class, and what destroying them means."""

from uuid import UUID

import pytest

from interloop.db.keystore import KeyStore, LocalRoot
from interloop.domain.clock import FixedClock
from interloop.domain.errors import KeyDestroyed, Unreadable
from interloop.domain.ids import new_id
from interloop.security.sealing import ERASED_CLASSES, KeyClass
from tests.db.conftest import NOW
from tests.support.databases import DatabaseUrls


async def another_process(urls: DatabaseUrls) -> KeyStore:
    return KeyStore(urls.keys_url, LocalRoot(bytes(32)), FixedClock(NOW))


async def test_two_processes_open_each_others_words(
    keys: KeyStore, database_urls: DatabaseUrls
) -> None:
    org, person = new_id(), new_id()
    other = await another_process(database_urls)
    sealed = (await keys.box(org, person, KeyClass.transcript)).seal(b"words", place="p")
    opened = (await other.box(org, person, KeyClass.transcript)).open(sealed, place="p")
    await other.close()
    assert opened == b"words"


async def test_each_person_class_and_organisation_has_its_own_key(keys: KeyStore) -> None:
    org, person = new_id(), new_id()
    sealed = (await keys.box(org, person, KeyClass.identity)).seal(b"words", place="p")
    strangers: list[tuple[UUID, UUID, KeyClass]] = [
        (org, person, KeyClass.media),
        (org, new_id(), KeyClass.identity),
        (new_id(), person, KeyClass.identity),
    ]
    for stranger in strangers:
        with pytest.raises(Unreadable):
            (await keys.box(*stranger)).open(sealed, place="p")


async def test_after_erasure_the_decision_opens_and_nothing_else_ever_does(
    keys: KeyStore, database_urls: DatabaseUrls
) -> None:
    org, person = new_id(), new_id()
    decision = (await keys.box(org, person, KeyClass.decision)).seal(b"reason", place="p")
    for key_class in ERASED_CLASSES:
        await keys.box(org, person, key_class)
    await keys.destroy(org, person, ERASED_CLASSES)
    later = await another_process(database_urls)
    for store in (keys, later):
        assert (await store.box(org, person, KeyClass.decision)).open(
            decision, place="p"
        ) == b"reason"
        for key_class in ERASED_CLASSES:
            with pytest.raises(KeyDestroyed):
                await store.box(org, person, key_class)
    await later.close()


async def test_no_key_lies_in_the_store_as_it_is(
    keys: KeyStore, database_kind: str, database_urls: DatabaseUrls
) -> None:
    org, person = new_id(), new_id()
    box = await keys.box(org, person, KeyClass.media)
    async with keys.engine.connect() as connection:
        rows = (await connection.exec_driver_sql("select wrapped from subject_key")).all()
    wrapped = [bytes(row[0]) for row in rows if row[0] is not None]
    assert wrapped
    assert all(box.key not in each for each in wrapped)
