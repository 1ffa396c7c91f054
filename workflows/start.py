"""Starts journeys and the making of files, once, from wherever it is asked for."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.journey import JourneyInput, Policy
from interloop.domain.recording import ExportInput
from interloop.domain.stage import Stage, WaitingOn
from interloop.settings import Settings
from interloop.temporal.attributes import JOB, ORGANIZATION, STAGE, WAITING_ON
from workflows.export import RecordingExport
from workflows.ids import export_id, journey_id
from workflows.journey import CandidateJourney

_PATIENCE = timedelta(seconds=3)


async def start_journey(client: Client, given: JourneyInput, *, task_queue: str) -> str:
    """Start the journey, or find the one that runs, and return its run id.

    Raises `Unavailable` while Temporal is away and `Conflict` for an application whose journey
    has ended: a journey is walked once.
    """
    try:
        handle = await client.start_workflow(
            CandidateJourney.run,
            given,
            id=journey_id(given.application_id),
            task_queue=task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary="The journey of one application",
            search_attributes=TypedSearchAttributes(
                [
                    SearchAttributePair(ORGANIZATION, str(given.org_id)),
                    SearchAttributePair(JOB, str(given.job_id)),
                    SearchAttributePair(STAGE, Stage.screening.value),
                    SearchAttributePair(WAITING_ON, WaitingOn.system.value),
                ]
            ),
            rpc_timeout=_PATIENCE,
        )
    except WorkflowAlreadyStartedError:
        raise Conflict("the journey has ended", code="journey_over") from None
    except (RPCError, RuntimeError) as away:
        raise Unavailable("Temporal is away", code="temporal_away") from away
    return handle.first_execution_run_id or ""


async def start_export(client: Client, given: ExportInput, *, task_queue: str) -> None:
    """Start the making of a file, or leave the one that runs alone.

    Raises `Unavailable` while Temporal is away.
    """
    try:
        await client.start_workflow(
            RecordingExport.run,
            given,
            id=export_id(given.export_id),
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary="One file of a recording",
            search_attributes=TypedSearchAttributes(
                [SearchAttributePair(ORGANIZATION, str(given.org_id))]
            ),
            rpc_timeout=_PATIENCE,
        )
    except (RPCError, RuntimeError) as away:
        raise Unavailable("Temporal is away", code="temporal_away") from away


def policy_of(settings: Settings) -> Policy:
    """Return how long journeys of this installation wait."""
    return Policy(heartbeat=timedelta(seconds=settings.gateway_heartbeat_s))
