"""Starts what was not started, as when Temporal was down; runs beside the worker."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import Client

from activities.calendar import disagreeing
from activities.histories import open_erasures
from activities.lost_reviews import lost_reviews, note_review_run
from activities.lost_uploads import lost_uploads, note_upload_run
from activities.retention import drop_old
from activities.sweep import lost_applications, note_run, unhealed_recordings
from interloop.domain.bulk import BulkInput
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.journey import JourneyInput
from interloop.services import Services
from workflows.bulks import start_bulk
from workflows.reviews import start_review
from workflows.start import policy_of, start_erasure, start_healing, start_journey, start_keeping

log = structlog.get_logger()

_TIDY = timedelta(hours=1)
"""From one look for what is old to the next."""


async def sweep(services: Services, client: Client) -> int:
    """Start what was never started and return how many; doing it twice starts nothing twice.

    Raises `Unavailable` while Temporal or the database is away.
    """
    started, settings = 0, services.settings
    for lost in await lost_applications(services):
        given = JourneyInput(
            **lost.model_dump(exclude={"policy"}), policy=policy_of(settings, lost.policy)
        )
        try:
            run_id = await start_journey(client, given, settings)
        except Conflict:
            run_id = "ended"
        await note_run(services, lost, run_id)
        started += 1
    for review in await lost_reviews(services):
        run_id = await start_review(client, review, task_queue=settings.task_queue)
        await note_review_run(services, review, run_id)
        started += 1
    for upload in await lost_uploads(services):
        bulk = BulkInput(
            **upload.model_dump(exclude={"policy"}), policy=policy_of(settings, upload.policy)
        )
        await start_bulk(client, bulk, task_queue=settings.task_queue)
        await note_upload_run(services, upload)
        started += 1
    for ref in await unhealed_recordings(services):
        await start_healing(client, ref, task_queue=settings.task_queue)
    for entry in await disagreeing(services):
        await start_keeping(client, entry, task_queue=settings.task_queue)
    for erasure in await open_erasures(services):
        await start_erasure(client, erasure, task_queue=settings.task_queue)
    return started


async def sweep_for_ever(
    services: Services, client: Client, *, every: timedelta = timedelta(seconds=20)
) -> None:
    """Sweep at once and then again and again, until cancelled; now and then drop what is old."""
    tidy_at = services.clock.now()
    while True:
        try:
            started = await sweep(services, client)
            if services.clock.now() >= tidy_at:
                log.info("sweep.dropped", rows=await drop_old(services))
                tidy_at = services.clock.now() + _TIDY
        except Unavailable as away:
            log.warning("sweep.stopped", code=away.code)
        else:
            log.info("sweep.done", started=started)
        await asyncio.sleep(every.total_seconds())
