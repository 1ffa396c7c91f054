"""One round of interview: claims a gateway, and another one whenever that is lost.

The database is the truth of what was said; this workflow knows only who may say the next word.
"""

from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from interloop.domain.calls import STOPPED, ClaimInput, InterviewEnd, InterviewInput
    from interloop.domain.journey import RoundEnd, RoundInput
    from interloop.temporal.attributes import GATEWAY
    from workflows import steps
    from workflows.gateway import claim_gateway, hold_interview

_AT_ONCE = 4
_LONGEST_REST = timedelta(seconds=5)
_ENDS = {InterviewEnd.finished: RoundEnd.finished, InterviewEnd.stopped: RoundEnd.stopped}


@workflow.defn
class InterviewRound:
    """Keeps one interview in the hands of exactly one gateway until it is finished."""

    @workflow.init
    def __init__(self, given: RoundInput) -> None:
        self._given = given
        self._joined = False
        self._failures = 0
        self._shows_gateway = False
        self._gateway_id: UUID | None = None

    @workflow.run
    async def run(self, given: RoundInput) -> RoundEnd:
        """Hold the call, take over when a gateway is lost, wait while the candidate is away."""
        self._shows_gateway = workflow.patched("gateway-shown")
        until = workflow.now() + timedelta(seconds=given.wait_s)
        epoch = await steps.read_epoch(given)
        last = epoch + given.policy.claims_per_run
        while True:
            if epoch >= last:
                workflow.continue_as_new(self._later(until))
            epoch += 1
            end = await self._hold(epoch)
            if end in _ENDS:
                return _ENDS[end]
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
            self._show_gateway(claim.gateway_id)
            result = await hold_interview(InterviewInput(**ids), claim, given.policy)
        except ActivityError as lost:
            if is_cancelled_exception(lost):
                raise
            if getattr(lost.cause, "type", None) == STOPPED:
                return InterviewEnd.stopped
            self._failures += 1
            return InterviewEnd.drained
        finally:
            if workflow.in_workflow():  # else the run is thrown away with its worker
                self._show_gateway(None)
        self._failures = 0
        return result.end

    def _show_gateway(self, gateway_id: UUID | None) -> None:
        """Let those who watch find the calls that run, and the gateway they run on."""
        if not self._shows_gateway or gateway_id == self._gateway_id:
            return
        self._gateway_id = gateway_id
        shown = GATEWAY.value_unset() if gateway_id is None else GATEWAY.value_set(str(gateway_id))
        workflow.upsert_search_attributes([shown])

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
            rest = min(0.25 * 2**beyond, _LONGEST_REST.total_seconds())
            await workflow.sleep(rest, summary="a rest after failures in a row")

    def _later(self, until: datetime) -> RoundInput:
        left = max((until - workflow.now()).total_seconds(), 1.0)
        return self._given.model_copy(update={"wait_s": left})
