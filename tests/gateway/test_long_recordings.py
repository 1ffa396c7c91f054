"""However long a recording is, making its copy takes the same memory."""

import tracemalloc
from collections.abc import Iterable
from dataclasses import replace

from interloop.integrations.storage.disk import DiskStorage
from interloop.recording.finalise import finalise
from interloop.recording.listening import open_listening_copy
from interloop.security.sealing import KeyClass
from tests.gateway.house import House
from tests.support.length import record

MOST = 8 * 1024 * 1024
PICTURE = 128 * 1024
SECONDS = 25


class Sips(DiskStorage):
    """Storage that hands out and takes in a part at a time, as one far away does."""

    async def get(self, key: str) -> bytes:
        raise AssertionError(f"all of {key} was asked for at once")

    async def read(self, key: str, start: int, end: int) -> bytes:
        assert end - start <= MOST // 4
        return await super().read(key, start, end)

    async def put(self, key: str, data: bytes) -> None:
        raise AssertionError(f"all of {key} was given at once")

    async def put_pieces(self, key: str, pieces: Iterable[bytes]) -> None:
        assert not isinstance(pieces, list | tuple)
        await super().put_pieces(key, pieces)


async def test_a_recording_is_made_in_a_fourth_of_its_size(house: House) -> None:
    held = await house.round()
    storage = Sips(house.services.settings.recordings_dir)
    services, ids = replace(house.services, storage=storage), (held.org_id, held.interview_id)
    box = await services.keys.box(held.org_id, held.candidate_id, KeyClass.media)
    await record(services, *ids, box, seconds=SECONDS, size=PICTURE)
    tracemalloc.start()
    try:
        await finalise(services, *ids)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    copy = await open_listening_copy(services, *ids)
    assert copy.size > 4 * MOST - PICTURE * 10
    assert peak < MOST, peak
    assert not list(services.settings.spool_dir.iterdir())
