"""The time of an open round: chosen, proposed, moved, missed, given up.

Updates only take note; the story below acts on it, one thing at a time. What would be late is
left out, and what went wrong on our side is never held against anybody.
"""

from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from interloop.domain.appointment import (
        AppointmentState,
        Booked,
        RoundPlan,
        TimeMail,
        stayed_away,
    )
    from interloop.domain.job_policy import Way
    from interloop.domain.journey import (
        Book,
        FindAnother,
        GiveUpTime,
        NextStep,
        ProposeAgain,
    )
    from interloop.domain.schedule import may_choose
    from interloop.domain.stage import Actor, Stage, WaitingOn
    from workflows.steering import conflict, passed_on
    from workflows.time_letters import LATE, TimeLetters
    from workflows.times import Due, News, Times, What

_CHOOSABLE = frozenset({Stage.invited, Stage.scheduled, Stage.in_review})

_OURS = timedelta(minutes=2)
"""When we look later than this after the grace, we were away ourselves when they may have come."""


class Appointments(TimeLetters):
    """Follows the time of a round until it is held, or given up."""

    @workflow.update
    async def book(self, book: Book) -> None:
        """Take the time that is held; returns once it stands. The same hold twice is one time."""
        times = self._must_have_times(book.interview_id)
        free = book.actor_id is None and times.booked is not None
        times.handling += 1
        try:
            booked = await self._steps.book_time(book, free=free)
        except ActivityError as refused:
            raise passed_on(refused) from refused
        finally:
            times.handling -= 1
        times.take(booked, free=free, actor_id=book.actor_id)

    @book.validator
    def _may_book(self, book: Book) -> None:
        self._refuse_when_over()
        times = self._must_have_times(book.interview_id)
        booked = times.booked
        if booked is not None and booked.appointment_id == book.appointment_id:
            return
        if times.handling:
            raise conflict("time_changing")
        if book.actor_id is None:
            self._refuse_too_late(booked)
            if not may_choose(times.used, self._given.policy, booked=booked is not None):
                raise conflict("no_free_change")

    @workflow.update
    async def give_up_time(self, given_up: GiveUpTime) -> None:
        """Give up what is booked, or decline what is proposed."""
        times = self._must_have_times(given_up.interview_id)
        counted = given_up.actor_id is None and times.booked is not None
        await self._end_time(times, actor_id=given_up.actor_id, counted=counted)

    @give_up_time.validator
    def _may_give_up(self, given_up: GiveUpTime) -> None:
        self._refuse_when_over()
        times = self._must_have_times(given_up.interview_id)
        if times.handling:
            raise conflict("time_changing")
        if times.booked is None and times.proposed is None:
            raise conflict("nothing_booked")
        if given_up.actor_id is None:
            self._refuse_too_late(times.booked)

    @workflow.update
    async def find_another(self, another: FindAnother) -> None:
        """Move the time because its interviewer cannot come; it costs the candidate nothing.

        Where the system proposes times it finds one; elsewhere the candidate chooses anew.
        """
        times = self._must_have_times(another.interview_id)
        moved = None
        if times.plan.way is Way.system_proposes and times.booked is not None:
            times.handling += 1
            try:
                moved = await self._steps.move_time(times.booked)
            finally:
                times.handling -= 1
        if moved is not None:
            times.take(moved, free=False, actor_id=another.actor_id)
        else:
            await self._end_time(times, actor_id=another.actor_id, counted=False)

    @find_another.validator
    def _may_find_another(self, another: FindAnother) -> None:
        self._refuse_when_over()
        times = self._must_have_times(another.interview_id)
        if times.handling:
            raise conflict("time_changing")
        if times.booked is None:
            raise conflict("nothing_booked")

    @workflow.update
    async def propose_again(self, wish: ProposeAgain) -> None:
        """Look for a time now, also after some that did not suit; refused when there is none."""
        times = self._must_have_times(wish.interview_id)
        times.handling += 1
        try:
            found = await self._steps.propose_time(times.interview_id, by_person=True)
        finally:
            times.handling -= 1
        if found is None:
            raise conflict("no_time_found")
        # The story tells the candidate: the time that is put aside is the one it proposes.
        times.wants_proposal = True

    @propose_again.validator
    def _may_propose_again(self, wish: ProposeAgain) -> None:
        self._refuse_when_over()
        times = self._must_have_times(wish.interview_id)
        if times.plan.way is not Way.system_proposes:
            raise conflict("not_proposing")
        if times.handling or times.wants_proposal:
            raise conflict("time_changing")
        if times.booked is not None or times.proposed is not None:
            raise conflict("time_stands")

    @property
    def _has_time(self) -> bool:
        return self._times is not None and bool(self._times.news)

    def _open_times(
        self, interview_id: UUID, plan: RoundPlan | None, until: datetime
    ) -> Times | None:
        """Let a time be chosen for this round; None in journeys that knew of none."""
        self._times = None
        if plan is not None:
            grace = self._given.policy.grace
            self._times = Times(interview_id, plan, until=until, grace=grace)
        return self._times

    async def _close_times(self, *, quietly: bool = False) -> None:
        """Give back what a round still has booked or put aside, and tell the candidate.

        Nobody is told who left, who was decided about, or when the journey itself is stopped.
        """
        times, self._times = self._times, None
        if times is None:
            return
        await workflow.wait_condition(lambda: times.handling == 0)
        if times.booked is None and times.proposed is None:
            return
        await self._steps.end_time(times.interview_id, AppointmentState.cancelled)
        booked = times.give_up()
        if booked is None or quietly or self._withdrawn or self._decision is not None:
            return
        self._tell(times, News(TimeMail.cancelled_time, earlier=booked))

    async def _follow_times(self, times: Times) -> bool:
        """Follow the time of a round until it is held; tell whether it was finished."""
        while await self._time_comes(times):
            if times.with_person:
                finished = await self._hold_meeting(times)
                if not finished and not self._told:
                    await self._miss(times, by_word=True)
            else:
                await self._begin(times)
                finished = await self._hold_call(times.interview_id, times.until)
            if finished:
                return True
        return False

    async def _time_comes(self, times: Times) -> bool:
        """Wait for the candidate or for the time; do in between what is due. False: people spoke.

        Also False when the round ran out, which was put before a person then.
        """
        while not self._told and not self._joined:
            if times.news:
                await self._say_news(times, times.news.pop(0))
            elif times.wants_proposal:
                await self._propose(times)
            else:
                due = times.due()
                if await self._hear_before(times, due):
                    continue
                if due.what is What.starts:
                    return True
                if due.what is What.ends:
                    await self._expire()
                    return False
                await self._do_due(times, due)
        return not self._told

    async def _hear_before(self, times: Times, due: Due) -> bool:
        """Wait until something is heard or due; tell whether something was heard."""

        def heard() -> bool:
            return self._told or self._joined or bool(times.news) or times.wants_proposal

        try:
            await workflow.wait_condition(
                heard,
                timeout=max(due.at - workflow.now(), timedelta()),
                timeout_summary=due.what.value,
            )
        except TimeoutError:
            # A time that is being changed right now is not acted on as it was.
            await workflow.wait_condition(lambda: times.handling == 0)
        return heard() or times.due() != due

    async def _do_due(self, times: Times, due: Due) -> None:
        late = workflow.now() - due.at
        times.past(due, workflow.now())
        if due.what is What.missed:
            await self._miss(times, ours=late > _OURS)
        elif due.what is What.look_again:
            times.look_at, times.wants_proposal = None, True
        elif due.what is What.unanswered:
            await self._steps.end_time(times.interview_id, AppointmentState.cancelled)
            times.give_up()
        elif late <= LATE:
            self._tell(times, News(TimeMail.reminder, booked=times.booked))

    async def _begin(self, times: Times) -> None:
        """Note that the candidate came, to the time they chose or without one."""
        times.came = True
        if times.booked is not None or times.proposed is not None:
            await self._steps.end_time(times.interview_id, AppointmentState.kept)
            times.give_up()

    async def _propose(self, times: Times) -> None:
        """Put a time aside and propose it; when none fits, a person looks."""
        times.wants_proposal = False
        times.proposed = await self._steps.propose_time(times.interview_id)
        if times.proposed is None:
            await self._find_none(times)
            return
        await self._settle_search(times)
        self._tell(times, News(TimeMail.proposed_time))

    async def _find_none(self, times: Times) -> None:
        """Put it before a person, once, and look again later: calendars heal, hours change."""
        if not workflow.patched("propose-again") or times.in_vain(workflow.now()):
            await self._steps.open_task("no_time", key=str(workflow.uuid4()))

    async def _settle_search(self, times: Times) -> None:
        """Close the task of whoever was told that no time fits: one does."""
        if times.found():
            await self._steps.settle_tasks("no_time")

    async def _say_news(self, times: Times, news: News) -> None:
        """Tell the candidate what became of the time, and stand where that leads."""
        by = Actor.person if news.actor_id is not None else Actor.candidate
        if news.booked is not None:
            await self._settle_search(times)
            stage, step, due = Stage.scheduled, NextStep.attend, news.booked.starts_at
        else:
            stage, step, due = Stage.invited, times.first_step, times.until
        await self._stand(
            stage, WaitingOn.candidate, step, by=by, due_at=due, actor_id=news.actor_id
        )
        self._tell(times, news)

    async def _miss(self, times: Times, *, ours: bool = False, by_word: bool = False) -> None:
        """Nobody came to the time: a person is told, and another date is offered.

        It is counted only when nothing shows that the candidate tried, and we were there.
        """
        booked = times.booked
        if booked is None:
            return
        away = by_word or (not ours and await self._stayed_away(times, booked))
        state = AppointmentState.missed if away else AppointmentState.cancelled
        await self._steps.end_time(times.interview_id, state)
        times.give_up()
        times.used += away
        task = "no_show" if away else "technical_failure"
        await self._steps.open_task(task, key=str(booked.appointment_id))
        free = may_choose(times.used, self._given.policy, booked=False)
        if free:
            await self._open_longer(times)
            self._tell(times, News(TimeMail.missed_time, earlier=booked))
        await self._stand(
            Stage.invited,
            WaitingOn.candidate if free else WaitingOn.recruiter,
            times.first_step if free else NextStep.follow_up_no_show,
            due_at=times.until,
        )

    async def _stayed_away(self, times: Times, booked: Booked) -> bool:
        """Tell whether neither the journey nor the rows have seen the candidate try."""
        if not stayed_away(booked.starts_at, (times.tried_at,)):
            return False
        return await self._steps.candidate_stayed_away(booked)

    async def _open_longer(self, times: Times) -> None:
        """Leave time enough to choose another date."""
        until = workflow.now() + self._given.policy.invitation / 2
        times.until = max(times.until, until)
        plan = await self._steps.open_round(times.interview_id, until=times.until)
        times.nudges = list(plan.nudges) if plan is not None else []

    async def _end_time(self, times: Times, *, actor_id: UUID | None, counted: bool) -> None:
        times.handling += 1
        try:
            await self._steps.end_time(
                times.interview_id,
                AppointmentState.cancelled,
                actor_id=actor_id,
                counted=counted,
            )
        finally:
            times.handling -= 1
        times.used += counted
        booked = times.give_up()
        times.wants_proposal = times.plan.way is Way.system_proposes
        if booked is not None:
            times.news.append(News(TimeMail.cancelled_time, earlier=booked, actor_id=actor_id))

    def _must_have_times(self, interview_id: UUID) -> Times:
        """Return the times of this round; refuse where no time can be chosen now."""
        times = self._times
        open_now = self._inviting or (self._stage in _CHOOSABLE and self._meeting is None)
        if times is None or times.interview_id != interview_id or not open_now:
            raise conflict("not_open")
        return times

    def _refuse_too_late(self, booked: Booked | None) -> None:
        if booked is not None and booked.starts_at <= workflow.now():
            raise conflict("too_late")
