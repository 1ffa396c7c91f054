"""Finds applications whose journey was never started, and notes the run of those that were."""

from uuid import UUID

from sqlalchemy import select

from activities.errors import reaching_database
from activities.rows import must_get
from interloop.db.tables import Application, Job, Organization
from interloop.domain.base import Value
from interloop.domain.job_policy import JobPolicy
from interloop.domain.stage import Stage
from interloop.domain.steps import InterviewRef
from interloop.recording.healing import unhealed
from interloop.services import Services


class Lost(Value):
    """An application without a journey."""

    org_id: UUID
    application_id: UUID
    job_id: UUID
    policy: JobPolicy
    """What its job says of how long who waits."""


async def lost_applications(services: Services) -> list[Lost]:
    """Return every open application without a run id, of every organisation.

    Raises `Unavailable` while the database is away.
    """
    with reaching_database():
        return await _lost(services)


async def _lost(services: Services) -> list[Lost]:
    found: list[Lost] = []
    statement = (
        select(Application, Job)
        .join(Job, Job.id == Application.job_id)
        .where(Application.run_id.is_(None), Application.stage != Stage.closed)
    )
    for org_id in await organizations(services):
        async with services.db.read(org_id) as session:
            found += [
                Lost(org_id=org_id, application_id=row.id, job_id=job.id, policy=job.policy)
                for row, job in await session.execute(statement)
            ]
    return found


async def organizations(services: Services) -> list[UUID]:
    """Return every organisation of this installation."""
    async with services.db.look_up("sweep") as session:
        return list((await session.execute(select(Organization.id))).scalars())


async def unhealed_recordings(services: Services) -> list[InterviewRef]:
    """Return the interviews whose listening copy lacks pieces that came in late.

    Raises `Unavailable` while the database is away.
    """
    with reaching_database():
        return [
            InterviewRef(org_id=org_id, interview_id=interview_id)
            for org_id in await organizations(services)
            for interview_id in await unhealed(services, org_id)
        ]


async def note_run(services: Services, lost: Lost, run_id: str) -> None:
    """Write the run id on the row; idempotent by content."""
    async with services.db.session(lost.org_id) as session:
        row = await must_get(session, Application, lost.application_id)
        row.run_id = run_id
