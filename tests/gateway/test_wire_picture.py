"""The candidate's picture where UDP is blocked: agreed to, in its place, and after the voice."""

import asyncio
from itertools import pairwise

import pytest

from interloop.db.tables import SegmentSource
from interloop.domain.errors import Unreadable
from interloop.domain.wire import MAX_PICTURE_BYTES, OPEN, Frame, FrameKind, WireClose, read_frame
from interloop.recording.film import is_key_frame
from media_gateway.video.ladder import WIRE_RUNGS
from media_gateway.voice.timeline import CaptureTimeline
from tests.gateway.camera import Caller, decoded, pictures
from tests.gateway.filmed import filmed, picture
from tests.gateway.house import House
from tests.gateway.test_video_call import agree, until
from tests.gateway.test_wire import closing, let_go, recorded
from tests.gateway.wired import open_wire, wired

KEY = picture()


def framed(data: bytes) -> bytes:
    """Return a page's frame with this picture."""
    return Frame(FrameKind.picture, 0, 0, 0, data).packed()


async def test_an_agreed_picture_goes_over_the_wire_and_a_key_frame_comes_when_asked(
    house: House,
) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page, filmed(house, page) as (voice, camera):
        await page.memory.until(lambda room: any(told.active for told in room.senders))
        first = page.memory.senders[0]
        assert (first.height, first.max_kbit) == (WIRE_RUNGS[1].height, WIRE_RUNGS[1].max_kbit)
        assert await pictures(house, held) == []
        await page.act("start")
        found = await until(house, held, lambda packets: len(packets) > 20)
        assert 0 < voice.seen <= camera.sent
    assert camera.sent > len(found)
    assert voice.keys_wanted > 0
    assert is_key_frame(found[0].data)
    assert decoded(found) == len(found)
    assert [packet.at_ms for packet in found] == sorted({packet.at_ms for packet in found})


async def test_without_a_yes_no_picture_is_taken_from_a_wire(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page, filmed(house, page) as (voice, camera):
        await page.act("start")
        await page.memory.until_asked("built", 40)
        assert camera.sent > 0
        assert voice.keys_wanted == 0
    assert not any(told.active or told.agreed for told in page.memory.senders)
    await let_go(house, held)
    assert await recorded(house, held, SegmentSource.candidate_video) == []
    assert await recorded(house, held, SegmentSource.candidate_audio) != []


async def test_a_picture_that_changes_ways_keeps_its_place_on_the_clock(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page:
        first, last = Caller(), Caller()
        await first.connect(page)
        await page.act("start")
        short = await until(house, held, lambda packets: len(packets) > 5)
        async with filmed(house, page):
            await first.close()
            long = await until(
                house, held, lambda packets: packets[-1].at_ms > short[-1].at_ms + 4000
            )
            await last.connect(page)
        found = await until(house, held, lambda packets: packets[-1].at_ms > long[-1].at_ms + 4000)
        now_ms = house.calls.held(held.interview_id).clock.ms()
        await last.close()
    assert decoded(found) == len(found)
    times = [packet.at_ms for packet in found]
    assert times == sorted(set(times))
    # A stream begins with a key frame, which the one before it did not have to wait for.
    assert max(after - before for before, after in pairwise(times)) < 6000
    assert abs(times[-1] - now_ms) < 1000


def test_a_late_picture_stands_where_it_was_taken_and_moves_no_word() -> None:
    timeline = CaptureTimeline()
    assert timeline.beside(96_000, 700) == 700
    timeline.set_clock(48_000, 5000)
    assert timeline.beside(48_000 * 2, 9000) == 6000
    assert timeline.beside(48_000 * 60, 9000) == 9000
    assert timeline.beside(0, 9000) == 4000
    assert timeline.ms(48_000 * 3, 9000) == 7000


BAD_PICTURES = {
    "nothing": b"",
    "too large": KEY + bytes(MAX_PICTURE_BYTES),
    "no start": KEY[:3] + b"abc" + KEY[6:],
    "no size": KEY[:6] + bytes(4) + KEY[10:],
    "too wide": KEY[:6] + b"\xff\x3f" + KEY[8:],
    "cut off": KEY[:12],
    "cut off in its head": KEY[:8],
}


@pytest.mark.parametrize("data", BAD_PICTURES.values(), ids=BAD_PICTURES.keys())
def test_what_is_no_picture_is_told_by_its_outside(data: bytes) -> None:
    assert read_frame(framed(KEY)).payload == KEY
    with pytest.raises(Unreadable):
        read_frame(framed(data))


async def test_a_bad_picture_closes_its_wire_and_the_voice_goes_on_over_the_next(
    house: House,
) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        for data in (BAD_PICTURES["too large"], BAD_PICTURES["no start"]):
            async with open_wire(house, await page.wire_pass()) as socket:
                assert await socket.recv() == OPEN
                await socket.send(framed(data))
                assert await closing(reading(socket)) == WireClose.bad_frame
        async with wired(house, page) as voice:
            await page.memory.until_asked("built", 40)
            assert voice.packets > 0
    await let_go(house, held)
    assert await recorded(house, held, SegmentSource.candidate_video) == []
    assert await recorded(house, held, SegmentSource.candidate_audio) != []


async def test_a_flood_of_pictures_closes_the_wire(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page, open_wire(house, await page.wire_pass()) as socket:
        assert await socket.recv() == OPEN

        async def flood() -> None:
            for _ in range(1000):
                await socket.send(framed(KEY))

        flooding = asyncio.create_task(flood())
        assert await closing(reading(socket)) == WireClose.too_many
        await asyncio.gather(flooding, return_exceptions=True)


async def reading(socket: object) -> None:
    """Take what still comes until the gateway closes."""
    while True:
        await socket.recv()  # type: ignore[attr-defined]


async def test_when_the_voice_comes_late_over_a_wire_the_picture_rests(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page, filmed(house, page) as (voice, _):
        await page.act("start")
        await page.memory.until(lambda room: any(told.active for told in room.senders))
        voice.late_s = 1.0
        await page.memory.until(lambda room: room.senders[-1].line == "voice_only", 30)
        assert not page.memory.senders[-1].active
        assert page.memory.senders[-1].agreed
