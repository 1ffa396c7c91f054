"""One round that a person holds: waits for their word on it and for a scorecard, and escalates."""

from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import MeetingInput, RoundEnd
    from workflows.time_steps import TimeSteps


@workflow.defn
class HumanRound:
    """Begins with the meeting and ends when it is known how it went; nothing closes anybody."""

    @workflow.init
    def __init__(self, given: MeetingInput) -> None:
        self._given = given
        self._steps = TimeSteps(given.journey)
        self._came: bool | None = None
        self._scored = False

    @workflow.run
    async def run(self, given: MeetingInput) -> RoundEnd:
        """Wait for the interviewer's word, then for a scorecard; ask, and ask somebody else."""
        workflow.set_current_details("A person meets the candidate.")
        await self._heard(
            lambda: self._came is not None, given.ends_at - workflow.now(), "the meeting ends"
        )
        await self._ask("report_interview", lambda: self._came is not None)
        if not self._came:
            return RoundEnd.missed
        await self._ask("scorecard_due", lambda: self._scored)
        return RoundEnd.finished

    @workflow.signal
    def came(self) -> None:
        """The interviewer says that the meeting took place."""
        self._came = True

    @workflow.signal
    def missed(self) -> None:
        """The interviewer says that the candidate did not come."""
        self._came = False

    @workflow.signal
    def scorecard(self) -> None:
        """Somebody handed in a scorecard."""
        self._scored = True

    async def _ask(self, kind: str, known: Callable[[], bool]) -> None:
        """Put it before the interviewer until it is known; when it is late, before the job's own.

        A scorecard is looked up as well: its word may have come while the engine was away.
        """
        if known():
            return
        patience, about = self._given.journey.policy.scorecard, str(self._given.interview_id)
        await self._steps.open_task(
            kind,
            key=about,
            due_at=workflow.now() + patience,
            assignee_id=self._given.interviewer_id,
        )
        workflow.set_current_details(f"Waits for a person: {kind.replace('_', ' ')}.")
        late = False
        while not await self._heard(known, patience, "a person was asked"):
            found = await self._steps.has_scorecard(self._given.interview_id)
            # Its word may come while it is looked up.
            self._scored = self._scored or found
            if not known() and not late:
                late = True
                await self._steps.open_task(kind, key=f"{about}:late")
        await self._steps.settle_tasks(kind)

    async def _heard(self, known: Callable[[], bool], within: timedelta, why: str) -> bool:
        try:
            await workflow.wait_condition(
                known, timeout=max(within, timedelta()), timeout_summary=why
            )
        except TimeoutError:
            return False
        return True
