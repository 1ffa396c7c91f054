"""The two activities that a gateway runs, each as one typed call."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from interloop.domain.calls import (
        CLAIM_GATEWAY,
        GATEWAYS_QUEUE,
        INTERVIEW,
        Claim,
        ClaimInput,
        InterviewInput,
        InterviewResult,
    )
    from interloop.domain.journey import Policy

# A second try would speak at the same epoch; the round raises it and claims again instead.
_ONCE = RetryPolicy(maximum_attempts=1)

_TAKE_UP = timedelta(seconds=4)
"""A gateway that reserved a slot takes its interview up at once, or is gone."""


async def claim_gateway(claim: ClaimInput, policy: Policy) -> Claim:
    """Stand in the queue for a free slot; raises `ActivityError` when nobody gave one."""
    claimed: Claim = await workflow.execute_activity(
        CLAIM_GATEWAY,
        claim,
        result_type=Claim,
        task_queue=GATEWAYS_QUEUE,
        schedule_to_start_timeout=policy.claim_wait,
        start_to_close_timeout=policy.claim,
        retry_policy=_ONCE,
        summary=f"claim a slot, epoch {claim.epoch}",
    )
    return claimed


async def hold_interview(
    interview: InterviewInput, claim: Claim, policy: Policy
) -> InterviewResult:
    """Hold the call on the gateway that gave the slot; raises `ActivityError` when it is lost."""
    result: InterviewResult = await workflow.execute_activity(
        INTERVIEW,
        interview,
        result_type=InterviewResult,
        task_queue=claim.queue,
        schedule_to_start_timeout=_TAKE_UP,
        start_to_close_timeout=policy.interview,
        heartbeat_timeout=policy.heartbeat,
        retry_policy=_ONCE,
        summary=f"hold the call, epoch {interview.epoch}",
    )
    return result
