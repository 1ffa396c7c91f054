"""An organisation that stops all interviews: the one that runs ends kindly, none begins."""

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from interloop.db.tables import InterviewState, Organization
from interloop.domain.calls import ClaimInput, InterviewEnd
from interloop.domain.ids import new_id
from media_gateway.activities import GatewayActivities, Identity
from media_gateway.slots import Slots
from tests.gateway.house import House
from tests.gateway.rows import PROBE, Round

GOODBYE = "I have to stop here"


async def switch(house: House, held: Round, *, on: bool) -> None:
    async with house.services.db.session(held.org_id) as session:
        organization = await session.get_one(Organization, held.org_id)
        organization.stopped_at = house.services.clock.now() if on else None


async def test_a_stopped_interview_says_goodbye_and_keeps_every_word(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in [c.text for c in room.said if c.final])
        await page.draft("We moved the da")
        await house.stored(held, "We moved the da")
        await switch(house, held, on=True)
        await page.memory.until(lambda room: "organization_stopped" in room.notices)
        assert any(GOODBYE in caption.text for caption in page.memory.said)
    assert await ended is InterviewEnd.stopped
    said = await house.committed(held)
    assert ("candidate", "A billing system.") in said
    assert said[-1][0] == "interviewer"
    assert GOODBYE in said[-1][1]
    assert "We moved the da" in [text for _, _, text in await house.turns(held)]
    row = await house.row(held)
    assert (row.state, row.cursor.closed) == (InterviewState.paused, False)


async def test_nobody_there_means_no_goodbye_and_an_end_at_once(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    await switch(house, held, on=True)
    assert await ended is InterviewEnd.stopped
    assert await house.committed(held) == []


async def test_a_stopped_organisation_gets_no_slot_until_it_goes_on(house: House) -> None:
    held, slots = await house.round(), Slots(1)
    identity = Identity(id=new_id(), queue="gw-test", address=house.address)
    gateway = GatewayActivities(house.calls, slots, identity)
    wanted = ClaimInput(org_id=held.org_id, interview_id=held.interview_id, epoch=1)
    await switch(house, held, on=True)
    with pytest.raises(ApplicationError) as refused:
        await ActivityEnvironment().run(gateway.claim_gateway, wanted)
    assert (refused.value.type, refused.value.non_retryable) == ("organization_stopped", True)
    assert (await house.row(held)).epoch == 0
    await switch(house, held, on=False)
    assert (await ActivityEnvironment().run(gateway.claim_gateway, wanted)).epoch == 1
