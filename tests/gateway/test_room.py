"""Who gets into the room, who is sent away, and what a gateway that lost it may still write."""

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from interloop.demo.room_client import RoomClient
from interloop.domain import room as wire
from interloop.domain.calls import InterviewEnd
from interloop.domain.errors import Superseded
from interloop.domain.turn import Speaker, TurnSource
from tests.gateway.house import House
from tests.gateway.rows import FIRST, GREETING, PROBE

ORIGIN = Origin("http://127.0.0.1:8000")


async def refusal(house: House, *messages: str) -> str:
    """Send these as the first messages of a socket; return the code of the refusal."""
    url = house.address.replace("http", "ws") + "/room"
    async with connect(url, origin=ORIGIN, proxy=None) as socket:
        for message in messages:
            await socket.send(message)
        try:
            answer = wire.SERVER_MESSAGE.validate_json(await socket.recv())
        except ConnectionClosed:
            return "closed"
    assert isinstance(answer, wire.Refused)
    return answer.code


async def test_a_used_ticket_opens_nothing(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    ticket = await house.ticket(held)
    async with RoomClient.open(house.address, ticket, origin=house.origin) as page:
        await page.memory.until(lambda room: bool(room.states))
    join = wire.Join(ticket=ticket).model_dump_json()
    assert await refusal(house, join) == "bad_ticket"


async def test_an_old_or_invented_ticket_opens_nothing(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    old = await house.ticket(held, lasts_s=-1)
    for ticket in (old, "invented"):
        assert await refusal(house, wire.Join(ticket=ticket).model_dump_json()) == "bad_ticket"


async def test_a_socket_that_does_not_join_first_is_closed(house: House) -> None:
    assert await refusal(house, wire.Hello().model_dump_json()) == "bad_ticket"
    assert await refusal(house, "not a message") == "closed"


async def test_a_page_of_another_origin_gets_no_socket(house: House) -> None:
    url = house.address.replace("http", "ws") + "/room"
    with pytest.raises(InvalidStatus, match="403"):
        await connect(url, origin=Origin("http://evil.example"), proxy=None)


async def test_the_second_tab_wins_and_the_first_is_told(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as first:
        await first.memory.until(lambda room: bool(room.states))
        async with house.page(held) as second:
            await first.memory.until(lambda room: room.closed)
            assert first.memory.notices == ["replaced_by_newer_tab"]
            await second.act("start")
            await second.memory.until_asked("built")
            assert not second.memory.closed


async def test_a_reload_shows_what_was_said_and_the_draft(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.draft("A billing sys")
        await house.stored(held, "A billing sys")
    async with house.page(held) as page:
        await page.memory.until(lambda room: bool(room.states))
        assert [c.text for c in page.memory.said] == [GREETING, FIRST, "A billing sys"]
        assert page.memory.final == [GREETING, FIRST]


async def test_a_page_that_comes_back_hears_only_what_it_missed(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        memory = page.memory
    heard = dict(memory.captions)
    ticket = await house.ticket(held)
    async with RoomClient.open(house.address, ticket, origin=house.origin, memory=memory) as page:
        states = len(memory.states)
        await page.memory.until(lambda room: len(room.states) > states)
        assert memory.captions == heard
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in room.final)


async def test_a_late_write_of_an_old_epoch_is_refused_and_changes_nothing(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        ledger = house.ledger(held)
        before = await house.turns(held)
        clock = (await house.row(held)).clock_ms
        await house.at_epoch(held, 2)
        late = ledger.new_turn(
            Speaker.candidate, TurnSource.typed, "built", start_ms=1, text="too late"
        )
        with pytest.raises(Superseded):
            await ledger.save(late)
        await page.memory.until(lambda room: room.closed)
        assert page.memory.refused == "old_epoch"
    assert await ended is InterviewEnd.superseded
    assert await house.turns(held) == before
    assert (await house.row(held)).clock_ms >= clock


async def test_after_a_takeover_the_question_is_repeated_not_the_greeting(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        house.kill(held)
        await page.memory.until(lambda room: room.closed)
    await house.hold(held, epoch=2)
    again = f"Welcome back. The question was: {FIRST}"
    async with house.page(held, epoch=2) as page:
        await page.memory.until(lambda room: again in room.final)
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in room.final)
    said = [text for _, text in await house.committed(held)]
    assert said == [GREETING, FIRST, again, "A billing system.", PROBE]


async def test_a_pause_keeps_the_place_and_leaving_gives_the_slot_back(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.act("pause")
        await page.memory.until(lambda room: room.state.phase == "paused")
        await page.act("resume")
        await page.memory.until(lambda room: any("Welcome back" in text for text in room.final))
        await page.act("repeat")
        await page.memory.until(lambda room: room.final.count(FIRST) == 2)
        await page.act("think")
        await page.memory.until(lambda room: room.state.phase == "thinking")
        await page.act("leave")
        await page.memory.until(lambda room: room.closed)
    assert await ended is InterviewEnd.paused
    assert (await house.row(held)).state.value == "paused"


async def test_nothing_to_say_goes_on_to_the_next_question(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.act("done")
        await page.memory.until_asked("query")
    assert "candidate" not in [who for who, _ in await house.committed(held)]


async def test_a_message_that_is_none_closes_the_line_only(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    url = house.address.replace("http", "ws") + "/room"
    async with connect(url, origin=ORIGIN, proxy=None) as socket:
        await socket.send(wire.Join(ticket=await house.ticket(held)).model_dump_json())
        await socket.send(wire.Hello().model_dump_json())
        await socket.send('{"kind": "act", "act": "explode"}')
        kinds = [wire.SERVER_MESSAGE.validate_json(await socket.recv()).kind for _ in range(2)]
        assert kinds == ["state", "refused"]
        with pytest.raises(ConnectionClosed):
            await socket.recv()
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")


@pytest.mark.parametrize("sdp", ["nonsense", "v=0\r\n" + "m=audio 9 X 0\r\n" * 5, "v=0\r\nm=bad"])
async def test_an_offer_that_is_none_is_refused_and_typing_goes_on(house: House, sdp: str) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.send(wire.Offer(id=held.interview_id, sdp=sdp))
        await page.memory.until(lambda room: room.refused == "bad_offer")
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in room.final)
