"""The way of one application from screening to its end. It decides and waits; steps act."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from interloop.domain.appointment import RoundPlan
    from interloop.domain.job_policy import Way
    from interloop.domain.journey import JourneyInput, NextStep
    from interloop.domain.stage import Actor, Outcome, Stage, WaitingOn
    from interloop.domain.steps import CommittedDecision, PersonRequested
    from workflows.appointments import Appointments
    from workflows.judging import Judging
    from workflows.times import Times

_OUTCOMES = {"reject": Outcome.rejected, "hire": Outcome.hired}

_ANSWERED = ("expired_invitation", "human_interview", "no_show", "technical_failure", "no_time")
"""Tasks that a new invitation is the answer to."""

_WITH_PERSON = RoundPlan(way=Way.slots, with_person=True)


@workflow.defn
class CandidateJourney(Appointments, Judging):
    """One application; the only writer of its stage."""

    @workflow.init
    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)
        self._person_due: datetime | None = None

    @workflow.run
    async def run(self, given: JourneyInput) -> Outcome | None:
        """Screen; then follow what people say until the candidate leaves or a person decides."""
        try:
            await self._screen()
            while not self._closed:
                await self._hear_from_people()
                await self._hold_round()
                await self._meet_after_all()
                await self._hand_to_person()
                await self._say_goodbye()
                await self._follow_decision()
        except asyncio.CancelledError:
            await self._close_times(quietly=True)
            raise
        await workflow.wait_condition(lambda: workflow.all_handlers_finished() and self._all_told)
        return self._outcome

    async def _screen(self) -> None:
        """Read the resume and rate the match; what is missing waits for a person."""
        if self._given.reopened_by is not None:
            await self._take_up_again(self._given.reopened_by)
            return
        without = False
        try:
            screened = await self._steps.read_resume()
            readable, reachable = screened.readable, screened.reachable
            without = screened.without_resume
            if readable:
                await self._steps.rate_match()
        except ActivityError:
            readable = reachable = False
        if not readable and not without:
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
        while not self._told and not self._has_time:
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
        await self._close_times()
        await self._steps.settle_tasks(*_ANSWERED, actor_id=invitation.actor_id)
        plan = await self._steps.open_round(invitation.interview_id, until=until)
        times = self._open_times(invitation.interview_id, plan, until)
        if not await self._send(invitation.message_id, link_until=until, unless=self._is_told):
            self._inviting = self._asked = False
            await self._close_times(quietly=True)
            await self._steps.close_round(invitation.interview_id, finished=False)
            await self._stand(self._stage, WaitingOn.recruiter, NextStep.invite)
            return
        self._open = None if invitation.with_person else invitation.interview_id
        await self._stand(
            Stage.invited,
            WaitingOn.candidate,
            NextStep.joining if times is None else times.first_step,
            due_at=until,
            actor_id=invitation.actor_id,
        )
        self._inviting = False
        if times is None:
            finished = await self._interview(invitation.interview_id, until)
        else:
            finished = await self._follow_times(times)
        await self._end_round(invitation.interview_id, times, finished=finished)

    async def _end_round(self, interview_id: UUID, times: Times | None, *, finished: bool) -> None:
        """Close the round and what is left of its time; a finished one is marked."""
        self._open = None
        await self._close_times()
        await self._steps.close_round(interview_id, finished=finished)
        if not finished:
            return
        if times is None or not times.with_person:
            await self._score(interview_id)
        elif not self._told:
            await self._ask_for_review(interview_id)

    async def _meet_after_all(self) -> None:
        """Hold the meeting that somebody found a time for, with the person that was asked for."""
        times = self._times
        if times is None or self._told or not times.news:
            return
        self._person_due = None
        await self._steps.settle_tasks("human_interview")
        finished = await self._follow_times(times)
        await self._end_round(times.interview_id, times, finished=finished)

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
        await self._ask_for_review(interview_id)

    async def _ask_for_review(self, interview_id: UUID) -> None:
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
        await self._close_times()
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
        if requested is not None and requested.interview_id is not None:
            self._open_times(requested.interview_id, _WITH_PERSON, due)
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
        await self._close_times()
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
        await self._close_times()
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

    async def _told_before(self, until: datetime | None) -> bool:
        """Wait until somebody says something, be it an address; tell whether that was in time."""
        left = None if until is None else max(until - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._told or self._has_time or self._contact_news or self._marks_wanted,
                timeout=left,
                timeout_summary="a person was promised",
            )
        except TimeoutError:
            return False
        return True

    @property
    def _invite_step(self) -> NextStep:
        return NextStep.invite if self._reachable else NextStep.give_contact
