"""The live model may go away at any moment: the interview goes on, in writing if it must."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from interloop.bootstrap import live_model
from interloop.demo.room_client import RoomClient
from tests.gateway.house import House, open_house
from tests.gateway.rows import CLOSING, FIRST, GREETING, PROBE, SECOND
from tests.sandbox.outside import Outside, start


class Coming:
    """A sandbox that can be killed, and started again at the same address."""

    def __init__(self, state_dir: Path, outside: Outside) -> None:
        self._state_dir = state_dir
        self.outside = outside

    async def kill(self) -> None:
        """End it without a word."""
        self.outside.process.kill()
        await self.outside.process.wait()

    async def start(self) -> None:
        """Start another at the same ports."""
        self.outside = await start(self._state_dir, self.outside.ports)
        await self.outside.control("live/pace", speed=50, wait_for_playback=False)


@pytest.fixture
async def coming(tmp_path: Path) -> AsyncIterator[Coming]:
    sandbox = Coming(tmp_path, await start(tmp_path))
    await sandbox.outside.control("live/pace", speed=50, wait_for_playback=False)
    yield sandbox
    if sandbox.outside.process.returncode is None:
        await sandbox.kill()


@pytest.fixture
async def lonely(house: House, coming: Coming) -> AsyncIterator[House]:
    """A gateway whose model is a sandbox of its own."""
    settings = house.services.settings.model_copy(
        update={
            "live_base_url": coming.outside.google,
            "live_ca_file": coming.outside.state_dir / "tls.crt",
        }
    )
    services = replace(house.services, settings=settings)
    async with open_house(services, live_model(settings)) as opened:
        yield opened


async def finish(page: RoomClient) -> None:
    """Answer what is left after the first question."""
    await page.answer("A billing system.")
    await page.memory.until(lambda room: PROBE in room.final, 30)
    await page.answer("Moving old data.")
    await page.memory.until_asked("query", 30)
    await page.answer("By its plan.")
    await page.memory.until(lambda room: "interview_over" in room.notices, 30)


WHOLE = [
    GREETING,
    FIRST,
    "A billing system.",
    PROBE,
    "Moving old data.",
    SECOND,
    "By its plan.",
    CLOSING,
]


async def test_without_a_model_the_interview_goes_on_in_writing(
    lonely: House, coming: Coming
) -> None:
    held = await lonely.round()
    await lonely.hold(held)
    async with lonely.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await coming.kill()
        await page.memory.until(lambda room: "model_away" in room.notices)
        assert page.memory.state.typed_only
        await finish(page)
    assert [text for _, text in await lonely.committed(held)] == WHOLE


async def test_a_model_that_comes_back_is_used_again_and_greets_nobody_twice(
    lonely: House, coming: Coming
) -> None:
    held = await lonely.round()
    await lonely.hold(held)
    async with lonely.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await coming.kill()
        await page.memory.until(lambda room: "model_away" in room.notices)
        await coming.start()
        await page.memory.until(lambda room: "model_back" in room.notices)
        assert not page.memory.state.typed_only
        await finish(page)
        sessions = await coming.outside.get("/control/live/sessions")
        assert [session["turns"] > 0 for session in sessions] in ([True], [])
    assert [text for _, text in await lonely.committed(held)] == WHOLE


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "abort", "when": "tool_call"},
        {"kind": "abort", "when": "speaking"},
        {"kind": "close", "when": "speaking", "code": 1011},
        {"kind": "unknown_message", "when": "speaking"},
        {"kind": "go_away", "when": "setup", "seconds": 2.0},
        {"kind": "reject", "code": 503, "count": 2},
        {"kind": "reject", "code": 429},
        {"kind": "close", "when": "tool_call", "code": 1007},
        {"kind": "close", "when": "speaking", "code": 1008, "count": 2},
        {"kind": "error_frame", "when": "before_setup"},
        {"kind": "stall", "when": "tool_call"},
        {"kind": "stall", "when": "setup"},
        {"kind": "cancel_call", "when": "tool_call"},
        {"kind": "double_voice", "when": "speaking"},
        {"kind": "garbage", "when": "speaking", "seconds": 14.0},
        {"kind": "no_transcript", "when": "speaking"},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('when', 'upgrade')}-{fault.get('code', '')}",
)
async def test_no_fault_of_the_line_loses_or_doubles_a_question(
    house: House, outside: Outside, fault: dict[str, object]
) -> None:
    await outside.control("live/fault", **fault)
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built", 30)
        await finish(page)
    await outside.control("reset")
    await outside.control("live/pace", speed=50, wait_for_playback=False)
    assert [text for _, text in await house.committed(held)] == WHOLE


async def sessions(outside: Outside, label: str) -> dict[str, int]:
    """Return the open sessions of one interview with the turns that each remembers."""
    found = await outside.get("/control/live/sessions")
    return {each["id"]: each["turns"] for each in found if each["label"] == label}


async def test_a_connection_is_changed_in_time_and_nobody_hears_of_it(
    house: House, outside: Outside
) -> None:
    settings = house.services.settings.model_copy(
        update={"live_capabilities": {"connection_s": 1.0}}
    )
    async with open_house(replace(house.services, settings=settings)) as rotating:
        held = await rotating.round()
        await rotating.hold(held)
        seen: dict[str, int] = {}
        async with rotating.page(held) as page:
            await page.act("start")
            await page.memory.until_asked("built", 30)
            while len(seen) < 3:
                seen |= await sessions(outside, str(held.interview_id))
            await finish(page)
            assert "model_away" not in page.memory.notices
    assert [turns > 0 for turns in seen.values()][1:] == [True] * (len(seen) - 1)
    assert [text for _, text in await rotating.committed(held)] == WHOLE


async def test_whoever_takes_over_goes_on_with_the_model_s_own_memory(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built", 30)
        async with asyncio.timeout(10):
            while (await house.row(held)).live_handle_sealed is None:  # noqa: ASYNC110 - a row
                await asyncio.sleep(0.05)
        house.kill(held)
        await page.memory.until(lambda room: room.closed)
    await house.hold(held, epoch=2)
    async with house.page(held, epoch=2) as page:
        await page.memory.until(lambda room: bool(room.states) and room.state.phase == "candidate")
        remembered = await sessions(outside, str(held.interview_id))
        assert all(turns >= 2 for turns in remembered.values())
        await finish(page)
    said = [text for _, text in await house.committed(held)]
    assert said.count(GREETING) == 1
    assert said[-1] == CLOSING
