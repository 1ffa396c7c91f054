"""Files of a recording, asked for here and made in the background."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Context, Ctx
from api.shapes.interviews import ExportIn, ExportOut
from interloop.db.rows import must_get
from interloop.db.tables import Interview, Recording, RecordingExport, RecordingState
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, Unavailable
from interloop.domain.ids import new_id
from interloop.domain.recording import (
    EXPORT_KEPT,
    ExportFormat,
    ExportInput,
    ExportState,
)
from interloop.security.permissions import Permission

routes = Routes("exports")

_WANTED = (ExportState.queued, ExportState.making, ExportState.ready)


@routes.get("/interviews/{interview_id}/exports", Permission.export_recordings)
async def list_exports(context: Ctx, staff: StaffDep, interview_id: UUID) -> list[ExportOut]:
    """Return the newest file of each format that was asked for in the last day."""
    async with context.services.db.read(staff.org_id) as session:
        rows = await session.scalars(
            select(RecordingExport)
            .where(
                RecordingExport.interview_id == interview_id,
                RecordingExport.expires_at > context.services.clock.now(),
            )
            .order_by(RecordingExport.created_at, RecordingExport.id)
        )
        newest = {row.format: row for row in rows}
    return [_out(row) for row in newest.values()]


@routes.post("/interviews/{interview_id}/exports", Permission.export_recordings, status_code=202)
async def ask_for_export(
    context: Ctx, staff: StaffDep, interview_id: UUID, body: ExportIn
) -> ExportOut:
    """Have a file of the recording made; one that is there or on its way is returned instead.

    409 with code `no_recording` while there is no whole recording, 503 while Temporal is away.
    """
    services, now = context.services, context.services.clock.now()
    async with services.db.session(staff.org_id) as session:
        row = await _find_or_add(context, session, interview_id, body.format, staff.id)
        details = {"format": row.format.value}
        about = ("recording_export", row.id)
        await audit(session, staff.who, "export.asked", at=now, about=about, details=details)
        await changed(session, "recording_export", interview_id, at=now)
    given = ExportInput(org_id=row.org_id, export_id=row.id, expires_at=row.expires_at)
    try:
        if row.state is not ExportState.ready:
            await context.journeys.export(given)
    except Unavailable as away:
        await _fail(context, row, away.code)
        raise
    return _out(row)


async def _find_or_add(
    context: Context,
    session: AsyncSession,
    interview_id: UUID,
    wanted: ExportFormat,
    asked_by: UUID,
) -> RecordingExport:
    now = context.services.clock.now()
    await must_get(session, Interview, interview_id, lock=True)
    recording = await session.scalar(
        select(Recording).where(
            Recording.interview_id == interview_id,
            Recording.state == RecordingState.finalised,
        )
    )
    if recording is None:
        raise Conflict("there is no whole recording", code="no_recording")
    there: RecordingExport | None = await session.scalar(
        select(RecordingExport)
        .where(
            RecordingExport.interview_id == interview_id,
            RecordingExport.format == wanted,
            RecordingExport.state.in_(_WANTED),
            RecordingExport.expires_at > now,
            # A recording that was made anew since has more in it.
            RecordingExport.created_at >= recording.created_at,
        )
        .order_by(RecordingExport.created_at.desc())
        .limit(1)
    )
    if there is not None:
        return there
    row = RecordingExport(
        id=new_id(),
        org_id=session.info["org_id"],
        created_at=now,
        interview_id=interview_id,
        asked_by=asked_by,
        format=wanted,
        state=ExportState.queued,
        percent=0,
        size=0,
        expires_at=now + EXPORT_KEPT,
    )
    session.add(row)
    return row


async def _fail(context: Context, row: RecordingExport, code: str) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(row.org_id) as session:
        stored = await must_get(session, RecordingExport, row.id)
        stored.state, stored.failure = ExportState.failed, code
        await changed(session, "recording_export", row.interview_id, at=now)


def _out(row: RecordingExport) -> ExportOut:
    url = f"/api/media/interviews/{row.interview_id}/exports/{row.id}"
    return ExportOut(
        id=row.id,
        format=row.format,
        state=row.state,
        percent=row.percent,
        size=row.size,
        failure=row.failure,
        created_at=row.created_at,
        expires_at=row.expires_at,
        url=url if row.state is ExportState.ready else None,
    )
