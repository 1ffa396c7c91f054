"""The erasing of an application's histories: asked for by a person, done until nothing is left."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.histories import HistorySteps
    from interloop.domain.erasing import ErasureRef

_STEP = timedelta(minutes=5)
_PULSE = timedelta(seconds=5)
_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))


@workflow.defn
class HistoryErasure:
    """Ends with a receipt, or with the reason why a history is still needed.

    What is left of it is one run that names nothing but the receipt.
    """

    @workflow.run
    async def run(self, ref: ErasureRef) -> None:
        """Take the histories out, for as long as it takes."""
        workflow.set_current_details("Erasing the histories of a closed application.")
        await workflow.execute_activity_method(
            HistorySteps.erase_histories,
            ref,
            start_to_close_timeout=_STEP,
            heartbeat_timeout=_PULSE,
            retry_policy=_RETRY,
            summary="erase the histories",
        )
