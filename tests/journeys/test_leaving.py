"""Whoever leaves is let go at every stage, and no time stays taken for them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowFailureError
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Application, DecisionKind, Mark
from interloop.domain.appointment import TAKES_TIME, AppointmentState
from interloop.domain.journey import WithdrawConsent
from interloop.domain.stage import Outcome, Stage
from tests.journeys.timing import Timed, timed
from tests.journeys.world import until
from tests.support.databases import DatabaseUrls
from workflows.journey import CandidateJourney
from workflows.steer import steer


@pytest.fixture
async def road(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[Timed]:
    async with timed(skipping, database_urls) as opened:
        yield opened


async def screening(road: Timed) -> None:
    await road.here.start()
    await road.here.stands_at(Stage.screening, "invite")


async def invited(road: Timed) -> None:
    await road.invited()


async def holding(road: Timed) -> None:
    await road.invited(person=True)
    await road.hold(await road.first_time())


async def scheduled(road: Timed) -> None:
    await road.invited(person=True)
    await road.book(await road.first_time())
    await road.here.stands_at(Stage.scheduled, "attend")
    await road.mailed("invite", "booked")


async def in_a_call(road: Timed) -> None:
    road.here.gateway.script = ["talking"]
    await road.here.join(await road.invited())
    await road.here.stands_at(Stage.interviewing)


async def in_a_meeting(road: Timed) -> None:
    await road.invited(person=True)
    at = await road.first_time()
    await road.book(at)
    await road.meeting_begins(at)


async def before_the_scorecard(road: Timed) -> None:
    await in_a_meeting(road)
    await road.report(came=True)
    await road.here.stands_at(Stage.scoring, "scorecard")


async def in_review(road: Timed) -> None:
    await road.here.join(await road.invited())
    await road.here.stands_at(Stage.in_review, "decide")


STAGES = (
    *(screening, invited, holding, scheduled, in_a_call),
    *(in_a_meeting, before_the_scorecard, in_review),
)


@pytest.mark.parametrize("reach", STAGES)
async def test_who_withdraws_is_let_go_and_their_time_with_them(
    road: Timed, reach: Callable[[Timed], Awaitable[None]]
) -> None:
    await reach(road)
    mails = len(await road.mails())
    await road.here.withdraw()
    assert await road.journey.result() is Outcome.withdrawn
    row = await road.here.application()
    assert (row.stage, row.outcome) == (Stage.closed, Outcome.withdrawn)
    assert not any(state in TAKES_TIME for state in await road.states())
    assert await road.here.tasks() == []
    assert len(await road.mails()) == mails


async def test_a_journey_that_is_cancelled_gives_its_time_back(road: Timed) -> None:
    await scheduled(road)
    await road.journey.cancel()
    with pytest.raises(WorkflowFailureError):
        await road.journey.result()
    assert await road.states() == [AppointmentState.cancelled]


async def test_a_decision_gives_the_time_back(road: Timed) -> None:
    await scheduled(road)
    await road.here.decide(await road.here.decision(DecisionKind.reject))
    assert await road.journey.result() is Outcome.rejected
    assert await road.states() == [AppointmentState.cancelled]


async def test_who_takes_back_the_consent_in_the_middle_of_the_call_meets_a_person(
    road: Timed,
) -> None:
    await in_a_call(road)
    withdrawn = WithdrawConsent(org_id=road.here.org_id)
    about = road.here.application_id
    await steer(road.here.client, about, CandidateJourney.withdraw_consent, withdrawn)
    await road.here.stands_at(Stage.in_review, "meet_person")
    row = await road.here.application()
    assert row.outcome is Outcome.human_interview
    assert await road.here.tasks() == ["human_interview"]
    async with road.here.services.db.read(road.here.org_id) as session:
        assert (await session.execute(select(Mark))).scalars().all() == []
        assert (await session.get_one(Application, about)).match_total is not None


async def test_taking_back_the_consent_changes_nothing_for_who_meets_a_person(
    road: Timed,
) -> None:
    await scheduled(road)
    withdrawn = WithdrawConsent(org_id=road.here.org_id)
    about = road.here.application_id
    await steer(road.here.client, about, CandidateJourney.withdraw_consent, withdrawn)
    assert await road.states() == [AppointmentState.booked]
    assert (await road.here.application()).stage is Stage.scheduled


async def test_who_would_rather_speak_with_a_person_gives_the_ais_time_back(road: Timed) -> None:
    await road.invited()
    await road.book(await road.first_time(after=timedelta(days=1)))
    await road.give_up(by_staff=True)
    await road.here.stands_at(Stage.invited, "join")
    await road.book(await road.first_time(after=timedelta(days=1)))
    await road.here.ask_for_person()
    await road.here.stands_at(Stage.in_review, "meet_person")

    async def free() -> bool:
        return not any(state in TAKES_TIME for state in await road.states())

    await until(free)
