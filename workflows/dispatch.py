"""Starts the delivery of news that was written; runs beside the worker."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.webhook import note_delivery_run, unstarted_deliveries
from interloop.domain.errors import Unavailable
from interloop.domain.webhooks import DeliveryRef
from interloop.services import Services
from interloop.temporal.attributes import ORGANIZATION
from workflows.ids import webhook_id
from workflows.start import reaching_temporal
from workflows.webhook import WebhookDelivery

log = structlog.get_logger()

_PATIENCE = timedelta(seconds=3)


async def dispatch(services: Services, client: Client) -> int:
    """Start what waits and return how many; a delivery that runs or ran is not started twice.

    Raises `Unavailable` while Temporal or the database is away.
    """
    waiting = await unstarted_deliveries(services)
    for ref in waiting:
        run_id = await _start(client, ref, task_queue=services.settings.task_queue)
        await note_delivery_run(services, ref, run_id)
    return len(waiting)


async def _start(client: Client, ref: DeliveryRef, *, task_queue: str) -> str:
    mine = TypedSearchAttributes([SearchAttributePair(ORGANIZATION, str(ref.org_id))])
    try:
        async with reaching_temporal():
            handle = await client.start_workflow(
                WebhookDelivery.run,
                ref,
                id=webhook_id(ref.delivery_id, ref.round),
                task_queue=task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary="News for another system",
                search_attributes=mine,
                rpc_timeout=_PATIENCE,
            )
    except WorkflowAlreadyStartedError:
        return "ended"
    return handle.first_execution_run_id or ""


async def dispatch_for_ever(
    services: Services, client: Client, *, every: timedelta = timedelta(seconds=1)
) -> None:
    """Dispatch at once and then again and again, until cancelled."""
    while True:
        try:
            await dispatch(services, client)
        except Unavailable as away:
            log.warning("dispatch.stopped", code=away.code)
        await asyncio.sleep(every.total_seconds())
