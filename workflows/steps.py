"""The journey's activities, each as one typed call with its patience and its line of summary."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.decision import DecisionSteps
    from activities.interview import InterviewSteps
    from activities.notify import NotifySteps
    from activities.person import PersonSteps
    from activities.recording import RecordingSteps
    from activities.score import ScoreSteps
    from activities.screening import ScreeningSteps
    from activities.stage import StageSteps
    from activities.tasks import TaskSteps
    from activities.transcribe import TranscriptSteps
    from interloop.domain.appointment import RoundPlan
    from interloop.domain.journey import Decide, JourneyInput, Policy, RoundInput
    from interloop.domain.stage import Actor
    from interloop.domain.steps import (
        ApplicationRef,
        CloseRound,
        CommittedDecision,
        Criteria,
        Delivery,
        InterviewRef,
        JudgeCriterion,
        Judged,
        Move,
        OpenRound,
        OpenTask,
        PersonRequested,
        ReadDecision,
        RequestPerson,
        Screened,
        SendMessage,
        SettleTasks,
    )
    from workflows.outside import ask_outside

S = TypeVar("S")
A = TypeVar("A")
R = TypeVar("R")


def again(attempts: int = 0, *, first: timedelta = timedelta(milliseconds=200)) -> RetryPolicy:
    """Try again after `first`, then later and later, up to half a minute; 0: until it succeeds."""
    return RetryPolicy(
        initial_interval=first, maximum_interval=timedelta(seconds=30), maximum_attempts=attempts
    )


_AGAIN = again()


async def read_epoch(given: RoundInput) -> int:
    """Return the newest epoch of the round's interview."""
    ref = InterviewRef(org_id=given.org_id, interview_id=given.interview_id)
    return await run_step(InterviewSteps.read_epoch, ref, given.policy, "look up the newest epoch")


