"""The activities about a journey's times, each as one typed call."""

from datetime import datetime
from uuid import UUID

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.appointments import AppointmentSteps
    from activities.time_mails import TimeMailSteps
    from interloop.domain.appointment import (
        AppointmentState,
        Booked,
        BookTime,
        EndTime,
        FindTime,
        HasScorecard,
        LookForCandidate,
        Proposed,
        WriteTimeMail,
    )
    from interloop.domain.journey import Book
    from workflows.steps import Steps


class TimeSteps(Steps):
    """Every step of one journey, with those about its times."""

    async def book_time(self, book: Book, *, free: bool) -> Booked:
        """Take a time that is held; raises `ActivityError` when it is held no more."""
        wanted = BookTime(
            org_id=self._given.org_id,
            appointment_id=book.appointment_id,
            now=workflow.now(),
            actor_id=book.actor_id,
            free=free,
        )
        return await self._do(AppointmentSteps.book_time, wanted, "book a time")

    async def propose_time(self, interview_id: UUID, *, by_person: bool = False) -> Proposed | None:
        """Put the first time aside that fits; None when there is none."""
        wanted = self._find(interview_id).model_copy(update={"by_person": by_person})
        return await self._do(AppointmentSteps.propose_time, wanted, "find a time to propose")

    async def move_time(self, booked: Booked) -> Booked | None:
        """Move an appointment away from its interviewer; None when nothing fits."""
        wanted = self._find(booked.interview_id, sequence=booked.sequence)
        return await self._do(AppointmentSteps.move_time, wanted, "find another time")

    async def end_time(
        self,
        interview_id: UUID,
        state: AppointmentState,
        *,
        actor_id: UUID | None = None,
        counted: bool = False,
    ) -> None:
        """End what is booked or put aside."""
        ending = EndTime(
            org_id=self._given.org_id,
            interview_id=interview_id,
            state=state,
            actor_id=actor_id,
            counted=counted,
        )
        await self._do(AppointmentSteps.end_time, ending, f"the time is {state.value}")

    async def candidate_stayed_away(self, booked: Booked) -> bool:
        """Tell whether nothing shows that the candidate tried to come."""
        look = LookForCandidate(
            org_id=self._given.org_id,
            interview_id=booked.interview_id,
            starts_at=booked.starts_at,
        )
        return await self._do(
            AppointmentSteps.candidate_stayed_away, look, "look whether the candidate tried"
        )

    async def has_scorecard(self, interview_id: UUID) -> bool:
        """Tell whether anybody handed in a scorecard of this interview."""
        asked = HasScorecard(org_id=self._given.org_id, interview_id=interview_id)
        return await self._do(AppointmentSteps.has_scorecard, asked, "look for a scorecard")

    async def write_time_mail(self, mail: WriteTimeMail) -> bool:
        """Write a mail about a time; False when the candidate cannot be written to."""
        return await self._try(TimeMailSteps.write_time_mail, mail, f"write {mail.mail.value}")

    def _find(self, interview_id: UUID, *, sequence: int = 0) -> FindTime:
        now: datetime = workflow.now()
        return FindTime(
            org_id=self._given.org_id, interview_id=interview_id, now=now, sequence=sequence
        )
