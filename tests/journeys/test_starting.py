"""A journey starts once, also when Temporal was away when it should have."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from activities.sweep import lost_applications
from interloop.db.tables import Application, DecisionKind
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.job_policy import JobPolicy
from interloop.domain.journey import Withdraw
from interloop.domain.stage import Stage
from interloop.temporal.client import connect_lazily
from tests.journeys.world import World, until, world
from tests.support.databases import DatabaseUrls
from workflows.ids import journey_id
from workflows.journey import CandidateJourney
from workflows.start import policy_of, start_journey
from workflows.steer import steer
from workflows.sweep import sweep, sweep_for_ever

OFTEN = timedelta(milliseconds=50)


async def run_id(here: World) -> str | None:
    return (await here.application()).run_id


async def test_the_sweep_starts_what_was_never_started_and_nothing_twice(here: World) -> None:
    started = await sweep(here.services, here.client)
    assert started >= 1
    await here.stands_at(Stage.screening, "invite")
    first = await run_id(here)
    assert first
    assert await sweep(here.services, here.client) == 0
    assert await run_id(here) == first


async def test_a_sweep_finds_the_journey_that_already_runs(here: World) -> None:
    await here.start()
    await sweep(here.services, here.client)
    described = await here.journey.describe()
    assert await run_id(here) == described.run_id


async def test_a_journey_that_has_ended_is_not_walked_again(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.decide(await here.decision(DecisionKind.hire))
    await journey.result()
    with pytest.raises(Conflict):
        await here.start()
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Application).values(stage=Stage.in_review))
    await sweep(here.services, here.client)
    assert await run_id(here) == "ended"


async def test_a_start_while_temporal_is_away_says_so_and_is_made_up_for(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with world(temporal, database_urls) as here:
        await here.settle()
        away = await nobody_there(here)
        with pytest.raises(Unavailable):
            await start_journey(away, here.given, here.services.settings)
        assert here.application_id in {
            lost.application_id for lost in await lost_applications(here.services)
        }
        await sweep(here.services, here.client)
        described = await here.journey.describe()
        assert described.status is WorkflowExecutionStatus.RUNNING
        await here.journey.terminate()


async def test_the_sweep_beside_a_worker_outlives_an_absent_temporal(
    temporal: WorkflowEnvironment,
    database_urls: DatabaseUrls,
) -> None:
    async with world(temporal, database_urls) as here:
        await here.settle()
        sweeping = asyncio.create_task(
            sweep_for_ever(here.services, await nobody_there(here), every=OFTEN)
        )
        done, _ = await asyncio.wait({sweeping}, timeout=1)
        assert not done
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        sweeping = asyncio.create_task(sweep_for_ever(here.services, here.client, every=OFTEN))

        async def noted() -> bool:
            return await run_id(here) is not None

        await until(noted)
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await here.journey.terminate()


async def test_steering_without_temporal_or_worker_says_so(
    temporal: WorkflowEnvironment,
    database_urls: DatabaseUrls,
) -> None:
    async with world(temporal, database_urls) as here:
        await here.settle()
        leave = Withdraw(org_id=here.org_id)
        with pytest.raises(Unavailable) as refused:
            await steer(
                await nobody_there(here), here.application_id, CandidateJourney.withdraw, leave
            )
        assert refused.value.code == "temporal_away"
        with pytest.raises(Conflict) as unknown:
            await here.withdraw()
        assert unknown.value.code == "journey_over"
        await here.start()
        with pytest.raises(Unavailable) as late:
            await here.withdraw()
        assert late.value.code == "worker_away"
        await here.client.get_workflow_handle(journey_id(here.application_id)).terminate()


async def nobody_there(here: World) -> Client:
    """Return a client of an address where nothing listens."""
    settings = here.services.settings.model_copy(update={"temporal_address": "127.0.0.1:9"})
    return await connect_lazily(replace(here.services, settings=settings))


def test_the_heartbeat_of_the_settings_is_that_of_the_journeys(here: World) -> None:
    settings = here.services.settings
    assert (
        policy_of(settings, JobPolicy()).heartbeat.total_seconds() == settings.gateway_heartbeat_s
    )
