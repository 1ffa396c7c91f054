"""From sealed segments of two epochs to one listening copy that plays in step with the turns."""

import asyncio
import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import select

from interloop.db.tables import Recording, Segment, SegmentSource
from interloop.domain.calls import InterviewInput
from interloop.domain.errors import KeyDestroyed, NotFound, Unreadable
from interloop.domain.recording import Gap, GapReason, SegmentState
from interloop.recording.finalise import finalise
from interloop.recording.listening import open_listening_copy
from interloop.security.sealing import KeyClass
from media_gateway.clock import InterviewClock
from media_gateway.ledger import Ledger
from media_gateway.opening import load
from media_gateway.recorder import Recorder
from media_gateway.video.watching import KEY_EVERY_MS, Watching
from media_gateway.voice.playout import Playout
from media_gateway.voice.speaking import SpeakingTrack
from tests.gateway.house import House
from tests.gateway.rows import Round
from tests.gateway.test_video_parts import stream
from tests.support.film import picture, tone

CANDIDATE, INTERVIEWER = SegmentSource.candidate_audio, SegmentSource.interviewer_audio


async def record(
    house: House, held: Round, epoch: int, sounds: dict[SegmentSource, list[tuple[int, float]]]
) -> Recorder:
    """Record tones, (start ms, seconds) each, as the gateway of this epoch."""
    await house.at_epoch(held, epoch)
    given = InterviewInput(org_id=held.org_id, interview_id=held.interview_id, epoch=epoch)
    opening = await load(house.services, given)
    starts = [start for tones in sounds.values() for start, _ in tones] or [0]
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
    assert row.manifest is not None
    assert [(check.epoch, check.state) for check in row.manifest.segments] == [
        (1, SegmentState.whole),
        (1, SegmentState.whole),
        (2, SegmentState.whole),
        (2, SegmentState.whole),
    ]
    assert row.manifest.gaps == (
        Gap(source=CANDIDATE, start_ms=2000, end_ms=6000, reason=GapReason.line_away),
    )


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


async def test_a_recording_that_was_cut_short_after_it_was_closed_refuses(house: House) -> None:
    held = await house.round()
    await (await record(house, held, 1, {CANDIDATE: [(0, 2.0)]})).close()
    async with house.services.db.read(held.org_id) as session:
        row = (await session.scalars(select(Segment))).one()
    path = house.services.settings.recordings_dir / row.object_key
    path.write_bytes(path.read_bytes()[:-80])
    with pytest.raises(Unreadable):
        await finalise(house.services, held.org_id, held.interview_id)


async def test_a_full_disk_delays_the_recording_and_not_the_call(house: House) -> None:
    held = await house.round()
    recorder = await record(house, held, 1, {})
    disk = house.services.settings.recordings_dir / "segments"
    aside = disk.rename(disk.with_name("aside")) if disk.exists() else None
    disk.write_bytes(b"no folder")
    try:
        await recorder.open(CANDIDATE, 0)
        for number, packet in enumerate(tone(2.0)):
            recorder.put(CANDIDATE, number * 20, packet)
        async with asyncio.timeout(10):
            while not recorder._files[CANDIDATE]._failing:  # noqa: ASYNC110 - a thread, no event
                await asyncio.sleep(0.05)
    finally:
        disk.unlink()
        if aside is not None:
            aside.rename(disk)
    await recorder.close()
    await finalise(house.services, held.org_id, held.interview_id)
    assert sounding(await listen(house, held), 0) == [*range(20)]


async def test_what_the_candidate_never_heard_is_not_recorded() -> None:
    playout, recorded = Playout(), list[bytes]()
    track = SpeakingTrack(playout, recorded.append)
    playout.attach(track)
    playout.begin()
    playout.write(b"\1\2" * 24_000)  # a second is generated
    sent = [bytes(await track.recv()) for _ in range(10)]
    playout.flush()  # the candidate speaks
    sent += [bytes(await track.recv()) for _ in range(5)]
    assert recorded == sent[:10]
    track.stop()


async def test_a_picture_is_played_beside_the_voices(house: House) -> None:
    held = await house.round()
    recorder = await record(house, held, 1, {CANDIDATE: [(0, 2.0)]})
    await recorder.open(SegmentSource.candidate_video, 0)
    for one in picture(0, 2.0):
        recorder.put(SegmentSource.candidate_video, one.at_ms, one.data)
    await recorder.close()
    await finalise(house.services, held.org_id, held.interview_id)
    copy = await open_listening_copy(house.services, held.org_id, held.interview_id)
    assert copy.media_type == "video/webm"
    with av.open(io.BytesIO(await copy.read(0, copy.size)), "r") as file:
        assert len(list(file.decode(video=0))) == 20
    assert sounding(await listen(house, held), 0) == [*range(20)]


async def test_a_film_has_places_that_can_be_wound_to(house: House) -> None:
    recorder = await record(house, await house.round(), 1, {})
    start = InterviewClock(stored_ms=0, since_join_ms=0)
    watching = Watching(recorder, start, may_record=lambda: True)
    watching.record()
    packets = stream(4)
    assert not any(watching.take(packet) for packet in packets[:9])
    watching._clock = InterviewClock(stored_ms=KEY_EVERY_MS + 1000, since_join_ms=0)
    assert watching.take(packets[9])


async def test_a_film_that_stood_still_goes_on_with_a_picture_that_stands_alone(
    house: House,
) -> None:
    recorder = await record(house, await house.round(), 1, {})
    watching = Watching(
        recorder, InterviewClock(stored_ms=0, since_join_ms=0), may_record=lambda: True
    )
    watching.record()
    film = [p.data for p in picture(0, 0.6)]
    seen = [0, 100, 2000, 2100, 2200, 2300]
    shown: list[int] = []
    for at, data in zip(seen, [*film[:4], film[0], film[4]], strict=True):
        watching.take_whole(at, data)
        shown.append(watching.until_ms)
    # What came after two seconds of nothing leaned on what lies before them.
    assert shown == [0, 100, 100, 100, 2200, 2300]


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
