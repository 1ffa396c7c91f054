"""Uploads of many people as rows: how one is committed, and how it is shown."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import Staff
from api.context import Context
from api.people import candidate_ref, user_refs
from api.shapes.bulk import BulkItemOut, BulkUploadOut
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Application, BulkItem, BulkUpload, Candidate, Job
from interloop.db.trail import audit, changed
from interloop.domain.bulk import BulkInput, ItemState
from interloop.domain.errors import Unreadable
from interloop.domain.lists import ListedPerson
from interloop.security.sealing import Box, KeyClass, blind_index
from workflows.start import policy_of


async def sent_before(context: Context, bulk: BulkUpload) -> BulkUpload | None:
    """Return the upload that came with this sender's id; `Unreadable` when it was another file."""
    statement = select(BulkUpload).where(
        BulkUpload.job_id == bulk.job_id, BulkUpload.sent_as == bulk.sent_as
    )
    async with context.services.db.read(bulk.org_id) as session:
        sent = (await session.execute(statement)).scalar_one_or_none()
    if sent is not None and sent.digest_index != bulk.digest_index:
        raise Unreadable("another file came with this id", code="idempotency_mismatch")
    return sent


async def commit_once(
    context: Context, staff: Staff, bulk: BulkUpload, items: list[BulkItem]
) -> BulkUpload:
    """Commit an upload and have it read; of the same one sent twice at once, return the first."""
    try:
        given = await commit_bulk(context, staff, bulk, items)
    except IntegrityError:
        # The same one was a moment faster.
        sent = await sent_before(context, bulk)
        if sent is None:
            raise
        return sent
    await context.journeys.start_bulk(given)
    return bulk


async def blind_digest(context: Context, staff: Staff, kind: str, sha256: str) -> bytes:
    """Return what tells a file from another without telling what is in it."""
    return blind_index(await context.services.keys.org_key(staff.org_id), kind, sha256)


async def commit_bulk(
    context: Context, staff: Staff, bulk: BulkUpload, items: list[BulkItem]
) -> BulkInput:
    """Commit an upload with all its items; returns what starts the reading."""
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


async def bulk_out(context: Context, session: AsyncSession, bulk: BulkUpload) -> BulkUploadOut:
    """Return an upload with what became of each file or row."""
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
        kind=bulk.kind,
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
    row = open_column(box, item, "row_sealed")
    return BulkItemOut(
        seq=item.seq,
        name=open_column(box, item, "name_sealed") or "",
        state=item.state,
        code=item.code,
        row=ListedPerson.model_validate_json(row) if row else None,
        application_id=item.application_id,
        candidate=known.name if known else None,
        needs_email=candidate is not None and candidate.email_sealed is None,
    )
