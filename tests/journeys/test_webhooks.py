"""News reaches another system exactly once by its id, whatever dies and whoever is away."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from activities.stage import StageSteps
from activities.webhook import WebhookSteps
from interloop.db.outgoing import write_event
from interloop.db.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from interloop.domain.journey import NextStep
from interloop.domain.stage import Actor, Stage, WaitingOn
from interloop.domain.steps import Move
from interloop.domain.webhooks import (
    PAUSES,
    DeliveryState,
    EndpointState,
    HookEvent,
    HookTry,
    TryEnd,
)
from interloop.integrations.webhooks.port import HookAnswer, HookSender
from interloop.services import Services
from sandbox.hooks.receiver import HookFailure, HookFault, Receiver
from sandbox.hooks.web import hook_routes
from tests.api.outside import webhook
from tests.api.serving import served
from tests.journeys.world import World, until, working, world
from tests.support.databases import DatabaseUrls
from workflows.dispatch import dispatch
from workflows.ids import webhook_id
from workflows.webhook import WebhookDelivery as Delivering
from workflows.worker import make_worker


@dataclass
class Line:
    """A world, the system that listens to it, and its address there."""

    here: World
    receiver: Receiver
    endpoint: WebhookEndpoint

    async def tell(self) -> WebhookDelivery:
        """Commit news of no consequence."""
        here = self.here
        async with here.services.db.session(here.org_id) as session:
            endpoint = await session.get_one(WebhookEndpoint, self.endpoint.id)
            now = here.services.clock.now()
            (row,) = await write_event(session, HookEvent.test, {"a": "b"}, [endpoint], at=now)
        return row

    async def delivery(self, row: WebhookDelivery) -> WebhookDelivery:
        async with self.here.services.db.read(self.here.org_id) as session:
            return await session.get_one(WebhookDelivery, row.id)

    async def carry(self, row: WebhookDelivery) -> WorkflowHandle[Delivering, int]:
        await dispatch(self.here.services, self.here.client)
        return self.here.client.get_workflow_handle_for(
            Delivering.run, webhook_id(row.id, row.round)
        )

    def fail(self, kind: HookFailure, count: int = 1) -> None:
        self.receiver.faults.append(HookFault(kind=kind, count=count))

    @property
    def came(self) -> Counter[str]:
        return Counter(one.message_id for one in self.receiver.received)


@asynccontextmanager
async def listened_to(temporal: WorkflowEnvironment, urls: DatabaseUrls) -> AsyncIterator[Line]:
    receiver, app = Receiver(), FastAPI()
    app.include_router(hook_routes(receiver, lambda _client: None))
    async with (
        served(app) as address,
        world(temporal, urls, sandbox_control_url=address) as here,
    ):
        await here.settle()
        url = f"{address}/hooks/careers"
        endpoint = await webhook(here.services, here.org_id, here.user_id, url)
        await here.add(endpoint)
        yield Line(here=here, receiver=receiver, endpoint=endpoint)


@pytest.fixture
async def line(temporal: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[Line]:
    async with listened_to(temporal, database_urls) as opened, working(opened.here):
        yield opened


async def test_a_move_is_told_by_ids(line: Line) -> None:
    here = line.here
    move = Move(
        org_id=here.org_id,
        application_id=here.application_id,
        there=Stage.decided,
        by=Actor.candidate,
        actor_id=None,
        waiting_on=WaitingOn.system,
        next_step=NextStep.none,
        due_at=None,
        outcome=None,
    )
    # The step runs twice, as steps may; the move is one.
    for _ in range(2):
        await StageSteps(here.services).move_stage(move)
    assert await dispatch(here.services, here.client) == 1

    async def came() -> bool:
        return bool(line.receiver.received)

    await until(came)
    (one,) = line.receiver.received
    assert one.type == "application.stage_changed"
    assert one.data == {
        "application_id": str(here.application_id),
        "job_id": str(here.job_id),
        "from": "screening",
        "to": "decided",
    }


async def test_news_is_started_once_however_often_it_is_looked_for(line: Line) -> None:
    row = await line.tell()
    found = await asyncio.gather(
        *(dispatch(line.here.services, line.here.client) for _ in range(4))
    )
    assert max(found) == 1
    await (await line.carry(row)).result()
    assert await dispatch(line.here.services, line.here.client) == 0
    assert list(line.came.values()) == [1]


async def test_a_broken_line_is_tried_again_after_five_seconds(line: Line) -> None:
    line.fail(HookFailure.BROKEN)
    row = await line.tell()
    assert await (await line.carry(row)).result() == 2
    there = await line.delivery(row)
    assert (there.state, there.attempts, there.next_at) == (DeliveryState.delivered, 2, None)
    assert list(line.came.values()) == [1]


async def test_an_answer_of_410_switches_the_address_off(line: Line) -> None:
    # Both are on their way at once: whichever comes first, both hear it.
    line.fail(HookFailure.GONE, 2)
    first, second = await line.tell(), await line.tell()
    assert await (await line.carry(first)).result() == 1
    assert (await line.delivery(first)).state is DeliveryState.failed
    async with line.here.services.db.read(line.here.org_id) as session:
        endpoint = await session.get_one(WebhookEndpoint, line.endpoint.id)
    assert (endpoint.state, endpoint.disabled_reason) == (EndpointState.disabled, "gone")
    await (await line.carry(second)).result()
    assert (await line.delivery(second)).state is not DeliveryState.pending


async def test_sending_again_starts_a_round_of_its_own(line: Line) -> None:
    line.fail(HookFailure.BROKEN)
    row = await line.tell()
    first = await line.carry(row)

    async def tried() -> bool:
        return (await line.delivery(row)).last_status == 500

    await until(tried)
    async with line.here.services.db.session(line.here.org_id) as session:
        again = await session.get_one(WebhookDelivery, row.id)
        again.round, again.run_id = 1, None
    await (await line.carry(again)).result()
    # The first round wakes up, sees that another one carries the news, and sends nothing.
    await first.result()
    assert list(line.came.values()) == [1]


class Dies(Exception):
    """The process is gone."""


class Dying:
    """A line whose process dies once: before it sends, or after, with the answer in hand."""

    def __init__(self, line: HookSender, when: str) -> None:
        self._line, self._when = line, when

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> HookAnswer:
        when, self._when = self._when, ""
        if when == "before":
            raise Dies
        answer = await self._line.post(url, headers, body)
        if when == "after":
            raise Dies
        return answer

    async def close(self) -> None:
        await self._line.close()


@pytest.mark.parametrize(("when", "sendings"), [("before", 1), ("after", 2)])
async def test_a_step_that_died_sends_under_the_same_id(
    line: Line, when: str, sendings: int
) -> None:
    services: Services = replace(line.here.services, hooks=Dying(line.here.services.hooks, when))
    row = await line.tell()
    task = HookTry(org_id=row.org_id, delivery_id=row.id, round=0, next_at=None)
    with pytest.raises(Dies):
        await WebhookSteps(services).try_webhook(task)
    assert await WebhookSteps(services).try_webhook(task) is TryEnd.over
    assert await WebhookSteps(services).try_webhook(task) is TryEnd.over
    assert list(line.came.values()) == [sendings]
    async with services.db.read(row.org_id) as session:
        tries = (
            await session.scalars(
                select(WebhookAttempt)
                .where(WebhookAttempt.delivery_id == row.id)
                .order_by(WebhookAttempt.id)
            )
        ).all()
    assert [one.ended_at is None for one in tries] == [True, False]


async def test_three_days_of_silence_are_waited_out(
    skipping: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with (
        listened_to(skipping, database_urls) as line,
        make_worker(line.here.client, line.here.services),
    ):
        line.fail(HookFailure.BROKEN, len(PAUSES) - 1)
        row = await line.tell()
        handle = await line.carry(row)
        for number, pause in enumerate(PAUSES[1:], start=1):

            async def tried(number: int = number) -> bool:
                there = await line.delivery(row)
                return there.attempts == number and there.last_status == 500

            await until(tried)
            await skipping.fast_forward(handle, pause + timedelta(seconds=1))
        assert await handle.result() == len(PAUSES)
        assert (await line.delivery(row)).state is DeliveryState.delivered
        assert list(line.came.values()) == [1]


async def test_what_nobody_ever_takes_is_given_up_and_shown(line: Line) -> None:
    line.fail(HookFailure.BROKEN)
    row = await line.tell()
    last = HookTry(org_id=row.org_id, delivery_id=row.id, round=0, next_at=None)
    assert await WebhookSteps(line.here.services).try_webhook(last) is TryEnd.over
    there = await line.delivery(row)
    assert (there.state, there.last_status) == (DeliveryState.failed, 500)
