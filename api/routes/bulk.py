"""Many resumes in one archive: taken apart here, read by a workflow, one step a file."""

import asyncio
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy import select

from api.access import Routes
from api.archive import Unpacked, open_archive, unpacked
from api.bulk import bulk_out, commit_bulk
from api.callers import StaffDep
from api.context import Context, Ctx
from api.shapes.bulk import BulkUploadOut
from interloop.db.rows import seal_column
from interloop.db.tables import BulkItem, BulkUpload
from interloop.db.trail import audit
from interloop.domain.bulk import MAX_ARCHIVE, BulkKind, BulkState, ItemState
from interloop.domain.errors import TooLarge
from interloop.domain.ids import new_id
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass, place_of

routes = Routes("applications")

_SHOWN = 3


@routes.post("/jobs/{job_id}/uploads", Permission.add_application, status_code=202)
async def upload_resumes(
    context: Ctx, staff: StaffDep, job_id: UUID, archive: UploadFile
) -> BulkUploadOut:
    """Add many people by a zip of their resumes; each file has its own outcome.

    422 when it is no zip, or holds nothing, or more than 500 files; 413 beyond 200 MB.
    """
    if archive.size is not None and archive.size > MAX_ARCHIVE:
        raise TooLarge("an archive may have 200 MB", code="too_large")
    opened = await asyncio.to_thread(open_archive, archive.file)
    bulk = BulkUpload(
        id=new_id(),
        org_id=staff.org_id,
        job_id=job_id,
        started_by=staff.id,
        kind=BulkKind.resumes,
        state=BulkState.reading,
        created_at=context.services.clock.now(),
    )
    box = await context.services.keys.box(staff.org_id, bulk.id, KeyClass.identity)
    files = unpacked(opened)
    items: list[BulkItem] = []
    while (file := await asyncio.to_thread(next, files, None)) is not None:
        items.append(await _keep(context, bulk, box, file, seq=len(items) + 1))
    given = await commit_bulk(context, staff, bulk, items)
    await context.journeys.start_bulk(given)
    async with context.services.db.read(staff.org_id) as session:
        return await bulk_out(context, session, bulk)


@routes.get("/jobs/{job_id}/uploads", Permission.add_application)
async def list_uploads(context: Ctx, staff: StaffDep, job_id: UUID) -> list[BulkUploadOut]:
    """Return the newest uploads of a job with what became of each file."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, "people.listed", at=now, about=("job", job_id))
    # Opening hundreds of names takes its time: whoever takes people in must not wait for it.
    async with context.services.db.read(staff.org_id) as session:
        statement = (
            select(BulkUpload)
            .where(BulkUpload.job_id == job_id)
            .order_by(BulkUpload.created_at.desc(), BulkUpload.id.desc())
            .limit(_SHOWN)
        )
        rows = (await session.execute(statement)).scalars().all()
        return [await bulk_out(context, session, row) for row in rows]


async def _keep(
    context: Context, bulk: BulkUpload, box: Box, file: Unpacked, *, seq: int
) -> BulkItem:
    """Seal one file away until it is read; a refused one leaves its name and the reason only."""
    item = BulkItem(
        id=new_id(),
        org_id=bulk.org_id,
        bulk_id=bulk.id,
        seq=seq,
        state=ItemState.refused if file.code else ItemState.waiting,
        code=file.code,
        created_at=bulk.created_at,
    )
    seal_column(box, item, "name_sealed", file.name[:300])
    if file.code is None:
        item.object_key = f"bulk/{bulk.org_id}/{bulk.id}/{item.id}"
        sealed = box.seal(file.data, place=place_of("bulk_item", "object", item.id))
        await context.services.storage.put(item.object_key, sealed)
    return item
