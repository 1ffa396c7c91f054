"""One piece of news on its way to one address: tried until it is taken, for three days."""

from collections.abc import Iterable
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.webhook import WebhookSteps
    from interloop.domain.webhooks import PAUSES, DeliveryRef, HookTry, TryEnd

_STEP = timedelta(minutes=1)
_PULSE = timedelta(seconds=5)
_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))
"""For a database that is away or a worker that dies; what the other side says is no failure."""


@workflow.defn
class WebhookDelivery:
    """Ends when the news was taken, nobody wants it any more, or every try is used up."""

    @workflow.run
    async def run(self, ref: DeliveryRef) -> int:
        """Try on the schedule of the spec; return how many tries there were."""
        for number, pause in enumerate(PAUSES, start=1):
            if pause:
                workflow.set_current_details(f"Tried {number - 1} times; again in {pause}.")
                await workflow.sleep(pause, summary="before the next try")
            if await self._try(ref, PAUSES[number : number + 1]) is TryEnd.over:
                return number
        return len(PAUSES)

    async def _try(self, ref: DeliveryRef, following: Iterable[timedelta]) -> TryEnd:
        next_at = next((workflow.now() + pause for pause in following), None)
        return await workflow.execute_activity_method(
            WebhookSteps.try_webhook,
            HookTry(**ref.model_dump(), next_at=next_at),
            start_to_close_timeout=_STEP,
            heartbeat_timeout=_PULSE,
            retry_policy=_RETRY,
            summary="send the news",
        )
