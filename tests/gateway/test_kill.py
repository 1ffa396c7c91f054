"""Real gateway processes that die, freeze and wake up in the middle of a spoken answer."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from interloop.demo.caller import Caller, Join, Joined
from interloop.recording.finalise import finalise
from interloop.recording.listening import open_listening_copy
from tests.gateway.house import House
from tests.gateway.processes import Fleet, fleet
from tests.gateway.rows import CLOSING, FIRST, GREETING, PROBE, SECOND, Round
from tests.gateway.speech import BUILT, speech
from tests.sandbox.outside import Outside

EXPECTED_S = 5.0
"""Heartbeat timeout and two seconds; only three times as much is asserted."""


def free_ports() -> tuple[int, int]:
    """Return two ports nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("", 0)) as two:
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture(scope="module")
async def gateways(house: House, temporal: WorkflowEnvironment) -> AsyncIterator[Fleet]:
    async with fleet(house.services_at(temporal), free_ports()) as running:
        yield running


def joining(house: House, held: Round) -> Join:
    """Return the way to join that the API offers."""

    async def join(failed_epoch: int | None) -> Joined | None:
        row = await house.row(held)
        if row.gateway_address is None or (failed_epoch is not None and row.epoch <= failed_epoch):
            return None
        ticket = await house.ticket(held, row.epoch)
        return Joined(row.gateway_address, ticket, row.epoch)

    return join


async def speak_until(caller: Caller, house: House, held: Round) -> "asyncio.Task[None]":
    """Begin the first answer; return while it is being spoken, its first words stored."""
    await caller.act("start")
    await caller.memory.until_asked("built", 30)
    speaking = asyncio.create_task(caller.say(speech(BUILT * 2)))
    await house.stored(held, "I built")
    return speaking


async def finish(caller: Caller) -> None:
    """Answer what is left."""
    await caller.memory.until(lambda page: PROBE in page.final, 60)
    await caller.answer("Moving old data.")
    await caller.memory.until_asked("query", 30)
    await caller.answer("By its plan.")
    await caller.memory.until(lambda page: page.over, 30)


async def check(house: House, held: Round) -> None:
    """Every question once, every answer whole, and the recording plays."""
    said = [text for _, text in await house.committed(held)]
    assert said[:2] == [GREETING, FIRST]
    assert said[2].startswith("I built")
    assert said[3:] == [PROBE, "Moving old data.", SECOND, "By its plan.", CLOSING]
    await finalise(house.services, held.org_id, held.interview_id)
    copy = await open_listening_copy(house.services, held.org_id, held.interview_id)
    assert copy.duration_ms > 10_000
    assert (await copy.read(0, 4)) == b"OggS"


@pytest.mark.parametrize("frozen", [True, False], ids=["freeze", "kill"])
async def test_the_interview_goes_on_when_its_gateway_is_lost(
    house: House, outside: Outside, gateways: Fleet, *, frozen: bool
) -> None:
    held = await house.round()
    texts = ["I built a billing system"]
    await outside.control("hearing", texts=texts, session=str(held.interview_id))
    handle = await gateways.start(held)
    async with Caller(joining(house, held), origin=house.origin, voice=True) as caller:
        speaking = await speak_until(caller, house, held)
        lost = (await house.row(held)).gateway_address
        assert lost is not None
        gateways.signal(lost, signal.SIGSTOP if frozen else signal.SIGKILL)
        await house.claimed(held, epoch=2)
        await speaking
        if frozen:
            gateways.signal(lost, signal.SIGCONT)
        await finish(caller)
        assert caller.absences[0] < 3 * EXPECTED_S
        assert caller.epochs[0] < caller.epochs[-1]
    assert (await handle.result())[-1] == "finished"
    await check(house, held)
