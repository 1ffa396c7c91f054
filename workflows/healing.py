"""Makes the listening copy anew when a candidate's device handed in pieces after the end."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.recording import RecordingSteps
    from interloop.domain.steps import InterviewRef

_MORE_S = 5
"""Pieces come in a row: wait for the next ones before making a copy."""

_RETRY = RetryPolicy(maximum_attempts=5)


@workflow.defn
class RecordingHealing:
    """Runs until the copy holds every piece that is there."""

    @workflow.run
    async def run(self, ref: InterviewRef) -> int:
        """Make the copy as often as pieces come in; return how often that was."""
        made = 0
        workflow.set_current_details("Waits for more pieces, then makes the listening copy anew.")
        await _wait()
        while await self._heal(ref):
            made += 1
            await _wait()
        return made

    async def _heal(self, ref: InterviewRef) -> bool:
        return await workflow.execute_activity_method(
            RecordingSteps.heal_recording,
            ref,
            start_to_close_timeout=timedelta(minutes=5),
            retry_policy=_RETRY,
            summary="add the pieces that came in",
        )


async def _wait() -> None:
    await workflow.sleep(_MORE_S, summary="more pieces may come in")
