"""Two things that happen in one breath: the worker was away, and finds both when it is back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.update.v1 import UpdateRef
from temporalio.api.workflowservice.v1 import PollWorkflowExecutionUpdateRequest
from temporalio.client import (
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateStage,
)
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import DecisionKind
from interloop.domain.errors import Unavailable
from interloop.domain.journey import Decide, Join, Withdraw
from interloop.domain.stage import Outcome, Stage
from tests.journeys.world import World, until, world
from tests.support.databases import DatabaseUrls
from workflows.ids import round_id
from workflows.journey import CandidateJourney
from workflows.steer import steer
from workflows.worker import make_worker, run_until


@asynccontextmanager
async def invited(temporal: WorkflowEnvironment, urls: DatabaseUrls) -> AsyncIterator[World]:
    """A world with a gateway, whose worker a test starts and stops."""
    async with world(temporal, urls) as here, here.gateway.open(here.client):
        await here.settle()
        yield here


async def told(here: World, *updates: tuple[Any, Any]) -> list[asyncio.Task[None]]:
    """Send updates while no worker is there to hear them, each once the one before is noted."""

    async def send(number: int, update: Any, value: Any) -> None:
        handle: WorkflowUpdateHandle[None] = await here.journey.start_update(
            update, value, id=str(number), wait_for_stage=WorkflowUpdateStage.ACCEPTED
        )
        await handle.result()

    tasks = []
    for number, each in enumerate(updates):
        tasks.append(asyncio.create_task(send(number, *each)))
        await until(partial(is_noted, here, str(number)))
    return tasks


async def is_noted(here: World, update_id: str) -> bool:
    """Return whether the server holds this update for the worker that is away."""
    execution = WorkflowExecution(workflow_id=here.journey.id)
    asked = PollWorkflowExecutionUpdateRequest(
        namespace=here.client.namespace,
        update_ref=UpdateRef(workflow_execution=execution, update_id=update_id),
    )
    try:
        await here.client.workflow_service.poll_workflow_execution_update(asked)
    except RPCError as refused:
        if refused.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return True


async def test_a_join_that_meets_a_broken_round_begins_the_next(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with invited(temporal, database_urls) as here:
        here.gateway.script = ["talking"]
        async with make_worker(here.client, here.services):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
            interview_id = await here.invite()
            await here.stands_at(Stage.invited, "join")
            await here.join(interview_id)
            await here.stands_at(Stage.interviewing)
        await here.client.get_workflow_handle(round_id(interview_id)).terminate()
        here.gateway.script = []
        join = Join(org_id=here.org_id, interview_id=interview_id)
        joins = await told(here, (CandidateJourney.join, join))
        async with make_worker(here.client, here.services):
            await asyncio.gather(*joins)
            await here.stands_at(Stage.in_review, "decide")


async def test_who_withdraws_while_a_decision_is_looked_up_has_withdrawn(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with invited(temporal, database_urls) as here:
        async with make_worker(here.client, here.services):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
        decide = Decide(
            org_id=here.org_id,
            decision_id=await here.decision(DecisionKind.hire),
            actor_id=here.user_id,
        )
        both = await told(
            here,
            (CandidateJourney.decide, decide),
            (CandidateJourney.withdraw, Withdraw(org_id=here.org_id)),
        )
        async with make_worker(here.client, here.services):
            decided, withdrew = await asyncio.gather(*both, return_exceptions=True)
            assert isinstance(decided, WorkflowUpdateFailedError)
            assert withdrew is None
            assert await here.journey.result() is Outcome.withdrawn


async def test_who_has_just_withdrawn_is_asked_nothing_more(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with invited(temporal, database_urls) as here:
        async with make_worker(here.client, here.services):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
        leave = (CandidateJourney.withdraw, Withdraw(org_id=here.org_id))
        invite = (CandidateJourney.invite, await here.invitation())
        both = await told(here, leave, invite)
        async with make_worker(here.client, here.services):
            left, refused = await asyncio.gather(*both, return_exceptions=True)
            assert left is None
            assert isinstance(refused, WorkflowUpdateFailedError)
            assert await here.journey.result() is Outcome.withdrawn
        assert here.mailer.mails == []


async def test_what_a_journey_cannot_read_is_no_refusal_of_its_own(here: World) -> None:
    await here.start()
    wrong: Any = Withdraw(org_id=here.org_id)
    with pytest.raises(Unavailable) as failed:
        await steer(here.client, here.application_id, CandidateJourney.invite, wrong)
    assert failed.value.code == "step_failed"


async def test_of_two_invitations_in_one_breath_one_is_sent(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with invited(temporal, database_urls) as here:
        async with make_worker(here.client, here.services):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
        invites = [await here.invitation(), await here.invitation()]
        both = await told(here, *((CandidateJourney.invite, invite) for invite in invites))
        async with make_worker(here.client, here.services):
            answers = await asyncio.gather(*both, return_exceptions=True)
            await here.stands_at(Stage.invited, "join")
        refused = [answer for answer in answers if answer is not None]
        assert len(refused) == 1
        assert isinstance(refused[0], WorkflowUpdateFailedError)
        assert len(here.mailer.mails) == 1


async def test_the_worker_says_that_it_is_ready_and_takes_it_back(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path
) -> None:
    async with world(temporal, database_urls) as here:
        await here.settle()
        settings = here.services.settings.model_copy(update={"state_dir": tmp_path})
        services, stop = replace(here.services, settings=settings), asyncio.Event()
        running = asyncio.create_task(run_until(stop, here.client, services))
        ready = tmp_path / "ready" / "worker"

        async def is_ready() -> bool:
            return await asyncio.to_thread(ready.exists)

        await until(is_ready)
        await here.stands_at(Stage.screening, "invite")
        stop.set()
        await running
        assert not await is_ready()
        await here.journey.terminate()
