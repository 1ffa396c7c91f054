"""A round survives the loss of any gateway, and never speaks with two voices."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Interview, Mark, Turn
from interloop.domain.errors import Gone
from interloop.domain.stage import Stage
from tests.journeys.world import QUICK, World, until, world
from tests.support.databases import DatabaseUrls
from workflows.ids import round_id
from workflows.worker import make_worker


async def invited(here: World) -> UUID:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    return interview_id


async def test_a_gateway_lost_three_times_ends_once_with_no_doubled_round(here: World) -> None:
    here.gateway.script = ["lost", "lost", "lost"]
    interview_id = await invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    assert here.gateway.held == [1, 2, 3, 4]
    async with here.services.db.read(here.org_id) as session:
        assert len(list((await session.execute(select(Interview))).scalars())) == 1
        assert len(list((await session.execute(select(Turn))).scalars())) == 1
        assert len(list((await session.execute(select(Mark))).scalars())) == 2


@pytest.mark.parametrize("end", ["paused", "idle"])
async def test_a_paused_round_waits_for_the_candidate_to_come_back(here: World, end: str) -> None:
    here.gateway.script = [end]
    interview_id = await invited(here)
    await here.join(interview_id)
    await waits(here, interview_id)
    assert here.gateway.held == [1]
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    assert here.gateway.held == [1, 2]


async def test_a_pause_stands_though_the_page_asked_its_way_during_the_call(here: World) -> None:
    here.gateway.script = ["talking"]
    interview_id = await invited(here)
    await here.join(interview_id)
    await held(here, 1)
    await here.join(interview_id)
    here.gateway.hang_up = ["paused"]
    await waits(here, interview_id)
    assert here.gateway.held == [1]
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    assert here.gateway.held == [1, 2]


async def test_a_drained_gateway_hands_over_at_once(here: World) -> None:
    here.gateway.script = ["drained", "superseded"]
    interview_id = await invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    assert here.gateway.held == [1, 2, 3]


async def test_a_round_continues_in_a_new_run_before_its_history_grows_long(here: World) -> None:
    here.policy = QUICK.model_copy(update={"claims_per_run": 2})
    here.gateway.script = ["drained"] * 4
    interview_id = await invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    assert here.gateway.held == [1, 2, 3, 4, 5]


async def test_who_never_comes_back_is_put_before_a_person_not_out(here: World) -> None:
    here.policy = QUICK.model_copy(update={"invitation": timedelta(seconds=3)})
    here.gateway.script = ["paused"]
    interview_id = await invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "follow_up_expired")
    assert await here.tasks() == ["expired_invitation"]


async def test_a_round_that_somebody_stops_by_hand_begins_again_with_the_next_join(
    here: World,
) -> None:
    here.gateway.script = ["talking"]
    interview_id = await invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.interviewing)
    await held(here, 1)
    await here.client.get_workflow_handle(round_id(interview_id)).terminate()

    async def finished() -> bool:
        if (await here.application()).stage is Stage.in_review:
            return True
        with suppress(Gone):
            await here.join(interview_id)
        return False

    await until(finished)


async def test_a_full_house_lets_the_candidate_wait_until_there_is_a_place(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with world(temporal, database_urls) as here, make_worker(here.client, here.services):
        here.policy = QUICK.model_copy(update={"claim_wait": timedelta(milliseconds=100)})
        await here.settle()
        interview_id = await invited(here)
        await here.join(interview_id)
        await here.stands_at(Stage.interviewing)
        handle = here.client.get_workflow_handle(round_id(interview_id))

        async def turned_away() -> bool:
            details = await handle.query("__temporal_workflow_metadata")
            return "epoch 6" in str(details)

        await until(turned_away)
        async with here.gateway.open(here.client):
            await here.stands_at(Stage.in_review, "decide")
        assert len(here.gateway.held) == 1


async def held(here: World, times: int) -> None:
    async def so_often() -> bool:
        return len(here.gateway.held) >= times

    await until(so_often)


async def waits(here: World, interview_id: UUID) -> None:
    """Wait until the round says that it waits for the candidate."""
    handle = here.client.get_workflow_handle(round_id(interview_id))

    async def said() -> bool:
        details = await handle.query("__temporal_workflow_metadata")
        return "Paused" in str(details)

    await held(here, 1)
    await until(said)
