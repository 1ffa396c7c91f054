"""Starts the reading of an upload."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from interloop.domain.bulk import BulkInput
from interloop.temporal.attributes import belongs
from workflows.bulk import BulkIntake
from workflows.ids import bulk_id
from workflows.start import reaching_temporal

_START = timedelta(seconds=3)


async def start_bulk(client: Client, given: BulkInput, *, task_queue: str) -> None:
    """Start it, or leave the one that runs alone; `Unavailable` while Temporal is away."""
    async with reaching_temporal():
        await client.start_workflow(
            BulkIntake.run,
            given,
            id=bulk_id(given.bulk_id),
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary="Many resumes of one upload",
            search_attributes=belongs(given.org_id, given.job_id),
            rpc_timeout=_START,
        )
