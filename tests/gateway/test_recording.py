"""From sealed segments of two epochs to one listening copy that plays in step with the turns."""

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import select

from interloop.db.tables import Recording, Segment, SegmentSource
from interloop.domain.calls import InterviewInput
from interloop.domain.errors import KeyDestroyed, NotFound, Unreadable
from interloop.recording.finalise import finalise
from interloop.recording.listening import open_listening_copy
from interloop.security.sealing import KeyClass
from media_gateway.clock import InterviewClock
from media_gateway.ledger import Ledger
from media_gateway.opening import load
from media_gateway.recorder import Recorder
from media_gateway.voice.opus import Mouth
from tests.gateway.house import House
from tests.gateway.rows import Round

CANDIDATE, INTERVIEWER = SegmentSource.candidate_audio, SegmentSource.interviewer_audio


def tone(seconds: float) -> list[bytes]:
    """Return the packets of a 440 Hz tone."""
    at = np.arange(int(24_000 * seconds)) / 24_000
    pcm = (np.sin(2 * np.pi * 440 * at) * 12_000).astype(np.int16).tobytes()
    mouth = Mouth()
    return [mouth.say(pcm[n : n + 960]) for n in range(0, len(pcm) - 959, 960)]


async def record(
    house: House, held: Round, epoch: int, sounds: dict[SegmentSource, list[tuple[int, float]]]
) -> Recorder:
    """Record tones, (start ms, seconds) each, as the gateway of this epoch."""
    await house.at_epoch(held, epoch)
    given = InterviewInput(org_id=held.org_id, interview_id=held.interview_id, epoch=epoch)
    opening = await load(house.services, given)
    starts = [start for tones in sounds.values() for start, _ in tones]
    ledger = Ledger(house.services, opening, InterviewClock(stored_ms=0, since_join_ms=0))
    recorder = Recorder(house.services.settings.recordings_dir, ledger, opening)
    for source, tones in sounds.items():
        await recorder.open(source, min(starts))
        for start, seconds in tones:
            for number, packet in enumerate(tone(seconds)):
                recorder.put(source, start + number * 20, packet)
    return recorder


async def listen(house: House, held: Round) -> NDArray[np.int16]:
    """Return the listening copy's samples at 48 kHz, one row a channel."""
    copy = await open_listening_copy(house.services, held.org_id, held.interview_id)
    plain = await copy.read(0, copy.size)
    with av.open(io.BytesIO(plain), "r") as file:
        frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
    samples: NDArray[np.int16] = np.concatenate(frames, axis=1)
    return samples if samples.shape[0] == 2 else samples.reshape(-1, 2).T


def sounding(samples: NDArray[np.int16], channel: int) -> list[int]:
    """Return the tenths of a second in which this channel sounds."""
    tenths = np.abs(samples[channel].astype(float)).reshape(-1)
    whole = tenths[: len(tenths) // 4800 * 4800].reshape(-1, 4800)
    level = whole.mean(axis=1) / max(1.0, float(tenths.max()))
    return [int(n) for n in np.flatnonzero(level > 0.2)]


async def test_words_stand_where_they_belong_across_a_gap(house: House) -> None:
    held = await house.round()
    first = await record(house, held, 1, {CANDIDATE: [(1000, 1.0)], INTERVIEWER: [(0, 0.5)]})
    await first.close()
    second = await record(house, held, 2, {CANDIDATE: [(6000, 1.0)], INTERVIEWER: [(5000, 0.5)]})
    await second.close()
    await finalise(house.services, held.org_id, held.interview_id)
    samples = await listen(house, held)
    assert sounding(samples, 0) == [*range(10, 20), *range(60, 70)]
    assert sounding(samples, 1) == [*range(5), *range(50, 55)]
    copy = await open_listening_copy(house.services, held.org_id, held.interview_id)
    assert copy.duration_ms == 7000
    assert copy.media_type == "audio/ogg"
    async with house.services.db.read(held.org_id) as session:
        row = (await session.scalars(select(Recording))).one()
    assert row.gap_ms == 4000


async def test_a_copy_is_read_by_range_and_made_once(house: House) -> None:
    held = await house.round()
    await (await record(house, held, 1, {CANDIDATE: [(0, 3.0)]})).close()
    await finalise(house.services, held.org_id, held.interview_id)
    copy = await open_listening_copy(house.services, held.org_id, held.interview_id)
    whole = await copy.read(0, copy.size)
    assert whole.startswith(b"OggS")
    assert await copy.read(100, 300) == whole[100:300]
    assert await copy.read(copy.size - 5, copy.size + 100) == whole[-5:]
    assert await copy.read(copy.size, copy.size + 1) == b""
    await finalise(house.services, held.org_id, held.interview_id)
    again = await open_listening_copy(house.services, held.org_id, held.interview_id)
    assert await again.read(0, again.size) == whole


async def test_what_an_old_gateway_recorded_after_the_takeover_is_left_out(house: House) -> None:
    held = await house.round()
    stale = await record(house, held, 1, {CANDIDATE: [(0, 1.0), (5000, 1.0)]})
    await (await record(house, held, 2, {CANDIDATE: [(3000, 1.0)]})).close()
    await stale.close()
    await finalise(house.services, held.org_id, held.interview_id)
    assert sounding(await listen(house, held), 0) == [*range(10), *range(30, 40)]
    async with house.services.db.read(held.org_id) as session:
        rows = await session.scalars(select(Segment).order_by(Segment.epoch))
        assert [row.closed_at is not None for row in rows] == [False, True]


async def test_an_altered_recording_refuses(house: House) -> None:
    held = await house.round()
    await (await record(house, held, 1, {CANDIDATE: [(0, 2.0)]})).close()
    async with house.services.db.read(held.org_id) as session:
        row = (await session.scalars(select(Segment))).one()
    path = house.services.settings.recordings_dir / row.object_key
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(Unreadable):
        await finalise(house.services, held.org_id, held.interview_id)
    with pytest.raises(NotFound):
        await open_listening_copy(house.services, held.org_id, held.interview_id)


async def test_a_typed_interview_has_no_recording(house: House) -> None:
    held = await house.round()
    await finalise(house.services, held.org_id, held.interview_id)
    with pytest.raises(NotFound):
        await open_listening_copy(house.services, held.org_id, held.interview_id)


async def test_a_destroyed_key_leaves_nothing_to_hear(house: House) -> None:
    held = await house.round()
    await (await record(house, held, 1, {CANDIDATE: [(0, 1.0)]})).close()
    await finalise(house.services, held.org_id, held.interview_id)
    await house.services.keys.destroy(held.org_id, held.candidate_id, [KeyClass.media])
    with pytest.raises(KeyDestroyed):
        await open_listening_copy(house.services, held.org_id, held.interview_id)
