"""Times of a journey in a test: a pool to meet, holds, bookings, and time that is skipped."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import (
    Appointment,
    Interview,
    InterviewKind,
    Job,
    JobMember,
    Message,
    MessageState,
    User,
)
from interloop.db.trail import Who
from interloop.domain.appointment import AppointmentState
from interloop.domain.ids import new_id
from interloop.domain.job_policy import JobPolicy
from interloop.domain.journey import (
    Book,
    FindAnother,
    GiveUpTime,
    Invite,
    Policy,
    ProposeAgain,
    ReportMeeting,
    ScorecardHandedIn,
)
from interloop.domain.roles import Role
from interloop.domain.schedule import HOLD
from interloop.domain.stage import Stage
from interloop.scheduling.holding import Wish, hold
from interloop.scheduling.pool import offered, pool_of
from interloop.scheduling.rounds import round_of
from interloop.services import Services
from tests.journeys.world import Journey, World, until, working, world
from tests.support.clock import FollowingClock
from tests.support.databases import DatabaseUrls
from tests.support.scheduling import BERLIN, make_pool
from workflows.ids import round_id
from workflows.journey import CandidateJourney
from workflows.steer import steer


@dataclass
class Timed:
    """A world whose time a test moves."""

    here: World
    env: WorkflowEnvironment | None
    """None: the time passes as it does."""
    clock: FollowingClock
    interviewer_ids: tuple[UUID, ...] = ()
    interview_id: UUID = field(default_factory=new_id)

    @property
    def journey(self) -> Journey:
        return self.here.journey

    async def skip(self, time: timedelta) -> None:
        assert self.env is not None
        await self.clock.skip(self.env, self.journey, time)

    async def skip_to(self, at: datetime) -> None:
        assert self.env is not None
        await self.clock.skip_to(self.env, self.journey, at)

    async def meeting_begins(self, at: datetime) -> None:
        """Let the journey live until its meeting is on; from then on its round has the time.

        The last second passes as it does: a round that starts while its journey's time is moved
        would have its own time moved for ever.
        """
        await self.skip_to(at - timedelta(seconds=1))
        await self.here.stands_at(Stage.interviewing, "meeting")

    async def skip_meeting(self, time: timedelta) -> None:
        """Let the round live through this much time; the journey waits for it and has its own."""
        assert self.env is not None
        held = self.here.client.get_workflow_handle(round_id(self.interview_id))
        await self.clock.skip(self.env, held, time)

    async def invited(self, policy: JobPolicy | None = None, *, person: bool = False) -> UUID:
        """Start the journey under the policy and invite; return the interview."""
        policy = policy or JobPolicy()
        async with self.here.services.db.session(self.here.org_id) as session:
            (await session.get_one(Job, self.here.job_id)).policy = policy
        self.here.policy = Policy(**policy.model_dump(), heartbeat=timedelta(seconds=1))
        await self.here.start()
        await self.here.stands_at(Stage.screening, "invite")
        return await self.invite(person=person)

    async def invite(self, *, person: bool = False) -> UUID:
        """Invite to a round; return its interview."""
        invite = await self.here.invitation()
        if person:
            async with self.here.services.db.session(self.here.org_id) as session:
                row = await session.get_one(Interview, invite.interview_id)
                row.kind = InterviewKind.human
            invite = Invite(**invite.model_dump() | {"with_person": True})
        await steer(self.here.client, self.here.application_id, CandidateJourney.invite, invite)
        await self.here.stands_at(Stage.invited)
        self.interview_id = invite.interview_id
        return invite.interview_id

    async def first_time(self, *, after: timedelta = timedelta()) -> datetime:
        """Return the first time that is offered after a while."""
        now = self.clock.now()
        async with self.here.services.db.read(self.here.org_id) as session:
            about = await round_of(session, self.interview_id)
            pool = await pool_of(session, self.here.job_id, now=now)
            times = offered(about, pool, zone=BERLIN, within=about.choosable(now))
        return next(slot.start for slot in times if slot.start > now + after)

    async def hold(self, at: datetime, *, by_staff: bool = False, whom: UUID | None = None) -> UUID:
        """Put a time aside, as a route does."""
        now = self.clock.now()
        wish = Wish(
            interview_id=self.interview_id,
            starts_at=at,
            zone=BERLIN,
            hold_until=now + HOLD,
            by_staff=by_staff,
            proposed=by_staff,
            interviewer_id=whom,
        )
        async with self.here.services.db.session(self.here.org_id) as session:
            who = Who(kind="candidate", id=self.here.candidate_id)
            return (await hold(session, wish, who, now=now)).id

    async def book(self, at: datetime, *, by_staff: bool = False) -> UUID:
        """Take a time: put it aside and confirm it; return the hold's id."""
        held = await self.hold(at, by_staff=by_staff)
        await self.confirm(held, by_staff=by_staff)
        return held

    async def confirm(self, held: UUID, *, by_staff: bool = False) -> None:
        book = Book(
            org_id=self.here.org_id,
            interview_id=self.interview_id,
            appointment_id=held,
            actor_id=self.here.user_id if by_staff else None,
        )
        await steer(self.here.client, self.here.application_id, CandidateJourney.book, book)

    async def give_up(self, *, by_staff: bool = False) -> None:
        given_up = GiveUpTime(
            org_id=self.here.org_id,
            interview_id=self.interview_id,
            actor_id=self.here.user_id if by_staff else None,
        )
        about = self.here.application_id
        await steer(self.here.client, about, CandidateJourney.give_up_time, given_up)

    async def find_another(self) -> None:
        another = FindAnother(
            org_id=self.here.org_id, interview_id=self.interview_id, actor_id=self.here.user_id
        )
        about = self.here.application_id
        await steer(self.here.client, about, CandidateJourney.find_another, another)

    async def propose_again(self) -> None:
        wish = ProposeAgain(
            org_id=self.here.org_id, interview_id=self.interview_id, actor_id=self.here.user_id
        )
        about = self.here.application_id
        await steer(self.here.client, about, CandidateJourney.propose_again, wish)

    async def report(self, *, came: bool) -> None:
        report = ReportMeeting(
            org_id=self.here.org_id,
            interview_id=self.interview_id,
            came=came,
            actor_id=self.here.user_id,
        )
        about = self.here.application_id
        await steer(self.here.client, about, CandidateJourney.report_meeting, report)

    async def scorecard(self) -> None:
        card = ScorecardHandedIn(org_id=self.here.org_id, interview_id=self.interview_id)
        about = self.here.application_id
        await steer(self.here.client, about, CandidateJourney.scorecard_handed_in, card)

    async def appointments(self) -> list[Appointment]:
        """Return the appointments that were ever booked, oldest first."""
        async with self.here.services.db.read(self.here.org_id) as session:
            statement = (
                select(Appointment)
                .where(Appointment.hold_until.is_(None))
                .order_by(Appointment.created_at, Appointment.id)
            )
            return list((await session.execute(statement)).scalars())

    async def states(self) -> list[AppointmentState]:
        return [row.state for row in await self.appointments()]

    async def mailed(self, *kinds: str) -> None:
        """Wait until exactly these mails were sent; each must be the next."""
        seen: list[str] = []

        async def sent() -> bool:
            seen[:] = await self.mails()
            return len(seen) >= len(kinds)

        await until(sent)
        assert seen == list(kinds)

    async def mailed_last(self, kind: str) -> None:
        """Wait until the newest mail is of this kind."""

        async def sent() -> bool:
            return (await self.mails())[-1] == kind

        await until(sent)

    async def mails(self) -> list[str]:
        """Return the kinds of the mails that were sent, oldest first."""
        async with self.here.services.db.read(self.here.org_id) as session:
            statement = (
                select(Message.kind)
                .where(Message.state == MessageState.sent)
                .order_by(Message.created_at, Message.id)
            )
            return [kind.value for kind in (await session.execute(statement)).scalars()]


