"""Starts journeys and the making of files, once, from wherever it is asked for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError
from temporalio.workflow import MethodAsyncSingleParam

from interloop.domain.calendar import EntryRef
from interloop.domain.erasing import ErasureRef
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.job_policy import JobPolicy
from interloop.domain.journey import JourneyInput, Policy
from interloop.domain.recording import ExportInput
from interloop.domain.stage import Stage, WaitingOn
from interloop.domain.steps import InterviewRef, ResendMessage
from interloop.settings import Settings
from interloop.temporal.attributes import STAGE, WAITING_ON, belongs
from workflows.calendar import CalendarKeeping
from workflows.erasure import HistoryErasure
from workflows.export import RecordingExport
from workflows.healing import RecordingHealing
from workflows.ids import calendar_id, erasure_id, export_id, healing_id, journey_id, resend_id
from workflows.journey import CandidateJourney
from workflows.resend import MessageResend

A = TypeVar("A")

_PATIENCE = timedelta(seconds=3)


async def start_journey(client: Client, given: JourneyInput, settings: Settings) -> str:
    """Start the journey, or find the one that runs, and return its run id.

    Raises `Unavailable` while Temporal is away and `Conflict` for an application whose journey
    has ended: a journey is walked once.
    """
    where = belongs(
        given.org_id,
        given.job_id,
        SearchAttributePair(STAGE, Stage.screening.value),
        SearchAttributePair(WAITING_ON, WaitingOn.system.value),
    )
    try:
        async with reaching_temporal():
            handle = await client.start_workflow(
                CandidateJourney.run,
                given,
                id=journey_id(given.application_id),
                task_queue=settings.task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary="The journey of one application",
                static_details=page_link(settings, given.application_id),
                search_attributes=where,
                rpc_timeout=_PATIENCE,
            )
    except WorkflowAlreadyStartedError:
        raise Conflict("the journey has ended", code="journey_over") from None
    return handle.first_execution_run_id or ""


async def start_export(client: Client, given: ExportInput, *, task_queue: str) -> None:
    """Start the making of a file, or leave the one that runs alone.

    Raises `Unavailable` while Temporal is away.
    """
    await _one(
        client,
        RecordingExport.run,
        given,
        export_id(given.export_id),
        "One file of a recording",
        given.org_id,
        task_queue,
    )


async def start_healing(client: Client, ref: InterviewRef, *, task_queue: str) -> None:
    """Start it, or leave the one that runs alone; `Unavailable` while Temporal is away."""
    await _one(
        client,
        RecordingHealing.run,
        ref,
        healing_id(ref.interview_id),
        "A recording that heals",
        ref.org_id,
        task_queue,
    )


async def start_resend(client: Client, given: ResendMessage, *, task_queue: str) -> None:
    """Send a mail again; asking twice sends it once. `Unavailable` while Temporal is away."""
    await _one(
        client,
        MessageResend.run,
        given,
        resend_id(given.message_id),
        "A mail that a person sends again",
        given.org_id,
        task_queue,
    )


async def start_keeping(client: Client, ref: EntryRef, *, task_queue: str) -> None:
    """Start it, or leave the one that runs alone; `Unavailable` while Temporal is away."""
    await _one(
        client,
        CalendarKeeping.run,
        ref,
        calendar_id(ref.appointment_id),
        "An appointment in a calendar",
        ref.org_id,
        task_queue,
    )


async def start_erasure(client: Client, ref: ErasureRef, *, task_queue: str) -> None:
    """Start it, or leave the one that runs alone; `Unavailable` while Temporal is away."""
    await _one(
        client,
        HistoryErasure.run,
        ref,
        erasure_id(ref.erasure_id),
        "Histories that are erased",
        ref.org_id,
        task_queue,
    )


async def _one(  # noqa: PLR0913, PLR0917 - all that a start says
    client: Client,
    run: MethodAsyncSingleParam[Any, A, Any],
    given: A,
    workflow_id: str,
    summary: str,
    org_id: UUID,
    task_queue: str,
) -> None:
    """Start a workflow, or leave the one of this id that runs alone."""
    async with reaching_temporal():
        await client.start_workflow(
            run,
            given,
            id=workflow_id,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=summary,
            search_attributes=belongs(org_id),
            rpc_timeout=_PATIENCE,
        )


@asynccontextmanager
async def reaching_temporal() -> AsyncIterator[None]:
    """Raise `Unavailable` for what the client says while the server is away."""
    try:
        yield
    except (RPCError, RuntimeError) as away:
        raise Unavailable("Temporal is away", code="temporal_away") from away


def page_link(settings: Settings, application_id: UUID) -> str:
    """Return the way from a journey in Temporal Web to the candidate's page, as Markdown."""
    return f"[The candidate's page]({settings.app_url}/applications/{application_id})"


def policy_of(settings: Settings, job: JobPolicy) -> Policy:
    """Return how long a journey waits: by what its job says, on this installation."""
    heartbeat = timedelta(seconds=settings.gateway_heartbeat_s)
    return Policy(heartbeat=heartbeat, **job.model_dump())
