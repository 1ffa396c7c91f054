"""Only a committed decision of a named person moves anybody on or out; candidates may leave."""

import asyncio

import pytest
from sqlalchemy import select

from interloop.db.tables import CandidateLink, Decision, DecisionKind, Interview, MessageKind
from interloop.domain.deciding import DecisionState
from interloop.domain.errors import Conflict, Forbidden, NotFound
from interloop.domain.ids import new_id
from interloop.domain.journey import Decide
from interloop.domain.stage import Outcome, Stage
from tests.journeys.world import World
from workflows.journey import CandidateJourney
from workflows.steer import steer


async def test_a_decision_without_a_committed_row_is_refused(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    with pytest.raises(NotFound):
        await here.decide(new_id())
    assert (await here.application()).stage is Stage.screening


async def test_a_decision_in_somebody_elses_name_is_refused(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    decision_id = await here.decision(DecisionKind.reject)
    forged = Decide(org_id=here.org_id, decision_id=decision_id, actor_id=new_id())
    with pytest.raises(Forbidden):
        await steer(here.client, here.application_id, CandidateJourney.decide, forged)


async def test_of_two_deciders_one_wins_and_the_other_is_told(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    both = [await here.decision(DecisionKind.reject), await here.decision(DecisionKind.hire)]
    told = await asyncio.gather(*map(here.decide, both), return_exceptions=True)
    lost = [answer for answer in told if answer is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], Conflict)
    assert lost[0].code == "decided_already"
    assert await journey.result() in {Outcome.rejected, Outcome.hired}
    async with here.services.db.read(here.org_id) as session:
        rows = (await session.execute(select(Decision))).scalars()
        assert [row.applied_at is None for row in rows].count(False) == 1


async def test_saying_the_same_decision_twice_is_saying_it_once(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    decision_id = await here.decision(DecisionKind.reject, message=MessageKind.rejection)
    decide = Decide(org_id=here.org_id, decision_id=decision_id, actor_id=here.user_id)
    for key in ("a", "b"):
        await steer(here.client, here.application_id, CandidateJourney.decide, decide, key=key)
    assert await journey.result() is Outcome.rejected
    assert len(here.mailer.mails) == 1


async def test_who_is_advanced_waits_for_the_next_invitation(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    settled = await here.decision(DecisionKind.advance, message=MessageKind.advance)
    await here.decide(settled)
    await here.stands_at(Stage.decided, "invite")
    await here.invite()
    await here.stands_at(Stage.invited, "join")
    assert (await here.application()).outcome is None
    with pytest.raises(Conflict) as refused:
        await here.decide(settled)
    assert refused.value.code == "decision_settled"
    async with here.services.db.read(here.org_id) as session:
        links = (await session.execute(select(CandidateLink))).scalars()
        assert [link.revoked_at is None for link in links].count(True) == 1


async def test_withdrawing_in_the_middle_of_a_call_ends_it_kindly(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    here.gateway.script = ["talking"]
    await here.join(interview_id)
    await here.stands_at(Stage.interviewing)
    await here.withdraw()
    assert await journey.result() is Outcome.withdrawn
    async with here.services.db.read(here.org_id) as session:
        interview = await session.get_one(Interview, interview_id)
    assert interview.state == "cancelled"
    assert interview.epoch > max(here.gateway.claimed, default=0)
    assert len(here.mailer.mails) == 1
    with pytest.raises(Conflict):
        await here.withdraw()


async def test_a_decision_that_nobody_confirmed_moves_nobody(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    decision_id = await here.decision(DecisionKind.reject, message=MessageKind.rejection)
    for state in (DecisionState.proposed, DecisionState.objected):
        await here.set_decision(decision_id, state)
        with pytest.raises(Conflict):
            await here.decide(decision_id)
    assert (await here.application()).stage is Stage.screening
    assert here.mailer.mails == []
    await here.set_decision(decision_id, DecisionState.confirmed)
    await here.decide(decision_id)
    assert await here.journey.result() is Outcome.rejected
