"""One round of interview: claims a gateway, and another one whenever that is lost.

The database is the truth of what was said; this workflow knows only who may say the next word.
"""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from interloop.domain.calls import ClaimInput, InterviewEnd, InterviewInput
    from interloop.domain.journey import RoundEnd, RoundInput
    from workflows import steps
    from workflows.gateway import claim_gateway, hold_interview

_AT_ONCE = 4
_LONGEST_REST = timedelta(seconds=5)


@workflow.defn
class InterviewRound:
    """Keeps one interview in the hands of exactly one gateway until it is finished."""

    @workflow.init
    def __init__(self, given: RoundInput) -> None:
        self._given = given
        self._joined = False
        self._failures = 0

    @workflow.run
    async def run(self, given: RoundInput) -> RoundEnd:
        """Hold the call, take over when a gateway is lost, wait while the candidate is away."""
        until = workflow.now() + timedelta(seconds=given.wait_s)
        epoch = await steps.read_epoch(given)
        last = epoch + given.policy.claims_per_run
        while True:
            if epoch >= last:
                workflow.continue_as_new(self._later(until))
            epoch += 1
            end = await self._hold(epoch)
            if end is InterviewEnd.finished:
                return RoundEnd.finished
            if end is InterviewEnd.superseded:
                epoch = await steps.read_epoch(given)
            if end in {InterviewEnd.paused, InterviewEnd.idle} and not await self._joins(until):
                return RoundEnd.abandoned
            await self._rest()

    @workflow.signal
    def join(self) -> None:
        """The candidate is back."""
        self._joined = True

    async def _hold(self, epoch: int) -> InterviewEnd:
        """Hold the call at this epoch; a gateway that fails counts as drained."""
        given = self._given
        ids = {"org_id": given.org_id, "interview_id": given.interview_id, "epoch": epoch}
        workflow.set_current_details(f"Looking for a gateway at epoch {epoch}.")
        try:
            claim = await claim_gateway(ClaimInput(**ids), given.policy)
            workflow.set_current_details(f"In the call at epoch {epoch}.")
            result = await hold_interview(InterviewInput(**ids), claim, given.policy)
        except ActivityError as lost:
            if is_cancelled_exception(lost):
                raise
            self._failures += 1
            return InterviewEnd.drained
        self._failures = 0
        return result.end

    async def _joins(self, until: datetime) -> bool:
        """Wait for the candidate to come back; tell whether they did.

        A page that lost its line asks for its way in the middle of a call too: what was said
        before the pause does not end it.
        """
        self._joined = False
        workflow.set_current_details("Paused; waiting for the candidate to come back.")
        try:
            await workflow.wait_condition(
                lambda: self._joined,
                timeout=max(until - workflow.now(), timedelta()),
                timeout_summary="the invitation ends",
            )
        except TimeoutError:
            return False
        return True

    async def _rest(self) -> None:
        """Pause after failures in a row; the first few are answered at once.

        A gateway that was stopped, not killed, may swallow some claims before another gets one.
        """
        beyond = self._failures - _AT_ONCE
        if beyond > 0:
            await asyncio.sleep(min(0.25 * 2**beyond, _LONGEST_REST.total_seconds()))

    def _later(self, until: datetime) -> RoundInput:
        left = max((until - workflow.now()).total_seconds(), 1.0)
        return self._given.model_copy(update={"wait_s": left})
