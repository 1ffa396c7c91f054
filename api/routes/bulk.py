"""Many resumes in one archive: taken apart here, read by a workflow, one step a file."""

import asyncio
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.archive import Unpacked, open_archive, unpacked
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import candidate_ref, user_refs
from api.shapes.bulk import BulkItemOut, BulkUploadOut
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import Application, BulkItem, BulkUpload, Candidate, Job
from interloop.db.trail import audit, changed
from interloop.domain.bulk import MAX_ARCHIVE, BulkInput, BulkState, ItemState
from interloop.domain.errors import TooLarge
from interloop.domain.ids import new_id
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass, place_of
from workflows.start import policy_of

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
        state=BulkState.reading,
        created_at=context.services.clock.now(),
    )
    box = await context.services.keys.box(staff.org_id, bulk.id, KeyClass.identity)
    files = unpacked(opened)
    items: list[BulkItem] = []
    while (file := await asyncio.to_thread(next, files, None)) is not None:
        items.append(await _keep(context, bulk, box, file, seq=len(items) + 1))
    given = await _commit(context, staff, bulk, items)
    await context.journeys.start_bulk(given)
    async with context.services.db.read(staff.org_id) as session:
        return await _out(context, session, bulk)


@routes.get("/jobs/{job_id}/uploads", Permission.add_application)
async def list_uploads(context: Ctx, staff: StaffDep, job_id: UUID) -> list[BulkUploadOut]:
    """Return the newest uploads of a job with what became of each file."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, "people.listed", at=now, about=("job", job_id))
        statement = (
            select(BulkUpload)
            .where(BulkUpload.job_id == job_id)
            .order_by(BulkUpload.created_at.desc(), BulkUpload.id.desc())
            .limit(_SHOWN)
        )
        rows = (await session.execute(statement)).scalars().all()
        return [await _out(context, session, row) for row in rows]


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


async def _commit(
    context: Context, staff: Staff, bulk: BulkUpload, items: list[BulkItem]
) -> BulkInput:
    async with context.services.db.session(staff.org_id) as session:
        job = await must_get(session, Job, bulk.job_id)
        session.add(bulk)
        await session.flush()
        session.add_all(items)
        about, details = ("bulk_upload", bulk.id), {"files": str(len(items))}
        at = bulk.created_at
        await audit(session, staff.who, "bulk.uploaded", at=at, about=about, details=details)
        await changed(session, "bulk_upload", bulk.id, at=at, job_id=bulk.job_id)
        policy = policy_of(context.services.settings, job.policy)
    return BulkInput(org_id=bulk.org_id, bulk_id=bulk.id, job_id=bulk.job_id, policy=policy)


async def _out(context: Context, session: AsyncSession, bulk: BulkUpload) -> BulkUploadOut:
    box = await context.services.keys.box(bulk.org_id, bulk.id, KeyClass.identity)
    statement = (
        select(BulkItem, Candidate)
        .join(Application, Application.id == BulkItem.application_id, isouter=True)
        .join(Candidate, Candidate.id == Application.candidate_id, isouter=True)
        .where(BulkItem.bulk_id == bulk.id)
        .order_by(BulkItem.seq)
    )
    found = (await session.execute(statement)).all()
    items = tuple([await _item(context, box, item, candidate) for item, candidate in found])
    people = await user_refs(session, (bulk.started_by,))
    return BulkUploadOut(
        id=bulk.id,
        state=bulk.state,
        started_by=people[bulk.started_by],
        started_at=bulk.created_at,
        total=len(items),
        read=sum(item.state is not ItemState.waiting for item in items),
        items=items,
    )


async def _item(
    context: Context, box: Box, item: BulkItem, candidate: Candidate | None
) -> BulkItemOut:
    known = await candidate_ref(context.services, candidate) if candidate else None
    return BulkItemOut(
        seq=item.seq,
        name=open_column(box, item, "name_sealed") or "",
        state=item.state,
        code=item.code,
        application_id=item.application_id,
        candidate=known.name if known else None,
        needs_email=candidate is not None and candidate.email_sealed is None,
    )
