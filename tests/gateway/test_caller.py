"""The headless caller comes back by itself, and goes on speaking where it was."""

import asyncio

from interloop.demo.caller import Caller, Joined
from tests.gateway.house import House
from tests.gateway.rows import CLOSING, FIRST, GREETING, PROBE, SECOND
from tests.gateway.speech import BUILT, speech
from tests.sandbox.outside import Outside


async def test_a_caller_survives_the_loss_of_its_gateway(house: House, outside: Outside) -> None:
    held = await house.round()
    label = str(held.interview_id)
    await house.hold(held)
    await outside.control("hearing", texts=["I built a billing system"], session=label)

    async def join(failed_epoch: int | None) -> Joined | None:
        epoch = (await house.row(held)).epoch
        if failed_epoch is not None and epoch <= failed_epoch:
            return None
        return Joined(house.address, await house.ticket(held, epoch), epoch)

    async with Caller(join, origin=house.origin, voice=True) as caller:
        await caller.act("start")
        await caller.memory.until_asked("built")
        speaking = asyncio.create_task(caller.say(speech(BUILT * 2)))
        await house.stored(held, "I built")
        house.kill(held)
        await house.hold(held, epoch=2)
        await speaking
        await caller.memory.until(lambda page: PROBE in page.final, 30)
        await caller.answer("Moving old data.")
        await caller.memory.until_asked("query", 30)
        await caller.answer("By its plan.")
        await caller.memory.until(lambda page: page.over, 30)
        assert caller.epochs == [1, 2]
        assert len(caller.absences) == 1
    said = [text for _, text in await house.committed(held)]
    assert said[:2] == [GREETING, FIRST]
    assert said[2].startswith("I built")
    assert said[3:] == [PROBE, "Moving old data.", SECOND, "By its plan.", CLOSING]
