"""One round with the rows that say when it can be held."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    Appointment,
    Candidate,
    Interview,
    InterviewKind,
    InterviewState,
    Job,
)
from interloop.domain.appointment import TAKES_TIME, AppointmentState
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.schedule import window
from interloop.domain.stretches import Stretch
from interloop.domain.zones import zone_for

OVER = frozenset({InterviewState.finished, InterviewState.cancelled})


@dataclass(frozen=True)
class Round:
    """The rows behind one interview, and what its job says about times."""

    interview: Interview
    application: Application
    job: Job
    candidate: Candidate

    @property
    def policy(self) -> JobPolicy:
        """Return what the job says now."""
        return self.job.policy

    @property
    def with_person(self) -> bool:
        """Tell whether a person asks the questions, who must be free."""
        return self.interview.kind is InterviewKind.human

    @property
    def way(self) -> Way:
        """Return the way to this interview; with a person there is always a time."""
        way = self.policy.way
        return Way.slots if self.with_person and way is Way.any_time else way

    @property
    def zone(self) -> str:
        """Return the candidate's zone as far as it is known."""
        return zone_for(self.candidate.zone, self.candidate.place.country)

    def choosable(self, now: datetime, *, notice: bool = True) -> Stretch:
        """Return when a time may be chosen; the AI needs no notice, and staff give none."""
        found = window(self.policy, now)
        return found if notice and self.with_person else Stretch(now, found.end)


async def round_of(session: AsyncSession, interview_id: UUID, *, lock: bool = False) -> Round:
    """Return an interview with its rows; `lock` keeps others from booking for it meanwhile."""
    interview = await must_get(session, Interview, interview_id, lock=lock)
    application = await must_get(session, Application, interview.application_id)
    return Round(
        interview=interview,
        application=application,
        job=await must_get(session, Job, application.job_id),
        candidate=await must_get(session, Candidate, application.candidate_id),
    )


async def newest_round(session: AsyncSession, application_id: UUID) -> tuple[int, int]:
    """Return (round, attempt) of an application's newest interview; (1, 0) before the first."""
    statement = (
        select(Interview.round_no, Interview.attempt)
        .where(Interview.application_id == application_id)
        .order_by(Interview.round_no.desc(), Interview.attempt.desc())
    )
    row = (await session.execute(statement)).first()
    return (1, 0) if row is None else (row.round_no, row.attempt)


async def live_appointment(
    session: AsyncSession, interview_id: UUID, *states: AppointmentState
) -> Appointment | None:
    """Return the newest appointment of a round in one of these states (held or booked)."""
    statement = (
        select(Appointment)
        .where(
            Appointment.interview_id == interview_id, Appointment.state.in_(states or TAKES_TIME)
        )
        .order_by(Appointment.created_at.desc(), Appointment.id.desc())
    )
    return (await session.execute(statement)).scalars().first()


async def ended_appointment(session: AsyncSession, interview_id: UUID) -> Appointment | None:
    """Return the newest appointment of a round that was booked, and then missed or cancelled."""
    statement = (
        select(Appointment)
        .where(
            Appointment.interview_id == interview_id,
            Appointment.state.in_((AppointmentState.missed, AppointmentState.cancelled)),
            # Never a time that was only put aside.
            Appointment.hold_until.is_(None),
        )
        .order_by(Appointment.created_at.desc(), Appointment.id.desc())
    )
    return (await session.execute(statement)).scalars().first()


async def changes_used(session: AsyncSession, interview_id: UUID) -> int:
    """Return how many new dates the candidate has had: times moved, and times missed."""
    statement = select(Appointment.changes, Appointment.state).where(
        Appointment.interview_id == interview_id
    )
    return sum(
        row.changes + (row.state is AppointmentState.missed)
        for row in await session.execute(statement)
    )
