"""A round with a pool of interviewers that can be booked, laid down in the tables."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import (
    Application,
    Availability,
    Interview,
    InterviewKind,
    InterviewState,
    JobMember,
)
from interloop.domain.hours import Hours, WeeklyHours
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage

BERLIN = "Europe/Berlin"


def office_hours(zone: str = BERLIN, *, cap: int = 8) -> WeeklyHours:
    """Monday to Friday, nine to five."""
    week = tuple(Hours(weekday=day, start=time(9), end=time(17)) for day in range(5))
    return WeeklyHours(zone=zone, rules=week, daily_cap=cap)


async def make_pool(
    session: AsyncSession, job_id: UUID, users: Sequence[UUID], *, at: datetime
) -> None:
    """Let these members of the job be booked in office hours."""
    for user_id in users:
        session.add(Availability(id=new_id(), user_id=user_id, hours=office_hours(), created_at=at))
    await session.execute(
        update(JobMember)
        .where(JobMember.job_id == job_id, JobMember.user_id.in_(users))
        .values(interviews=True)
    )


async def open_human_round(
    session: AsyncSession, application_id: UUID, *, at: datetime
) -> Interview:
    """Add a round with a person, open to be given a time."""
    application = await session.get_one(Application, application_id)
    application.stage = Stage.invited
    newest = await session.scalars(
        select(Interview)
        .where(Interview.application_id == application_id)
        .order_by(Interview.round_no.desc())
    )
    before = newest.first()
    assert before is not None
    row = Interview(
        id=new_id(),
        application_id=application_id,
        round_no=before.round_no + 1,
        kind=InterviewKind.human,
        state=InterviewState.ready,
        plan_version_id=before.plan_version_id,
        rubric_version_id=before.rubric_version_id,
        persona_version_id=before.persona_version_id,
        created_at=at,
    )
    session.add(row)
    await session.flush()
    return row
