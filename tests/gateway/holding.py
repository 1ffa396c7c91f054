"""A workflow that keeps an interview in some gateway's hands, as the round does."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from interloop.domain.calls import (
        CLAIM_GATEWAY,
        GATEWAYS_QUEUE,
        INTERVIEW,
        Claim,
        ClaimInput,
        InterviewEnd,
        InterviewInput,
        InterviewResult,
    )

ONCE = RetryPolicy(maximum_attempts=1)
QUEUE = "test-hold"


@workflow.defn(name="Hold")
class Hold:
    """Claims a gateway again and again until the interview is finished."""

    @workflow.run
    async def run(self, wanted: ClaimInput) -> list[str]:
        """Return how each gateway ended; `lost` when it did not say."""
        ends: list[str] = []
        epoch = wanted.epoch
        while ends[-1:] != [InterviewEnd.finished.value]:
            ends.append(await self._once(wanted.model_copy(update={"epoch": epoch})))
            epoch += 1
        return ends

    async def _once(self, wanted: ClaimInput) -> str:
        try:
            claim: Claim = await workflow.execute_activity(
                CLAIM_GATEWAY,
                wanted,
                task_queue=GATEWAYS_QUEUE,
                result_type=Claim,
                start_to_close_timeout=timedelta(seconds=2),
                retry_policy=ONCE,
            )
            result: InterviewResult = await workflow.execute_activity(
                INTERVIEW,
                InterviewInput(
                    org_id=wanted.org_id, interview_id=wanted.interview_id, epoch=wanted.epoch
                ),
                task_queue=claim.queue,
                result_type=InterviewResult,
                schedule_to_start_timeout=timedelta(seconds=4),
                start_to_close_timeout=timedelta(minutes=5),
                heartbeat_timeout=timedelta(seconds=3),
                retry_policy=ONCE,
            )
        except ActivityError:
            return "lost"
        return result.end.value
