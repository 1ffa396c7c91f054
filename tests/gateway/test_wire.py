"""The same interview over a WebSocket: spoken, switched in the middle, refused, stalled."""

import asyncio

import pytest
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed

from interloop.db.tables import Segment, SegmentSource
from interloop.demo.voice import Speech, Voice
from interloop.domain.wire import OPEN, Frame, FrameKind, WireClose
from interloop.integrations.audio.port import Packet
from interloop.recording.container import place_of_segment, read_segment
from interloop.security.sealing import KeyClass
from media_gateway.voice.timeline import CaptureTimeline
from media_gateway.wire.wire import WINDOW
from tests.gateway.house import House
from tests.gateway.rows import PERSONA, PROBE, Round
from tests.gateway.speech import BUILT, speech
from tests.gateway.wired import open_wire, wired
from tests.sandbox.outside import Outside

SAID = "I built a billing system"
LONG = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty"
MICROPHONE = FrameKind.microphone


async def recorded(house: House, held: Round, source: SegmentSource) -> list[Packet]:
    """Return every packet of the source that was kept, in the order it was written."""
    async with house.services.db.read(held.org_id) as session:
        wanted = select(Segment).where(
            Segment.interview_id == held.interview_id, Segment.source == source
        )
        rows = list(await session.scalars(wanted.order_by(Segment.start_ms)))
    box = await house.services.keys.box(held.org_id, held.candidate_id, KeyClass.media)
    packets: list[Packet] = []
    for row in rows:
        data = await house.services.storage.get(row.object_key)
        packets += read_segment(data, box, place_of_segment(row.id)).packets
    return packets


async def let_go(house: House, held: Round) -> None:
    """End the call here, its files closed."""
    task = house.holding[(held.interview_id, 1)]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_switching_ways_in_the_middle_of_an_answer_keeps_one_turn_and_doubles_no_sound(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    await outside.control("hearing", texts=[SAID], session=str(held.interview_id))
    mouth = Speech()
    async with house.page(held) as page:
        first, last = Voice(mouth), Voice(mouth)
        await first.connect(page)
        await page.act("start")
        await page.memory.until_asked("built")
        speaking = asyncio.create_task(mouth.say(speech(BUILT * 2)))
        await page.memory.until(lambda room: any("I built" in c.text for c in room.said), 30)
        await first.close()
        async with wired(house, page, mouth):
            await page.memory.until(lambda room: any(SAID in c.text for c in room.said), 30)
            await last.connect(page)
        await speaking
        await page.memory.until(lambda room: PROBE in room.final, 30)
        await last.close()
    await let_go(house, held)
    mine = [text for who, text in await house.committed(held) if who == "candidate"]
    assert mine == [SAID]
    kept = await recorded(house, held, SegmentSource.candidate_audio)
    assert len(kept) > 200
    assert len(kept) * 20 < kept[-1].at_ms - kept[0].at_ms + 500


async def test_speaking_over_a_wire_hushes_what_is_on_its_way(
    house: House, outside: Outside
) -> None:
    held = await house.round(PERSONA.model_copy(update={"greeting": LONG}))
    await house.hold(held)
    await outside.control("hearing", texts=["Wait a moment"], session=str(held.interview_id))
    async with house.page(held) as page, wired(house, page) as voice:
        await page.act("start")
        await page.memory.until(lambda room: any("two" in c.text for c in room.said))
        await voice.speech.say(speech("Wait a moment please."))
        await page.memory.until(lambda room: "Wait a moment" in room.final)
        assert voice.hushes == 1
    assert "twenty" not in (await house.committed(held))[0][1]


async def test_a_stalled_page_is_waited_for_and_misses_nothing(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page, wired(house, page) as voice:
        voice.deaf = True
        await page.act("start")
        await page.memory.until(lambda room: any("Hello" in c.text for c in room.said))
        playout = house.calls.held(held.interview_id).channel.playout
        async with asyncio.timeout(5):
            while voice.packets < WINDOW:  # noqa: ASYNC110 - a count, no event
                await asyncio.sleep(0.02)
        played = playout.played_ms
        await asyncio.sleep(0.3)
        assert (voice.packets, playout.played_ms) == (WINDOW, played)
        voice.deaf = False
        await page.memory.until_asked("built")
        assert voice.packets > WINDOW


async def test_a_pass_opens_one_wire_once(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        token = await page.wire_pass()
        async with open_wire(house, token) as socket:
            assert await socket.recv() == OPEN
        for wrong in (token, "invented", ""):
            async with open_wire(house, wrong) as socket:
                assert await closing(socket.recv()) == WireClose.bad_pass


async def closing(receiving: "asyncio.Future[object] | object") -> int:
    """Return the code with which the gateway closes."""
    with pytest.raises(ConnectionClosed) as closed:
        await receiving  # type: ignore[misc]
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


BAD_FRAMES: tuple[bytes | str, ...] = (
    "text",
    b"",
    b"\x02\x00",
    Frame(MICROPHONE, 1, 0).packed(),
    Frame(FrameKind.interviewer, 1, 0, 0, b"x").packed(),
    Frame(MICROPHONE, 1, 0, 0, b"x" * 1400).packed(),
)


async def test_what_is_no_frame_closes_the_wire_and_the_room_goes_on(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        for wrong in BAD_FRAMES:
            async with open_wire(house, await page.wire_pass()) as socket:
                assert await socket.recv() == OPEN
                await socket.send(wrong)
                assert await closing(socket.recv()) == WireClose.bad_frame
        await page.act("start")
        await page.memory.until_asked("built")


async def test_a_flood_closes_the_wire(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page, open_wire(house, await page.wire_pass()) as socket:
        assert await socket.recv() == OPEN

        async def flood() -> None:
            for number in range(4000):
                await socket.send(Frame(MICROPHONE, number, number * 960, 0, b"\xf8").packed())

        flooding = asyncio.create_task(flood())
        assert await closing(socket.recv()) == WireClose.too_many
        await asyncio.gather(flooding, return_exceptions=True)


async def test_a_newer_page_takes_the_voice_of_the_one_before(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as first, open_wire(house, await first.wire_pass()) as socket:
        assert await socket.recv() == OPEN
        async with house.page(held):
            assert await closing(socket.recv()) == WireClose.replaced


def test_what_a_stalled_line_delivers_late_stands_where_it_was_said() -> None:
    timeline = CaptureTimeline()
    timeline.set_clock(48_000, 5000)
    assert timeline.ms(48_000, 5010) == 5000
    late = [timeline.ms(48_000 * 2 + n * 960, 9000 + n) for n in range(50)]
    assert late == [6000 + n * 20 for n in range(50)]


def test_nothing_is_placed_later_than_now() -> None:
    timeline = CaptureTimeline()
    timeline.set_clock(0, 5000)
    assert timeline.ms(48_000, 5400) == 5400
    assert timeline.ms(48_960, 5440) == 5420
