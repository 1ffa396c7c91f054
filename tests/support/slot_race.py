"""Many who want one time of one interviewer at once."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from interloop.db.tables import Appointment, Interview, InterviewKind, InterviewState
from interloop.db.trail import Who
from interloop.domain.appointment import TAKES_TIME
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.schedule import HOLD
from interloop.scheduling.booking import book
from interloop.scheduling.holding import Wish, hold
from interloop.scheduling.pool import offered, pool_of
from interloop.scheduling.rounds import round_of
from interloop.services import Services
from tests.api.conftest import make_org
from tests.api.world import Case, make_case
from tests.support.scheduling import BERLIN, make_pool


async def race(services: Services, picks: int, *, apart: bool = False) -> Counter[str]:
    """Let so many rounds pick the first time of one interviewer; count how each pick ended.

    `apart`: every other pick wants a time that only overlaps it.
    """
    case = await make_case(services, await make_org(services, "Race"))
    rounds = await _open_rounds(services, case, picks)
    at = await _first_time(services, case, rounds[0])
    late = timedelta(minutes=30) if apart else timedelta()
    picked = [
        _pick(services, case, each, at + (late if number % 2 else timedelta()))
        for number, each in enumerate(rounds)
    ]
    ends = Counter(await asyncio.gather(*picked))
    async with services.db.read(case.org.id) as session:
        statement = select(Appointment).where(Appointment.state.in_(TAKES_TIME))
        ends["rows"] = len((await session.execute(statement)).scalars().all())
    return ends


async def _pick(services: Services, case: Case, interview_id: UUID, at: datetime) -> str:
    """Pick as a page does: who hears that the database is away (503) asks again."""
    while True:
        try:
            return await _pick_once(services, case, interview_id, at)
        except OperationalError:
            continue


async def _pick_once(services: Services, case: Case, interview_id: UUID, at: datetime) -> str:
    now = services.clock.now()
    who = Who(kind="candidate", id=case.candidate_id)
    wish = Wish(interview_id=interview_id, starts_at=at, zone=BERLIN, hold_until=now + HOLD)
    try:
        async with services.db.session(case.org.id) as session:
            held = await hold(session, wish, who, now=now)
        async with services.db.session(case.org.id) as session:
            await book(session, held.id, who, now=now, free=False)
    except Conflict as refused:
        return refused.code
    return "booked"


async def _open_rounds(services: Services, case: Case, count: int) -> list[UUID]:
    async with services.db.session(case.org.id) as session:
        interviewer = case.members[Role.interviewer].id
        await make_pool(session, case.job_id, [interviewer], at=services.clock.now())
        first = await session.get_one(Interview, case.interview_id)
        rows = [
            Interview(
                id=new_id(),
                application_id=case.application_id,
                attempt=number + 2,
                kind=InterviewKind.human,
                state=InterviewState.ready,
                plan_version_id=first.plan_version_id,
                rubric_version_id=first.rubric_version_id,
                persona_version_id=first.persona_version_id,
                created_at=services.clock.now(),
            )
            for number in range(count)
        ]
        session.add_all(rows)
    return [row.id for row in rows]


async def _first_time(services: Services, case: Case, interview_id: UUID) -> datetime:
    now = services.clock.now()
    async with services.db.read(case.org.id) as session:
        about = await round_of(session, interview_id)
        pool = await pool_of(session, case.job_id, now=now)
        return next(iter(offered(about, pool, zone=BERLIN, within=about.choosable(now)))).start
