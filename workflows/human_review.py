"""One review of a rejection: put before a person, brought to mind, escalated, answered.

Time only makes it more urgent; nothing but a person's committed answer ends it.
"""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import SearchAttributePair
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.human_review import ReviewSteps
    from interloop.domain.human_review import (
        HumanReviewInput,
        NoteRun,
        ReviewAnswered,
        ReviewState,
    )
    from interloop.domain.journey import JourneyInput
    from interloop.domain.stage import Stage, WaitingOn
    from interloop.domain.steps import Delivery
    from interloop.temporal.attributes import STAGE, WAITING_ON, belongs
    from workflows.ids import journey_id
    from workflows.journey import CandidateJourney
    from workflows.steps import Steps, again, run_step

_AGAIN = again(first=timedelta(seconds=1))
A = TypeVar("A")
R = TypeVar("R")


@workflow.defn
class HumanReview:
    """Ends once a person upheld the decision or had the application looked at anew."""

    @workflow.init
    def __init__(self, given: HumanReviewInput) -> None:
        self._given = given
        self._journey = JourneyInput(
            org_id=given.org_id,
            application_id=given.application_id,
            job_id=given.job_id,
            policy=given.policy,
        )
        self._steps = Steps(self._journey)
        self._answered = False

    @workflow.run
    async def run(self, given: HumanReviewInput) -> ReviewState:
        """Find the person, wait for their answer, follow it, tell the candidate."""
        workflow.set_current_details(f"A person answers by {given.answer_by:%Y-%m-%d %H:%M} UTC.")
        opened = await self._do(ReviewSteps.open_review, given.ref, "put it before a person")
        await self._send(opened.message_id)
        if not await self._answered_before(given.remind_at):
            await self._do(ReviewSteps.remind_reviewer, given.ref, "bring it to mind")
            if not await self._answered_before(given.answer_by):
                await self._do(ReviewSteps.escalate_review, given.ref, "escalate it")
                workflow.set_current_details("Late: a second person was asked.")
                await workflow.wait_condition(lambda: self._answered)
        stands = await self._do(ReviewSteps.read_review, given.ref, "read the answer")
        if stands.state is ReviewState.reopened:
            await self._reopen(self._journey.model_copy(update={"reopened_by": stands.actor_id}))
        await self._steps.settle_tasks("human_review", actor_id=stands.actor_id)
        told = await self._do(ReviewSteps.write_reply, given.ref, "write to the candidate")
        await self._send(told.message_id)
        workflow.set_current_details("Answered.")
        await workflow.wait_condition(workflow.all_handlers_finished)
        return stands.state

    @workflow.update
    async def answered(self, said: ReviewAnswered) -> None:
        """Take note that the row holds an answer; saying it twice is saying it once."""
        self._answered = True

    @answered.validator
    def _is_this_one(self, said: ReviewAnswered) -> None:
        if said.review_id != self._given.review_id:
            raise ApplicationError("no_review", type="NotFound", non_retryable=True)

    async def _answered_before(self, until: datetime) -> bool:
        """Wait for an answer; tell whether it came in time, or stands in the row unheard."""
        try:
            await workflow.wait_condition(
                lambda: self._answered,
                timeout=max(until - workflow.now(), timedelta()),
                timeout_summary="a person answers",
            )
        except TimeoutError:
            stands = await self._do(ReviewSteps.read_review, self._given.ref, "look for an answer")
            return stands.state is not ReviewState.asked
        return True

    async def _reopen(self, journey: JourneyInput) -> None:
        """Start the journey's next run; it goes on when this review is over."""
        child = await workflow.start_child_workflow(
            CandidateJourney.run,
            journey,
            id=journey_id(journey.application_id),
            parent_close_policy=ParentClosePolicy.ABANDON,
            search_attributes=belongs(
                journey.org_id,
                journey.job_id,
                SearchAttributePair(STAGE, Stage.in_review.value),
                SearchAttributePair(WAITING_ON, WaitingOn.hiring_manager.value),
            ),
            static_summary="The journey of one application, reopened",
        )
        noted = NoteRun(
            org_id=journey.org_id,
            application_id=journey.application_id,
            run_id=child.first_execution_run_id or "",
        )
        await self._do(ReviewSteps.note_reopened, noted, "note the new run")

    async def _send(self, message_id: Any) -> None:
        """Send a mail; what does not leave, or may not have left, goes to a person."""
        if message_id is None:
            return
        try:
            delivery = await self._steps.send(message_id)
        except ActivityError:
            await self._steps.give_up_mail(message_id)
        else:
            if delivery is Delivery.sent or not workflow.patched("given-up"):
                return
        await self._steps.open_task("message_failed", key=str(message_id))

    async def _do(
        self, step: Callable[[Any, A], Coroutine[Any, Any, R]], arg: A, summary: str
    ) -> R:
        return await run_step(step, arg, self._given.policy, summary, retry=_AGAIN)
