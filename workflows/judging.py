"""How a journey comes by suggested marks: at once, later when the judge was away, and anew."""

from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import JourneyInput
    from interloop.domain.steps import Judged
    from workflows.steering import Steering


class Judging(Steering):
    """Has marks suggested; people come before any of it."""

    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)
        self._owed: UUID | None = None
        """The interview whose marks a judge owes who is away."""

    @property
    def _marks_wanted(self) -> bool:
        return self._reworded is not None or self._owed is not None

    async def _suggest(self, interview_id: UUID, *, later: bool = False) -> bool:
        """Suggest a mark for each criterion; tell whether all were judged."""
        criteria = await self._steps.read_criteria(interview_id)
        for criterion_id in criteria.ids:
            if not await self._judge(interview_id, criterion_id, later=later):
                return False
        return True

    async def _judge(self, interview_id: UUID, criterion_id: str, *, later: bool) -> bool:
        try:
            if later:
                judged = await self._steps.judge_later(
                    interview_id, criterion_id, unless=self._has_to_wait
                )
            else:
                judged = await self._steps.judge(interview_id, criterion_id)
        except ActivityError as failed:
            if not later and _is_away(failed) and workflow.patched("outage"):
                self._owed = interview_id
            return False
        return judged is not Judged.nothing_said

    async def _judge_later(self) -> None:
        """Suggest the marks that are owed, for as long as the judge may be away."""
        interview_id, self._owed = self._owed, None
        if interview_id is None:
            return
        if await self._suggest(interview_id, later=True):
            await self._steps.settle_tasks("not_scored")
        elif self._told:
            self._owed = interview_id

    async def _judge_again(self) -> None:
        """Suggest marks anew once the candidate leaves their words alone; people come first."""
        while (interview_id := self._reworded) is not None and not self._told:
            self._reworded = None
            try:
                await workflow.wait_condition(
                    lambda: self._told or self._reworded is not None,
                    timeout=self._given.policy.words,
                    timeout_summary="the candidate reads their words",
                )
            except TimeoutError:
                if await self._suggest(interview_id):
                    await self._steps.settle_tasks("not_scored")
            else:
                self._reworded = self._reworded or interview_id

    def _has_to_wait(self) -> bool:
        """Tell whether somebody said what comes before suggested marks."""
        return self._told or self._reworded is not None


def _is_away(failed: ActivityError) -> bool:
    """Tell whether the judge may answer later; a refusal for good stays one."""
    return not (isinstance(failed.cause, ApplicationError) and failed.cause.non_retryable)
