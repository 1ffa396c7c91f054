"""One file of a recording: made on request, kept for a day, taken away again."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.export import ExportSteps
    from interloop.domain.recording import ExportFailure, ExportInput

A = TypeVar("A")

_PULSE = timedelta(seconds=5)
_STEP = timedelta(minutes=2)
_LONGEST = timedelta(hours=2)
_TRIES = 3


@workflow.defn
class RecordingExport:
    """Ends when the file is gone, or could not be made."""

    @workflow.run
    async def run(self, given: ExportInput) -> None:
        """Make the file; tell when that fails; drop it when its time is over."""
        try:
            await self._make_and_keep(given)
        except (ActivityError, asyncio.CancelledError) as ended:
            if is_cancelled_exception(ended):
                # Whoever erases this history takes away what alone knows when the file has to go.
                await _do(ExportSteps.drop_export, given)
            raise

    async def _make_and_keep(self, given: ExportInput) -> None:
        workflow.set_current_details("Making the file.")
        try:
            await _do(ExportSteps.make_export, given, within=_LONGEST, tries=_TRIES)
        except ActivityError as failed:
            if is_cancelled_exception(failed):
                raise
            cause = failed.cause
            code = cause.message if isinstance(cause, ApplicationError) else "worker_lost"
            failure = ExportFailure(org_id=given.org_id, export_id=given.export_id, code=code[:64])
            await _do(ExportSteps.fail_export, failure)
            return
        workflow.set_current_details(f"Kept until {given.expires_at:%Y-%m-%d %H:%M} UTC.")
        left = max(given.expires_at - workflow.now(), timedelta())
        await workflow.sleep(left, summary="the file is kept")
        await _do(ExportSteps.drop_export, given)


async def _do(
    step: Callable[[Any, A], Coroutine[Any, Any, None]],
    arg: A,
    *,
    within: timedelta = _STEP,
    tries: int = 0,
) -> None:
    await workflow.execute_activity_method(
        step,
        arg,
        start_to_close_timeout=within,
        heartbeat_timeout=_PULSE,
        # A file that is written after it was dropped would stay.
        cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        retry_policy=RetryPolicy(
            initial_interval=timedelta(seconds=1),
            maximum_interval=timedelta(seconds=30),
            maximum_attempts=tries,
        ),
    )
