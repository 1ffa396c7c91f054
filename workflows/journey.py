"""The way of one application from screening to its end. It decides and waits; steps act."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, ChildWorkflowError, is_cancelled_exception
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import JourneyInput, NextStep, RoundEnd
    from interloop.domain.stage import Actor, Outcome, Stage, WaitingOn
    from interloop.domain.steps import CommittedDecision, Delivery, Move, PersonRequested
    from interloop.domain.waiting import sentence
    from interloop.temporal.attributes import DUE_AT, OUTCOME, STAGE, WAITING_ON, belongs
    from workflows.ids import round_id
    from workflows.interview import InterviewRound
    from workflows.judging import Judging

_OUTCOMES = {"reject": Outcome.rejected, "hire": Outcome.hired}


@workflow.defn
class CandidateJourney(Judging):
    """One application; the only writer of its stage."""

    @workflow.init
    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)
        self._person_due: datetime | None = None

    @workflow.run
    async def run(self, given: JourneyInput) -> Outcome | None:
        """Screen; then follow what people say until the candidate leaves or a person decides."""
        await self._screen()
        while not self._closed:
            await self._hear_from_people()
            await self._hold_round()
            await self._hand_to_person()
            await self._say_goodbye()
            await self._follow_decision()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._outcome

    async def _screen(self) -> None:
        """Read the resume and rate the match; what is missing waits for a person."""
        if self._given.reopened_by is not None:
            await self._take_up_again(self._given.reopened_by)
            return
        try:
            screened = await self._steps.read_resume()
            readable, reachable = screened.readable, screened.reachable
            if readable:
                await self._steps.rate_match()
        except ActivityError:
            readable = reachable = False
        if not readable:
            await self._steps.open_task("unreadable_resume")
        self._reachable = self._reachable or reachable
        if not self._reachable:
            await self._steps.open_task("missing_email")
        await self._stand(Stage.screening, WaitingOn.recruiter, self._invite_step)

    async def _take_up_again(self, actor_id: UUID) -> None:
        """Stand in review once more: a person looked again at what was closed."""
        self._reachable = True
        due = workflow.now() + self._given.policy.review
        await self._stand(
            Stage.in_review,
            WaitingOn.hiring_manager,
            NextStep.decide,
            by=Actor.person,
            due_at=due,
            actor_id=actor_id,
        )

    async def _hear_from_people(self) -> None:
        """Wait for an invitation, a decision, a wish; an unkept promise of a person escalates."""
        while not self._told:
            if not await self._told_before(self._person_due):
                self._person_due = None
                await self._steps.open_task("human_interview", key="escalated")
            elif self._contact_news and self._stage is Stage.screening:
                await self._stand(Stage.screening, WaitingOn.recruiter, NextStep.invite)
            elif self._reworded is not None:
                await self._judge_again()
            elif self._owed is not None:
                await self._judge_later()
            self._contact_news = False

    async def _hold_round(self) -> None:
        """Invite, hold the interview, suggest marks; whatever people say cuts it short."""
        invitation, self._invitation = self._invitation, None
        if invitation is None:
            return
        until = workflow.now() + self._given.policy.invitation
        self._person_due = self._outcome = None
        self._inviting = True
        await self._steps.settle_tasks(
            "expired_invitation", "human_interview", actor_id=invitation.actor_id
        )
        await self._steps.open_round(invitation.interview_id, until=until)
        if not await self._send(invitation.message_id, link_until=until, unless=self._is_told):
            self._inviting = self._asked = False
            await self._steps.close_round(invitation.interview_id, finished=False)
            await self._stand(self._stage, WaitingOn.recruiter, NextStep.invite)
            return
        self._open = invitation.interview_id
        await self._stand(
            Stage.invited,
            WaitingOn.candidate,
            NextStep.joining,
            due_at=until,
            actor_id=invitation.actor_id,
        )
        self._inviting = False
        finished = await self._interview(invitation.interview_id, until)
        self._open = None
        await self._steps.close_round(invitation.interview_id, finished=finished)
        if finished:
            await self._score(invitation.interview_id)

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
            self._open = None
            await self._steps.open_task("expired_invitation", key=str(workflow.uuid4()))
            stage = Stage.invited if self._stage is Stage.invited else Stage.in_review
            await self._stand(stage, WaitingOn.recruiter, NextStep.follow_up_expired)
            return False
        return not self._told

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

    async def _score(self, interview_id: UUID) -> None:
        """Make the listening copy and suggest marks; what cannot be marked says so to a person."""
        await self._stand(Stage.scoring, WaitingOn.system, NextStep.score)
        try:
            await self._steps.finalise_recording(interview_id)
        except ActivityError:
            await self._steps.open_task("review", key="recording")
        await self._hear_once_more(interview_id)
        if not await self._suggest(interview_id):
            await self._steps.open_task("not_scored", key=str(interview_id))
        due = workflow.now() + self._given.policy.review
        await self._steps.open_task("review", key=str(interview_id), due_at=due)
        await self._stand(Stage.in_review, WaitingOn.hiring_manager, NextStep.decide, due_at=due)

    async def _hear_once_more(self, interview_id: UUID) -> None:
        """Take the words that are judged from the recording; else those of the call stand."""
        if not workflow.patched("hear-once-more"):
            return
        with suppress(ActivityError):
            await self._steps.transcribe_answers(interview_id)

    async def _hand_to_person(self) -> None:
        """Open the interview with a person that the candidate asked for, with a deadline."""
        if not self._asked or self._withdrawn:
            return
        self._asked = False
        due = workflow.now() + self._given.policy.human_interview
        await self._steps.open_task("human_interview", due_at=due)
        try:
            requested = await self._steps.request_person(due_at=due, by=self._asked_by)
        except ActivityError:
            requested = None
        mail_first = not workflow.patched("outage")
        if mail_first:
            await self._confirm(requested)
        self._person_due = due
        self._outcome = Outcome.human_interview
        await self._stand(
            Stage.in_review,
            WaitingOn.recruiter,
            NextStep.meet_person,
            by=self._asked_by,
            due_at=due,
        )
        if not mail_first:
            await self._confirm(requested)

    async def _confirm(self, requested: PersonRequested | None) -> None:
        if requested is not None and requested.message_id is not None:
            await self._send(requested.message_id, unless=self._is_told)

    async def _say_goodbye(self) -> None:
        """Close kindly when the candidate withdrew."""
        if not self._withdrawn:
            return
        self._decision = None
        await self._stand(Stage.decided, WaitingOn.system, NextStep.none, by=Actor.candidate)
        await self._steps.settle_tasks()
        self._outcome = Outcome.withdrawn
        await self._stand(Stage.closed, WaitingOn.system, NextStep.none, by=Actor.candidate)

    async def _follow_decision(self) -> None:
        """Do what a named person decided, and tell the candidate as it was previewed."""
        decision, self._decision = self._decision, None
        if decision is None:
            return
        self._person_due = None
        self._outcome = None
        await self._stand_decided(decision)
        await self._steps.mark_applied(decision)
        await self._steps.settle_tasks(actor_id=decision.actor_id)
        if decision.message_id is not None:
            await self._send(decision.message_id)
        self._decision_id = None
        self._outcome = _OUTCOMES.get(decision.kind)
        if self._outcome is not None:
            await self._stand(
                Stage.closed,
                WaitingOn.system,
                NextStep.none,
                by=Actor.person,
                actor_id=decision.actor_id,
            )

    async def _stand_decided(self, decision: CommittedDecision) -> None:
        await self._stand(
            Stage.decided,
            WaitingOn.recruiter,
            NextStep.invite,
            by=Actor.person,
            actor_id=decision.actor_id,
        )

    async def _send(
        self,
        message_id: UUID,
        *,
        link_until: datetime | None = None,
        unless: Callable[[], bool] | None = None,
    ) -> bool:
        """Send a mail; tell whether it may have arrived. What is unsure goes to a person."""
        try:
            delivery = await self._steps.send(message_id, link_until=link_until, unless=unless)
        except ActivityError as failed:
            if is_cancelled_exception(failed) and unless is not None and unless():
                await self._steps.hold_back(message_id)
                return False
            delivery = Delivery.failed
        if delivery is not Delivery.sent:
            await self._steps.open_task("message_failed", key=str(message_id))
        return delivery is not Delivery.failed

    async def _told_before(self, until: datetime | None) -> bool:
        """Wait until somebody says something, be it an address; tell whether that was in time."""
        left = None if until is None else max(until - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._told or self._contact_news or self._marks_wanted,
                timeout=left,
                timeout_summary="a person was promised",
            )
        except TimeoutError:
            return False
        return True

    @property
    def _invite_step(self) -> NextStep:
        return NextStep.invite if self._reachable else NextStep.give_contact

    async def _stand(  # noqa: PLR0913 - all that a row says of its standing
        self,
        stage: Stage,
        waiting_on: WaitingOn,
        step: NextStep,
        *,
        by: Actor = Actor.system,
        due_at: datetime | None = None,
        actor_id: UUID | None = None,
    ) -> None:
        """Write where the journey stands: the row, the search attributes, one sentence."""
        move = Move(
            org_id=self._given.org_id,
            application_id=self._given.application_id,
            there=stage,
            by=by,
            actor_id=actor_id,
            waiting_on=waiting_on,
            next_step=step,
            due_at=due_at,
            outcome=self._outcome,
        )
        await self._steps.move(move)
        self._stage = stage
        workflow.upsert_search_attributes(
            [
                STAGE.value_set(stage.value),
                WAITING_ON.value_set(waiting_on.value),
                DUE_AT.value_unset() if due_at is None else DUE_AT.value_set(due_at),
                OUTCOME.value_unset()
                if self._outcome is None
                else OUTCOME.value_set(self._outcome.value),
            ]
        )
        workflow.set_current_details(sentence(step, due_at))
