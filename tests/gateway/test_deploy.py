"""A gateway that is told to stop hands its interviews over; no other gateway may be about."""

import asyncio
import signal

from temporalio.testing import WorkflowEnvironment

from interloop.demo.caller import Caller
from tests.gateway.house import House
from tests.gateway.processes import fleet
from tests.gateway.test_kill import EXPECTED_S, check, finish, free_ports, joining, speak_until
from tests.sandbox.outside import Outside


async def test_a_gateway_that_is_stopped_for_a_deploy_hands_a_spoken_answer_over(
    house: House, outside: Outside, temporal: WorkflowEnvironment
) -> None:
    held = await house.round()
    texts = ["I built a billing system"]
    await outside.control("hearing", texts=texts, session=str(held.interview_id))
    async with fleet(house.services_at(temporal), free_ports()) as two:
        handle = await two.start(held)
        async with Caller(joining(house, held), origin=house.origin, voice=True) as caller:
            speaking = await speak_until(caller, house, held)
            stopped = (await house.row(held)).gateway_address
            assert stopped is not None
            two.signal(stopped, signal.SIGTERM)
            assert await asyncio.wait_for(two.processes[stopped].wait(), 15) == 0
            await house.claimed(held, epoch=2)
            await speaking
            await finish(caller)
            assert "gateway_draining" in caller.memory.notices
            assert caller.absences[0] < EXPECTED_S
        assert await handle.result() == ["drained", "finished"]
        last = two.processes[(await house.row(held)).gateway_address or ""]
        last.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(last.wait(), 15) == 0
    await check(house, held)
