"""The calls of a round with the AI: each time the candidate comes, until it is finished."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ChildWorkflowError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import NextStep, RoundEnd
    from interloop.domain.stage import Stage, WaitingOn
    from interloop.temporal.attributes import belongs
    from workflows.ids import round_id
    from workflows.interview import InterviewRound
    from workflows.standing import Standing


class Calls(Standing):
    """Lets the candidate in and holds the call."""

    async def _interview(self, interview_id: UUID, until: datetime) -> bool:
        """Hold the call as often as the candidate comes; tell whether it was finished."""
        while await self._candidate_comes(until):
            if await self._hold_call(interview_id, until):
                return True
        return False

    async def _candidate_comes(self, until: datetime) -> bool:
        """Wait for the candidate; when time runs out a person is told, and nobody is closed."""
        try:
            await workflow.wait_condition(
                lambda: self._joined or self._told,
                timeout=max(until - workflow.now(), timedelta()),
                timeout_summary="the invitation ends",
            )
        except TimeoutError:
            await self._expire()
            return False
        return not self._told

    async def _expire(self) -> None:
        """Put the unused invitation before a person."""
        self._open = None
        await self._steps.open_task("expired_invitation", key=str(workflow.uuid4()))
        stage = Stage.invited if self._stage is Stage.invited else Stage.in_review
        await self._stand(stage, WaitingOn.recruiter, NextStep.follow_up_expired)

    async def _hold_call(self, interview_id: UUID, until: datetime) -> bool:
        """Run the round until it ends or people say otherwise; a broken one waits for a join."""
        self._joined = False
        call = self._round = await workflow.start_child_workflow(
            InterviewRound.run,
            self._round_input(interview_id, (until - workflow.now()).total_seconds()),
            id=round_id(interview_id),
            parent_close_policy=ParentClosePolicy.REQUEST_CANCEL,
            static_summary="One round of interview",
            search_attributes=belongs(self._given.org_id, self._given.job_id),
        )
        await self._stand(Stage.interviewing, WaitingOn.candidate, NextStep.interview, due_at=until)
        await workflow.wait_condition(lambda: call.done() or self._told)
        if not call.done():
            call.cancel()
        try:
            end = await call
        except (ChildWorkflowError, asyncio.CancelledError):
            return False
        finally:
            self._round = None
        self._joined = False
        if end is RoundEnd.stopped:
            # Whom we interrupt we offer a person, as if they had asked for one.
            self._asked = self._broken_off = True
        return end is RoundEnd.finished