@asynccontextmanager
async def timed(
    env: WorkflowEnvironment,
    urls: DatabaseUrls,
    changed: Callable[[Services], Services] = lambda services: services,
) -> AsyncIterator[Timed]:
    """Open a settled world with a pool of two interviewers, whose time a test moves.

    `changed` puts other parties outside the building.
    """
    clock = FollowingClock()
    async with world(env, urls) as here:
        here.services = changed(replace(here.services, clock=clock))
        here.gateway = type(here.gateway)(here.services)
        await here.settle()
        road = await with_pool(here, env, clock)
        async with working(here):
            yield road


async def with_pool(here: World, env: WorkflowEnvironment | None, clock: FollowingClock) -> Timed:
    """Give the settled world's job a pool of two interviewers."""
    ids = (new_id(), new_id())
    for user_id in ids:
        await here.add(_interviewer(user_id), _member(here, user_id))
    async with here.services.db.session(here.org_id) as session:
        await make_pool(session, here.job_id, ids, at=clock.now())
    return Timed(here, env, clock, interviewer_ids=ids)


def _interviewer(user_id: UUID) -> User:
    return User(
        id=user_id,
        email=f"{user_id}@larkfield.example",
        name="Otto Panel",
        role=Role.interviewer,
        password_hash="x",
    )


def _member(here: World, user_id: UUID) -> JobMember:
    return JobMember(id=new_id(), job_id=here.job_id, user_id=user_id, role=Role.interviewer)
