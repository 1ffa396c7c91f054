"""Files and recordings, for elements that cannot send a header."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Header, Query, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import select

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import box_of
from api.sealed import PRIVATE, begins, serve
from interloop.db.rows import candidate_of, must_get, open_column
from interloop.db.tables import Interview, Recording, RecordingExport, Resume
from interloop.db.trail import audit
from interloop.domain.errors import Conflict, NotFound
from interloop.recording.listening import open_export, open_listening_copy
from interloop.recording.live import LiveRecording, listen_in
from interloop.security.permissions import Permission
from interloop.security.sealing import KeyClass, place_of
from interloop.security.tokens import TokenKind

routes = Routes("media", cookie=TokenKind.media)

RangeHeader = Annotated[str | None, Header(alias="range", max_length=100)]


@routes.get("/media/resumes/{resume_id}", Permission.see_applications, response_class=Response)
async def get_resume_file(context: Ctx, staff: StaffDep, resume_id: UUID) -> Response:
    """Return the uploaded file as an attachment: it is a stranger's file."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        resume = await must_get(session, Resume, resume_id)
        await audit(session, staff.who, "resume.fetched", at=now, about=("resume", resume_id))
    box = await box_of(context.services, staff.org_id, resume.candidate_id, KeyClass.identity)
    sealed = await context.services.storage.get(resume.object_key)
    filename = quote(open_column(box, resume, "filename_sealed") or "resume")
    return Response(
        box.open(sealed, place=place_of("resume", "object", resume.id)),
        media_type=resume.media_type,
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{filename}",
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


@routes.get(
    "/media/interviews/{interview_id}/recording",
    Permission.see_interviews,
    response_class=Response,
)
async def get_recording(
    context: Ctx, staff: StaffDep, interview_id: UUID, asked: RangeHeader = None
) -> Response:
    """Return the recording, or the asked range of it (206); 416 beyond its end."""
    copy = await open_listening_copy(context.services, staff.org_id, interview_id)
    answer = await serve(copy, asked)
    if begins(asked):
        await _note(context, staff, "recording.played", ("interview", interview_id))
    return answer


@routes.get(
    "/media/interviews/{interview_id}/live",
    Permission.see_interviews,
    response_class=Response,
)
async def get_live_recording(
    context: Ctx,
    staff: StaffDep,
    interview_id: UUID,
    from_ms: Annotated[int, Query(ge=0, le=24 * 3600 * 1000)] = 0,
) -> Response:
    """Return what was recorded so far from this moment on, and go on until the call ends.

    409 with code `recording_finished` once there is a whole recording; 429 while too many listen.
    """
    context.limits.check_listeners()
    services = context.services
    async with services.db.read(staff.org_id) as session:
        interview = await must_get(session, Interview, interview_id)
        candidate = await candidate_of(session, interview.application_id)
        made = select(Recording.id).where(Recording.interview_id == interview_id)
        if await session.scalar(made) is not None:
            raise Conflict("there is a whole recording", code="recording_finished")
    box = await box_of(services, staff.org_id, candidate.id, KeyClass.media)
    recording = LiveRecording(services, staff.org_id, interview_id, box)
    await recording.look()
    await _note(context, staff, "recording.played_live", ("interview", interview_id))
    stream = context.limits.listening(listen_in(services, recording, from_ms))
    return StreamingResponse(stream, media_type="audio/ogg", headers=PRIVATE)


@routes.get(
    "/media/interviews/{interview_id}/exports/{export_id}",
    Permission.export_recordings,
    response_class=Response,
)
async def get_export_file(
    context: Ctx,
    staff: StaffDep,
    interview_id: UUID,
    export_id: UUID,
    asked: RangeHeader = None,
) -> Response:
    """Return a file made of the recording as an attachment; 410 once its time is over."""
    async with context.services.db.read(staff.org_id) as session:
        row = await must_get(session, RecordingExport, export_id)
    if row.interview_id != interview_id:
        raise NotFound("there is no such thing here")
    copy = await open_export(context.services, row)
    name = f"interview-{interview_id}.{row.format.value}"
    answer = await serve(copy, asked, {"content-disposition": f'attachment; filename="{name}"'})
    if begins(asked):
        await _note(context, staff, "export.fetched", ("recording_export", export_id))
    return answer


async def _note(context: Context, staff: Staff, action: str, about: tuple[str, UUID]) -> None:
    """Write down that somebody began to listen or to fetch."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await audit(session, staff.who, action, at=now, about=about)
