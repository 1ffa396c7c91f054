"""No handler of any workflow can be hung up by a payload that does not validate."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio import workflow
from temporalio.client import (
    WithStartWorkflowOperation,
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from interloop.domain.human_review import HumanReviewInput
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from tests.journeys.world import World, world
from tests.support.databases import DatabaseUrls
from workflows.human_review import HumanReview
from workflows.ids import round_id
from workflows.journey import CandidateJourney
from workflows.worker import WORKFLOWS, make_worker

BROKEN = {"org_id": "no id", "surprise": [None]}
SOON = timedelta(seconds=10)


def definition(kind: type) -> workflow._Definition:
    return workflow._Definition.must_from_class(kind)


UPDATES = sorted(name for name in definition(CandidateJourney).updates if name is not None)
STUCK = "`TemporalReportedProblems` IS NOT NULL AND `OrganizationId` = '{org_id}'"


def test_every_handler_meets_a_broken_payload_here() -> None:
    others = {
        (kind.__name__, name)
        for kind in WORKFLOWS
        for name in definition(kind).updates
        if kind is not CandidateJourney
    }
    assert len(UPDATES) > 5
    assert others == {("HumanReview", "answered")}
    assert all(not definition(kind).queries for kind in WORKFLOWS)
    signals = {name for kind in WORKFLOWS for name in definition(kind).signals}
    assert signals == {"join", "came", "missed", "scorecard"}


@pytest.mark.parametrize("kind", WORKFLOWS, ids=lambda kind: kind.__name__)
async def test_a_broken_start_fails(here: World, kind: type) -> None:
    name = definition(kind).name
    assert name is not None
    queue = here.services.settings.task_queue
    broken: WorkflowHandle[object, object] = await here.client.start_workflow(
        name, BROKEN, id=f"broken-{new_id()}", task_queue=queue, execution_timeout=SOON
    )
    with pytest.raises(WorkflowFailureError) as failed:
        await broken.result()
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "PayloadValidationError"


@pytest.fixture(scope="module")
async def waiting(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> AsyncIterator[World]:
    """A journey that waits for an invitation; all broken updates come to it."""
    async with world(temporal, database_urls) as here:
        await here.settle()
        async with make_worker(here.client, here.services):
            await here.start()
            await here.stands_at(Stage.screening, "invite")
            yield here


@pytest.mark.parametrize("name", UPDATES)
async def test_a_broken_update_is_refused_and_the_journey_goes_on(
    waiting: World, name: str
) -> None:
    with pytest.raises(WorkflowUpdateFailedError):
        await waiting.journey.execute_update(name, BROKEN, rpc_timeout=SOON)
    assert (await waiting.journey.describe()).status is WorkflowExecutionStatus.RUNNING


async def test_a_broken_update_of_a_review_is_refused(here: World) -> None:
    now = here.services.clock.now()
    review = HumanReviewInput(
        org_id=here.org_id,
        review_id=new_id(),
        application_id=here.application_id,
        job_id=here.job_id,
        remind_at=now,
        answer_by=now,
    )
    start = WithStartWorkflowOperation(
        HumanReview.run,
        review,
        id=f"review-{new_id()}",
        task_queue=here.services.settings.task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
    )
    with pytest.raises(WorkflowUpdateFailedError):
        await here.client.execute_update_with_start_workflow(
            "answered", BROKEN, start_workflow_operation=start, rpc_timeout=SOON
        )


async def test_after_all_that_no_journey_is_stuck(waiting: World) -> None:
    query = STUCK.format(org_id=waiting.org_id)
    assert [each.id async for each in waiting.client.list_workflows(query)] == []
    await waiting.invite()
    await waiting.stands_at(Stage.invited)


async def test_a_signal_with_more_than_it_takes_harms_nothing(here: World) -> None:
    here.gateway.script = ["talking"]
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.interviewing)
    await here.client.get_workflow_handle(round_id(interview_id)).signal("join", BROKEN)
    here.gateway.hang_up = ["finished"]
    await here.stands_at(Stage.in_review)
