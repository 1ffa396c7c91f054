"""Finds uploads whose reading has not begun, as when Temporal was away."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from activities.rows import must_get
from activities.sweep import organizations
from interloop.db.tables import BulkUpload
from interloop.domain.bulk import BulkInput, BulkState
from interloop.domain.errors import Unavailable
from interloop.services import Services


async def lost_uploads(services: Services) -> list[BulkInput]:
    """Return every upload nobody reads yet; `Unavailable` while the database is away."""
    statement = select(BulkUpload).where(
        BulkUpload.run_id.is_(None), BulkUpload.state == BulkState.reading
    )
    found: list[BulkInput] = []
    try:
        for org_id in await organizations(services):
            async with services.db.read(org_id) as session:
                rows = (await session.execute(statement)).scalars()
                found += [BulkInput(org_id=org_id, bulk_id=r.id, job_id=r.job_id) for r in rows]
    except SQLAlchemyError:
        raise Unavailable("database is away", code="database_away") from None
    return found


async def note_upload_run(services: Services, given: BulkInput) -> None:
    """Write on the row that somebody reads it; idempotent by content."""
    async with services.db.session(given.org_id) as session:
        row = await must_get(session, BulkUpload, given.bulk_id)
        row.run_id = "started"
