"""Starts reviews that were asked for, and tells them that a person has answered."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from interloop.domain.human_review import HumanReviewInput, ReviewAnswered
from interloop.temporal.attributes import belongs
from workflows.human_review import HumanReview
from workflows.ids import review_id
from workflows.start import reaching_temporal
from workflows.steer import PATIENCE, asking

_START = timedelta(seconds=3)


async def start_review(client: Client, given: HumanReviewInput, *, task_queue: str) -> str:
    """Start it, or find the one that runs, and return its run id.

    Raises `Unavailable` while Temporal is away.
    """
    try:
        async with reaching_temporal():
            handle = await client.start_workflow(
                HumanReview.run,
                given,
                id=review_id(given.review_id),
                task_queue=task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary="Another person reviews a rejection",
                search_attributes=belongs(given.org_id, given.job_id),
                rpc_timeout=_START,
            )
    except WorkflowAlreadyStartedError:
        return "ended"
    return handle.first_execution_run_id or ""


async def tell_review(client: Client, said: ReviewAnswered) -> None:
    """Have the review look at its row. `Unavailable` while Temporal or the worker is away."""
    handle = client.get_workflow_handle(review_id(said.review_id))
    async with asking():
        await handle.execute_update(HumanReview.answered, said, rpc_timeout=PATIENCE)
