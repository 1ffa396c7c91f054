"""An interview of which nothing is left to be said ends, whoever is lost at its very end."""

import asyncio

import pytest
from temporalio.testing import ActivityEnvironment

from interloop.db.tables import InterviewState
from interloop.domain.calls import ClaimInput, InterviewEnd, InterviewInput
from interloop.domain.ids import new_id
from media_gateway.activities import GatewayActivities, Identity
from media_gateway.slots import Slots
from tests.gateway.house import House
from tests.gateway.rows import PROBE, Round


async def finish(house: House, held: Round) -> None:
    """Answer everything, up to the last word."""
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in room.final)
        await page.answer("The old data was in two places and we moved it without stopping.")
        await page.memory.until_asked("query")
        await page.answer("I read the plan of the query and add an index.")
        await page.memory.until(lambda room: "interview_over" in room.notices)


async def test_a_finished_interview_waits_for_nobody_after_a_takeover(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    await finish(house, held)
    assert await ended is InterviewEnd.finished
    # The gateway is lost before it can say so: another one takes the interview.
    identity = Identity(id=new_id(), queue="gw-test", address=house.address)
    gateway = GatewayActivities(house.calls, Slots(1), identity)
    wanted = ClaimInput(org_id=held.org_id, interview_id=held.interview_id, epoch=2)
    assert (await ActivityEnvironment().run(gateway.claim_gateway, wanted)).epoch == 2
    given = InterviewInput(org_id=held.org_id, interview_id=held.interview_id, epoch=2)
    async with asyncio.timeout(5):
        assert await house.calls.hold(given) is InterviewEnd.finished
    assert (await house.row(held)).state is InterviewState.finished


async def test_where_all_was_asked_nobody_need_come_back_for_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media_gateway.call.NOBODY_S", 0.2)
    held = await house.round()
    await house.hold(held)
    await finish(house, held)
    await house.unfinish(held)
    ended = await house.hold(held, epoch=2)
    assert await ended is InterviewEnd.finished
    assert (await house.row(held)).state is InterviewState.finished
