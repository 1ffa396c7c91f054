"""Books, moves and ends the times of a journey, and looks whether somebody came."""

from uuid import UUID

from sqlalchemy import select
from temporalio import activity

from activities.rows import must_get
from interloop.db.tables import Interview, Scorecard
from interloop.db.trail import SYSTEM, Who
from interloop.domain.appointment import (
    Booked,
    BookTime,
    EndTime,
    FindTime,
    HasScorecard,
    LookForCandidate,
    Proposed,
    stayed_away,
)
from interloop.scheduling import booking, finding
from interloop.scheduling.calendars import taken_elsewhere
from interloop.scheduling.pool import Busy
from interloop.scheduling.rounds import round_of
from interloop.services import Services


class AppointmentSteps:
    """What a journey does about its times."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @activity.defn
    async def book_time(self, wanted: BookTime) -> Booked:
        """Make a hold the round's appointment, or move it there; idempotent by the hold's id.

        Raises `Gone` (`hold_expired`) for a hold that ran out or was given up.
        """
        async with self._services.db.session(wanted.org_id) as session:
            who = Who(kind="user", id=wanted.actor_id) if wanted.actor_id else None
            return await booking.book(
                session, wanted.appointment_id, who, now=wanted.now, free=wanted.free
            )

    @activity.defn
    async def propose_time(self, wanted: FindTime) -> Proposed | None:
        """Put the first time aside that fits; idempotent by the proposal that stands.

        Nobody is proposed over what their own calendar says, nor over one that does not answer.
        """
        busy = await self._taken_elsewhere(wanted)
        async with self._services.db.session(wanted.org_id) as session:
            about, anew = wanted.interview_id, wanted.by_person
            return await finding.propose(session, about, now=wanted.now, busy=busy, by_person=anew)

    @activity.defn
    async def move_time(self, wanted: FindTime) -> Booked | None:
        """Move the appointment away from its interviewer; idempotent by its sequence.

        Whoever takes over is free by their own calendar too.
        """
        busy = await self._taken_elsewhere(wanted)
        async with self._services.db.session(wanted.org_id) as session:
            return await finding.move(
                session,
                wanted.interview_id,
                now=wanted.now,
                sequence=wanted.sequence,
                busy=busy,
            )

    async def _taken_elsewhere(self, wanted: FindTime) -> Busy:
        """Return what the calendars of the round's interviewers say is taken."""
        async with self._services.db.read(wanted.org_id) as session:
            about = await round_of(session, wanted.interview_id)
        return await taken_elsewhere(self._services, about, about.choosable(wanted.now))

    @activity.defn
    async def end_time(self, ending: EndTime) -> UUID | None:
        """End what is booked or put aside, and return it; idempotent by its state."""
        now = self._services.clock.now()
        async with self._services.db.session(ending.org_id) as session:
            who = Who(kind="user", id=ending.actor_id) if ending.actor_id else None
            return await booking.end(
                session,
                ending.interview_id,
                ending.state,
                who if who or ending.counted else SYSTEM,
                now=now,
                counted=ending.counted,
            )

    @activity.defn
    async def candidate_stayed_away(self, look: LookForCandidate) -> bool:
        """Tell whether nothing shows that the candidate tried to come; changes nothing."""
        async with self._services.db.read(look.org_id) as session:
            row = await must_get(session, Interview, look.interview_id)
            return stayed_away(look.starts_at, (row.tried_at, row.joined_at))

    @activity.defn
    async def has_scorecard(self, asked: HasScorecard) -> bool:
        """Tell whether anybody handed in a scorecard of this interview; changes nothing."""
        async with self._services.db.read(asked.org_id) as session:
            statement = select(Scorecard.id).where(
                Scorecard.interview_id == asked.interview_id, Scorecard.submitted_at.is_not(None)
            )
            return (await session.execute(statement)).scalars().first() is not None
