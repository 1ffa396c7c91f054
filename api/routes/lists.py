"""A list of people: looked at first, then taken in by a workflow, one step a row."""

import asyncio
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Form, UploadFile
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.bulk import blind_digest, bulk_out, commit_once, sent_before
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.shapes.bulk import BulkUploadOut
from api.shapes.lists import ListPreviewOut, ListRowOut
from api.sheets import Sheet, read_sheet
from interloop.db.rows import seal_column
from interloop.db.tables import Application, BulkItem, BulkUpload, Candidate
from interloop.db.trail import audit
from interloop.domain.bulk import BulkKind, BulkState, ItemState
from interloop.domain.ids import new_id
from interloop.domain.lists import MAX_LIST, ListedPerson
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass, blind_index, normal_email

routes = Routes("applications")


@routes.post("/jobs/{job_id}/lists/preview", Permission.add_application)
async def preview_list(
    context: Ctx, staff: StaffDep, job_id: UUID, people: UploadFile
) -> ListPreviewOut:
    """Say what a list holds: who would be added, who is there already, what is wrong and where.

    Nothing is stored. 422 names why a file is no such list, 413 is beyond 1 MB.
    """
    sheet = await asyncio.to_thread(read_sheet, await people.read(MAX_LIST + 1))
    indexes = await _indexes(context, staff, sheet)
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        there = await _there(session, job_id, set(indexes.values()))
        about, details = ("job", job_id), {"rows": str(len(sheet.people))}
        await audit(session, staff.who, "list.previewed", at=now, about=about, details=details)
    rows = tuple(_row(person, there.get(indexes[person.line])) for person in sheet.people)
    return ListPreviewOut(
        **sheet.model_dump(exclude={"people"}),
        to_add=sum(row.outcome == "new" for row in rows),
        rows=rows,
    )


@routes.post("/jobs/{job_id}/lists", Permission.add_application, status_code=202)
async def add_list(
    context: Ctx,
    staff: StaffDep,
    job_id: UUID,
    people: UploadFile,
    sent_as: Annotated[UUID, Form()],
) -> BulkUploadOut:
    """Add the people of a list; each row has its own outcome.

    `sent_as` is made by the sender, one a list: sent again with it, the same upload comes back,
    and 422 `idempotency_mismatch` with another file. Otherwise refused as the preview is.
    """
    data = await people.read(MAX_LIST + 1)
    sheet = await asyncio.to_thread(read_sheet, data)
    bulk = BulkUpload(
        id=new_id(),
        org_id=staff.org_id,
        job_id=job_id,
        started_by=staff.id,
        kind=BulkKind.people,
        state=BulkState.reading,
        sent_as=sent_as,
        digest_index=await blind_digest(context, staff, "list", sha256(data).hexdigest()),
        created_at=context.services.clock.now(),
    )
    box = await context.services.keys.box(staff.org_id, bulk.id, KeyClass.identity)
    items = [_item(bulk, box, person) for person in sheet.people]
    sent = await sent_before(context, bulk) or await commit_once(context, staff, bulk, items)
    async with context.services.db.read(staff.org_id) as session:
        return await bulk_out(context, session, sent)


def _item(bulk: BulkUpload, box: Box, person: ListedPerson) -> BulkItem:
    """Return the row as it waits; one with something wrong is refused from the beginning."""
    item = BulkItem(
        id=new_id(),
        org_id=bulk.org_id,
        bulk_id=bulk.id,
        seq=person.line,
        state=ItemState.refused if person.wrong else ItemState.waiting,
        code=person.wrong[0].flaw.value if person.wrong else None,
        created_at=bulk.created_at,
    )
    seal_column(box, item, "name_sealed", person.name)
    seal_column(box, item, "row_sealed", person.model_dump_json())
    return item


async def _indexes(context: Context, staff: Staff, sheet: Sheet) -> dict[int, bytes]:
    """Return the blind index of each row's address by its line."""
    org_key = await context.services.keys.org_key(staff.org_id)
    return {
        person.line: blind_index(org_key, "email", normal_email(person.email))
        for person in sheet.people
    }


async def _there(session: AsyncSession, job_id: UUID, indexes: set[bytes]) -> dict[bytes, UUID]:
    statement = (
        select(Candidate.email_index, Application.id)
        .join(Application, Application.candidate_id == Candidate.id)
        .where(Application.job_id == job_id, Candidate.email_index.in_(indexes))
    )
    return {index: row_id for index, row_id in await session.execute(statement) if index}


def _row(person: ListedPerson, there: UUID | None) -> ListRowOut:
    if person.wrong:
        return ListRowOut(person=person, outcome="wrong", application_id=None)
    outcome = "new" if there is None else "already_there"
    return ListRowOut(person=person, outcome=outcome, application_id=there)