class Steps:
    """Every step of one journey; names no person."""

    def __init__(self, given: JourneyInput) -> None:
        self._given = given
        self._application = ApplicationRef(org_id=given.org_id, application_id=given.application_id)

    async def read_resume(self) -> Screened:
        """Read the resume's text and contact details."""
        return await self._try(ScreeningSteps.read_resume, self._application, "read the resume")

    async def rate_match(self) -> bool:
        """Hold the resume against the job; tell whether there was something to rate."""
        return await self._try(ScreeningSteps.rate_match, self._application, "rate the match")

    async def move(self, move: Move) -> None:
        """Write where the application stands."""
        await self._do(StageSteps.move_stage, move, f"stand at {move.there.value}")

    async def open_task(
        self,
        kind: str,
        *,
        key: str = "",
        due_at: datetime | None = None,
        assignee_id: UUID | None = None,
    ) -> None:
        """Put something before a person; nobody named is whoever opened the job."""
        task = OpenTask(**self._ids(), kind=kind, key=key, due_at=due_at, assignee_id=assignee_id)
        await self._do(TaskSteps.open_task, task, f"open the task {kind}")

    async def settle_tasks(self, *kinds: str, actor_id: UUID | None = None) -> None:
        """Mark open tasks as done; no kinds: all of them."""
        settle = SettleTasks(**self._ids(), kinds=kinds, actor_id=actor_id)
        await self._do(TaskSteps.settle_tasks, settle, "settle tasks")

    async def open_round(self, interview_id: UUID, *, until: datetime) -> RoundPlan | None:
        """Let the candidate into an interview until an instant; return what leads there.

        None is what journeys heard that began before there were times.
        """
        opening = OpenRound(
            org_id=self._given.org_id,
            interview_id=interview_id,
            open_until=until,
            now=workflow.now(),
        )
        return await self._do(InterviewSteps.open_round, opening, "open the interview")

    async def close_round(self, interview_id: UUID, *, finished: bool) -> None:
        """End an interview; no gateway writes to it afterwards."""
        closing = CloseRound(
            org_id=self._given.org_id, interview_id=interview_id, finished=finished
        )
        summary = "close the finished interview" if finished else "cancel the interview"
        await self._do(InterviewSteps.close_round, closing, summary)

    async def send(
        self,
        message_id: UUID,
        *,
        link_until: datetime | None = None,
        unless: Callable[[], bool] | None = None,
    ) -> Delivery:
        """Send one message of the outbox, for as long as the mail server may be away.

        Raises `ActivityError` when it cannot be sent, or something else matters before it left.
        """
        send = SendMessage(org_id=self._given.org_id, message_id=message_id, link_until=link_until)
        policy = self._given.policy
        return await ask_outside(NotifySteps.send_message, send, policy, "send a mail", unless)

    async def hold_back(self, message_id: UUID) -> None:
        """Give up a message that has not left."""
        send = SendMessage(org_id=self._given.org_id, message_id=message_id)
        await self._do(NotifySteps.hold_back, send, "hold a mail back")

    async def give_up_mail(self, message_id: UUID) -> None:
        """Say of a message that it is not tried any more, in journeys that know how."""
        if workflow.patched("given-up"):
            send = SendMessage(org_id=self._given.org_id, message_id=message_id)
            await self._do(NotifySteps.give_up, send, "give a mail up")

    async def read_decision(self, decide: Decide) -> CommittedDecision:
        """Return the committed row behind a decision; raises `ActivityError` when it is none."""
        return await self._do(
            DecisionSteps.read_decision, self._wanted(decide), "look up the decision"
        )

    async def mark_applied(self, decision: CommittedDecision) -> None:
        """Say on the row that the journey followed it."""
        wanted = ReadDecision(
            **self._ids(), decision_id=decision.decision_id, actor_id=decision.actor_id
        )
        await self._do(DecisionSteps.mark_applied, wanted, "apply the decision")

    async def request_person(self, *, due_at: datetime, by: Actor) -> PersonRequested:
        """Open the human interview; raises `ActivityError` when it cannot be opened."""
        request = RequestPerson(**self._ids(), due_at=due_at, by=by)
        return await self._try(PersonSteps.request_person, request, "open a human interview")

    async def finalise_recording(self, interview_id: UUID) -> bool:
        """Make the listening copy; raises `ActivityError` when it cannot be made."""
        ref = InterviewRef(org_id=self._given.org_id, interview_id=interview_id)
        return await self._try_long(
            RecordingSteps.finalise_recording, ref, "make the listening copy"
        )

    async def transcribe_answers(self, interview_id: UUID) -> int:
        """Hear the recorded answers once more; raises `ActivityError` when that fails."""
        ref = InterviewRef(org_id=self._given.org_id, interview_id=interview_id)
        return await self._try_long(
            TranscriptSteps.transcribe_answers, ref, "hear the recorded answers once more"
        )

    async def read_criteria(self, interview_id: UUID) -> Criteria:
        """Return the criteria to mark."""
        ref = InterviewRef(org_id=self._given.org_id, interview_id=interview_id)
        return await self._do(ScoreSteps.read_criteria, ref, "look up the criteria")

    async def judge(self, interview_id: UUID, criterion_id: str) -> Judged:
        """Suggest one mark; raises `ActivityError` when the judge gives none."""
        task, summary = self._judging(interview_id, criterion_id)
        return await self._try_long(ScoreSteps.judge_criterion, task, summary)

    async def judge_later(
        self, interview_id: UUID, criterion_id: str, unless: Callable[[], bool]
    ) -> Judged:
        """Suggest one mark, for as long as the judge may be away."""
        task, summary = self._judging(interview_id, criterion_id)
        policy = self._given.policy.model_copy(update={"step": self._given.policy.long_step})
        return await ask_outside(ScoreSteps.judge_criterion, task, policy, summary, unless)

    def _judging(self, interview_id: UUID, criterion_id: str) -> tuple[JudgeCriterion, str]:
        task = JudgeCriterion(
            org_id=self._given.org_id, interview_id=interview_id, criterion_id=criterion_id
        )
        return task, f"judge {criterion_id}"

    def _ids(self) -> dict[str, Any]:
        return self._application.model_dump()

    def _wanted(self, decide: Decide) -> ReadDecision:
        return ReadDecision(**self._ids(), decision_id=decide.decision_id, actor_id=decide.actor_id)

    async def _do(self, step: Callable[[S, A], Coroutine[Any, Any, R]], arg: A, summary: str) -> R:
        """Run a step that must succeed: it is tried until the database is back."""
        return await run_step(step, arg, self._given.policy, summary)

    async def _try(self, step: Callable[[S, A], Coroutine[Any, Any, R]], arg: A, summary: str) -> R:
        """Run a step that may fail for good: somebody outside is asked a few times."""
        policy = self._given.policy
        return await run_step(step, arg, policy, summary, retry=again(policy.attempts))

    async def _try_long(
        self, step: Callable[[S, A], Coroutine[Any, Any, R]], arg: A, summary: str
    ) -> R:
        """Run a step that may fail for good and may take minutes to do its work."""
        policy = self._given.policy.model_copy(update={"step": self._given.policy.long_step})
        return await run_step(step, arg, policy, summary, retry=again(policy.attempts))


async def run_step(
    step: Callable[[S, A], Coroutine[Any, Any, R]],
    arg: A,
    policy: Policy,
    summary: str,
    *,
    retry: RetryPolicy = _AGAIN,
) -> R:
    """Run a step; raises `ActivityError` when it is refused for good or `retry` ends."""
    return await workflow.execute_activity_method(
        step,
        arg,
        start_to_close_timeout=policy.step,
        heartbeat_timeout=policy.pulse,
        retry_policy=retry,
        summary=summary,
    )
