"""The gateway as Temporal sees it: claims, holds, and hands over when it is told to stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from interloop.bootstrap import live_model
from interloop.domain.calls import ClaimInput
from interloop.services import Services
from interloop.temporal.client import connect
from media_gateway.gateway import Gateway
from tests.gateway.holding import QUEUE, Hold
from tests.gateway.house import House
from tests.gateway.rows import PROBE, Round


@asynccontextmanager
async def running(services: Services, count: int = 2) -> AsyncIterator["Pair"]:
    """Two gateways, and a workflow worker that may hold interviews in them."""
    client = await connect(services)
    gateways = [Gateway(services, live_model(services.settings)) for _ in range(count)]
    pair = Pair(client, {gateway.identity.address: asyncio.Event() for gateway in gateways})
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[Hold],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    for gateway in gateways:
        address = gateway.identity.address
        # One client holds one worker a queue.
        own = await connect(services)
        pair.runs[address] = asyncio.create_task(gateway.run(own, pair.stops[address]))
    try:
        async with worker:
            yield pair
    finally:
        for stop in pair.stops.values():
            stop.set()
        await asyncio.gather(*pair.runs.values())


@dataclass
class Pair:
    """Two gateways by address: how to stop each, and its end."""

    client: Client
    stops: dict[str, asyncio.Event]
    runs: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def start(self, held: Round) -> WorkflowHandle[Hold, list[str]]:
        """Start the workflow that has the interview held."""
        return await self.client.start_workflow(
            Hold.run,
            ClaimInput(org_id=held.org_id, interview_id=held.interview_id, epoch=1),
            id=f"hold-{held.interview_id}",
            task_queue=QUEUE,
        )


async def test_a_gateway_that_is_told_to_stop_hands_the_interview_to_the_next(
    house: House, temporal: WorkflowEnvironment
) -> None:
    held = await house.round()
    async with running(house.services_at(temporal)) as pair:
        handle = await pair.start(held)
        first = await house.claimed(held, epoch=1)
        async with house.page(held, 1, address=first) as page:
            await page.act("start")
            await page.memory.until_asked("built")
            await page.draft("A billing")
            pair.stops[first].set()
            await page.memory.until(lambda room: room.closed)
            assert "gateway_draining" in page.memory.notices
        await asyncio.wait_for(pair.runs[first], 5)
        second = await house.claimed(held, epoch=2)
        assert second != first
        async with house.page(held, 2, address=second) as page:
            await page.memory.until(lambda room: any(c.text == "A billing" for c in room.said))
            await page.answer("A billing system.")
            await page.memory.until(lambda room: PROBE in [c.text for c in room.said if c.final])
            await page.answer("Moving old data.")
            await page.memory.until_asked("query")
            await page.answer("By its plan.")
            await page.memory.until(lambda room: "interview_over" in room.notices)
        assert await handle.result() == ["drained", "finished"]
    said = [text for who, text in await house.committed(held) if who == "interviewer"]
    assert len(said) == len(set(said)) == 5


async def test_who_finds_every_room_taken_keeps_their_place_until_one_is_free(
    house: House, temporal: WorkflowEnvironment
) -> None:
    services = house.services_at(temporal)
    small = services.settings.model_copy(update={"gateway_slots": 1})
    first, second = await house.round(), await house.round()
    async with running(replace(services, settings=small), count=1) as pair:
        await pair.start(first)
        address = await house.claimed(first, epoch=1)
        await house.waits(second, begin=True)
        waiting = await pair.start(second)
        async with house.page(first, 1, address=address) as page:
            await page.act("start")
            await page.memory.until_asked("built")
            assert (await house.row(second)).epoch == 0
            assert await house.waits(second)
            await page.act("leave")
            await page.memory.until(lambda room: room.closed)
        await house.claimed(second, epoch=1)
        assert not await house.waits(second)
        await waiting.terminate()
