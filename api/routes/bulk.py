"""Many resumes in one archive: taken apart here, read by a workflow, one step a file."""

import asyncio
import hashlib
from typing import Annotated, BinaryIO
from uuid import UUID
from zipfile import ZipFile

from fastapi import Form, UploadFile
from sqlalchemy import select

from api.access import Routes
from api.archive import Unpacked, open_archive, unpacked
from api.bulk import blind_digest, bulk_out, commit_once, sent_before
from api.callers import Staff, StaffDep
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
_CHUNK = 1 << 20


@routes.post("/jobs/{job_id}/uploads", Permission.add_application, status_code=202)
async def upload_resumes(
    context: Ctx,
    staff: StaffDep,
    job_id: UUID,
    archive: UploadFile,
    sent_as: Annotated[UUID, Form()],
) -> BulkUploadOut:
    """Add many people by a zip of their resumes; each file has its own outcome.

    `sent_as` is made by the sender, one an archive: sent again with it, the same upload comes back,
    and 422 `idempotency_mismatch` with another file. 422 when it is no zip, or holds nothing, or
    more than 500 files; 413 beyond 200 MB.
    """
    if archive.size is not None and archive.size > MAX_ARCHIVE:
        raise TooLarge("an archive may have 200 MB", code="too_large")
    digest = await asyncio.to_thread(_sha256, archive.file)
    opened = await asyncio.to_thread(open_archive, archive.file)
    bulk = BulkUpload(
        id=new_id(),
        org_id=staff.org_id,
        job_id=job_id,
        started_by=staff.id,
        kind=BulkKind.resumes,
        state=BulkState.reading,
        sent_as=sent_as,
        digest_index=await blind_digest(context, staff, "archive", digest),
        created_at=context.services.clock.now(),
    )
    stands = await sent_before(context, bulk)
    if stands is None:
        stands = await _take(context, staff, bulk, opened)
    async with context.services.db.read(staff.org_id) as session:
        return await bulk_out(context, session, stands)


async def _take(context: Context, staff: Staff, bulk: BulkUpload, opened: ZipFile) -> BulkUpload:
    """Seal the files away and have them read; what a faster sender made needless goes again."""
    box = await context.services.keys.box(staff.org_id, bulk.id, KeyClass.identity)
    files = unpacked(opened)
    items: list[BulkItem] = []
    while (file := await asyncio.to_thread(next, files, None)) is not None:
        items.append(await _keep(context, bulk, box, file, seq=len(items) + 1))
    keys = [item.object_key for item in items if item.object_key]
    stands = await commit_once(context, staff, bulk, items)
    if stands is not bulk:
        for key in keys:
            await context.services.storage.delete(key)
    return stands


def _sha256(file: BinaryIO) -> str:
    """Return the digest of a whole file, and stand at its beginning again."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


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
