"""The meetings of a round with a person: held outside, told to us, marked by the same rubric."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError, ChildWorkflowError
from temporalio.workflow import ChildWorkflowHandle, ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from interloop.domain.appointment import AppointmentState
    from interloop.domain.journey import (
        JourneyInput,
        MeetingInput,
        NextStep,
        ReportMeeting,
        RoundEnd,
        ScorecardHandedIn,
    )
    from interloop.domain.stage import Stage, WaitingOn
    from interloop.temporal.attributes import belongs
    from workflows.calls import Calls
    from workflows.human_round import HumanRound
    from workflows.ids import round_id
    from workflows.steering import conflict
    from workflows.times import Times


class Meetings(Calls):
    """Holds a meeting and hears how it went."""

    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)
        self._meeting: ChildWorkflowHandle[HumanRound, RoundEnd] | None = None
        self._report: ReportMeeting | None = None

    @workflow.update
    async def report_meeting(self, report: ReportMeeting) -> None:
        """Hear how a meeting went; the first word counts."""
        if self._report is None and self._meeting is not None:
            self._report = report
            word = HumanRound.came if report.came else HumanRound.missed
            await self._meeting.signal(word)

    @report_meeting.validator
    def _may_report(self, report: ReportMeeting) -> None:
        self._refuse_when_over()
        if self._report is not None and self._report.came == report.came:
            return
        times = self._times
        if self._meeting is None or times is None or times.interview_id != report.interview_id:
            raise conflict("no_meeting")
        if self._report is not None:
            raise conflict("reported_already")

    @workflow.update
    async def scorecard_handed_in(self, card: ScorecardHandedIn) -> None:
        """Hear that a scorecard is there; without a meeting that waits for it nothing happens."""
        times = self._times
        if self._meeting is None or times is None or times.interview_id != card.interview_id:
            return
        try:
            await self._meeting.signal(HumanRound.scorecard)
        except ApplicationError:
            # It ended a moment ago, for another reason.
            return

    async def _hold_meeting(self, times: Times) -> bool:
        """Wait for the interviewer's word and a scorecard; tell whether the candidate came."""
        booked = times.booked
        if booked is None:
            return False
        self._report = None
        meeting = self._meeting = await workflow.start_child_workflow(
            HumanRound.run,
            MeetingInput(
                journey=self._given,
                interview_id=times.interview_id,
                interviewer_id=booked.interviewer_id,
                ends_at=booked.ends_at,
            ),
            id=round_id(times.interview_id),
            # Nobody waits for a word on a meeting whose journey is over.
            parent_close_policy=ParentClosePolicy.REQUEST_CANCEL,
            static_summary="One meeting with a person",
            search_attributes=belongs(self._given.org_id, self._given.job_id),
        )
        await self._stand(
            Stage.interviewing,
            WaitingOn.hiring_manager,
            NextStep.meeting,
            due_at=booked.ends_at,
        )
        await workflow.wait_condition(
            lambda: meeting.done() or self._told or self._report is not None
        )
        came = await self._note_report(times)
        await workflow.wait_condition(lambda: meeting.done() or self._told)
        if not meeting.done():
            meeting.cancel()
        try:
            await meeting
        except (ChildWorkflowError, asyncio.CancelledError):
            return came
        finally:
            self._meeting = None
        return came

    async def _note_report(self, times: Times) -> bool:
        """Write down that the meeting took place; tell whether it did."""
        if self._report is None or not self._report.came:
            return False
        times.give_up()
        times.came = True
        actor_id = self._report.actor_id
        await self._steps.end_time(times.interview_id, AppointmentState.kept, actor_id=actor_id)
        await self._steps.close_round(times.interview_id, finished=True)
        due = workflow.now() + self._given.policy.scorecard
        await self._stand(Stage.scoring, WaitingOn.hiring_manager, NextStep.scorecard, due_at=due)
        return True
