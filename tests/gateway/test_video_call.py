"""The candidate's picture between two real peers: agreed to, recorded whole, first to yield."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

from sqlalchemy import select

from interloop.db import tables
from interloop.domain.ids import new_id
from interloop.domain.room import LineReport
from interloop.integrations.audio.port import Packet
from interloop.recording.film import is_key_frame
from tests.gateway.camera import Caller, decoded, pictures
from tests.gateway.house import House
from tests.gateway.rows import Round


async def agree(house: House, held: Round, *, video: bool) -> None:
    """Let the candidate say yes or no to a recorded picture."""
    async with house.services.db.session(held.org_id) as session:
        interview = await session.get_one(tables.Interview, held.interview_id)
        session.add(
            tables.PurposeConsent(
                id=new_id(),
                org_id=held.org_id,
                created_at=house.services.clock.now(),
                application_id=interview.application_id,
                purpose="video",
                given=video,
            )
        )


async def until(
    house: House, held: Round, wanted: Callable[[list[Packet]], bool], timeout_s: float = 40
) -> list[Packet]:
    """Wait until what is on disk is as wanted."""
    async with asyncio.timeout(timeout_s):
        while not wanted(found := await pictures(house, held)):  # noqa: ASYNC110 - files
            await asyncio.sleep(0.2)
    return found


async def test_an_agreed_picture_is_recorded_as_it_came_from_a_key_frame_on(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page:
        caller = Caller()
        answer = await caller.connect(page)
        await page.memory.until(lambda room: any(told.active for told in room.senders))
        assert "VP8" in answer
        assert "H264" not in answer
        assert await pictures(house, held) == []
        await page.act("start")
        found = await until(house, held, lambda packets: len(packets) > 20)
        await caller.close()
    assert is_key_frame(found[0].data)
    assert decoded(found) == len(found)
    assert [packet.at_ms for packet in found] == sorted({packet.at_ms for packet in found})


async def test_without_a_yes_no_picture_is_taken_and_the_page_knows(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await agree(house, held, video=False)
    await house.hold(held)
    async with house.page(held) as page:
        caller = Caller()
        await caller.connect(page)
        await page.act("start")
        await page.memory.until(lambda room: bool(room.senders))
        await page.memory.until_asked("built")
        await caller.close()
    assert not any(told.active or told.agreed for told in page.memory.senders)
    async with house.services.db.read(held.org_id) as session:
        sources = set(
            await session.scalars(
                select(tables.Segment.source).where(
                    tables.Segment.interview_id == held.interview_id
                )
            )
        )
    assert tables.SegmentSource.candidate_video not in sources
    assert tables.SegmentSource.candidate_audio in sources


async def test_packets_that_never_come_darken_the_picture_for_a_moment_only(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page:
        caller = Caller()
        await caller.connect(page)
        await page.act("start")
        before = await until(house, held, lambda packets: len(packets) > 5)
        lost = 0

        def lose(_packet: bytes) -> bool:
            nonlocal lost
            lost += 1
            return lost <= 60

        caller.lose = lose
        await until(house, held, lambda _: lost > 60)
        dark_ms = before[-1].at_ms
        found = await until(
            house,
            held,
            lambda packets: len([p for p in packets if p.at_ms > dark_ms + 1000]) > 20,
        )
        await caller.close()
    assert decoded(found) == len(found)
    gaps = [after.at_ms - packet.at_ms for packet, after in pairwise(found)]
    assert max(gaps) < 10_000  # 512 packets would be more than half a minute of this picture


async def test_a_line_that_hardly_carries_the_voice_is_left_to_it(house: House) -> None:
    held = await house.round()
    await agree(house, held, video=True)
    await house.hold(held)
    async with house.page(held) as page:
        caller = Caller()
        await caller.connect(page)
        await page.act("start")
        await page.memory.until(lambda room: any(told.active for told in room.senders))
        caller.lose_at_random(0.5)
        await page.memory.until(lambda room: room.senders[-1].line == "voice_only", 30)
        assert not page.memory.senders[-1].active
        assert page.memory.senders[-1].agreed
        await caller.close()


async def test_what_the_page_tells_of_its_line_counts_too(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        caller = Caller()
        await caller.connect(page)
        await page.memory.until(lambda room: bool(room.senders))
        await page.send(LineReport(rtt_ms=20.0, queue_ms=900.0))
        await page.memory.until(lambda room: room.senders[-1].line != "good")
        await caller.close()
