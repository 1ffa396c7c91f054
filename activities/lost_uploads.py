"""Finds uploads whose reading has not begun, as when Temporal was away."""

from uuid import UUID

from sqlalchemy import select

from activities.errors import reaching_database
from activities.rows import must_get
from activities.sweep import organizations
from interloop.db.tables import BulkUpload, Job
from interloop.domain.base import Value
from interloop.domain.bulk import BulkState
from interloop.domain.job_policy import JobPolicy
from interloop.services import Services


class LostUpload(Value):
    """An upload that nobody reads, and what its job says of how long who waits."""

    org_id: UUID
    bulk_id: UUID
    job_id: UUID
    policy: JobPolicy


async def lost_uploads(services: Services) -> list[LostUpload]:
    """Return every upload nobody reads yet; `Unavailable` while the database is away."""
    statement = (
        select(BulkUpload.id, Job)
        .join(Job, Job.id == BulkUpload.job_id)
        .where(BulkUpload.run_id.is_(None), BulkUpload.state == BulkState.reading)
    )
    found: list[LostUpload] = []
    with reaching_database():
        for org_id in await organizations(services):
            async with services.db.read(org_id) as session:
                found += [
                    LostUpload(org_id=org_id, bulk_id=bulk_id, job_id=job.id, policy=job.policy)
                    for bulk_id, job in await session.execute(statement)
                ]
    return found


async def note_upload_run(services: Services, given: LostUpload) -> None:
    """Write on the row that somebody reads it; idempotent by content."""
    async with services.db.session(given.org_id) as session:
        row = await must_get(session, BulkUpload, given.bulk_id)
        row.run_id = "started"
