"""Files and recordings, for elements that cannot send a header."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Header, Response
from sqlalchemy import select

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import box_of
from api.ranges import NotSatisfiable, asked_range
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Application, Interview, Recording, RecordingState, Resume
from interloop.db.trail import audit
from interloop.domain.errors import NotFound
from interloop.security.permissions import Permission
from interloop.security.sealed_file import HEAD_BYTES, SealedFile
from interloop.security.sealing import KeyClass, place_of
from interloop.security.tokens import TokenKind

routes = Routes("media", cookie=TokenKind.media)

_AT_ONCE = 1024 * 1024
"""An open range is answered with at most this many bytes; players ask on."""


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
    context: Ctx,
    staff: StaffDep,
    interview_id: UUID,
    asked: Annotated[str | None, Header(alias="range", max_length=100)] = None,
) -> Response:
    """Return the recording, or the asked range of it (206); 416 beyond its end."""
    recording, candidate_id = await _find(context, staff, interview_id)
    box = await box_of(context.services, staff.org_id, candidate_id, KeyClass.media)
    key = recording.object_key or ""
    storage = context.services.storage
    place = place_of("recording", "object", recording.id)
    file = SealedFile(await storage.read(key, 0, HEAD_BYTES), box, place=place)
    headers = {"accept-ranges": "bytes", "cache-control": "private, no-store"}
    try:
        part = asked_range(asked, file.size)
    except NotSatisfiable:
        return Response(status_code=416, headers={"content-range": f"bytes */{file.size}"})
    start, end = (part.start, min(part.end, part.start + _AT_ONCE)) if part else (0, file.size)
    if start == 0:
        await _note_listening(context, staff, interview_id)
    stretch = file.stretch(start, end)
    sealed = await storage.read(key, stretch.start, stretch.end)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    return Response(
        file.open(sealed, stretch, start=start, end=end),
        status_code=206 if part else 200,
        media_type=recording.media_type,
        headers=headers,
    )


async def _find(context: Context, staff: Staff, interview_id: UUID) -> tuple[Recording, UUID]:
    """Return the finished recording and whose voice it is."""
    async with context.services.db.read(staff.org_id) as session:
        interview = await must_get(session, Interview, interview_id)
        application = await must_get(session, Application, interview.application_id)
        statement = select(Recording).where(Recording.interview_id == interview_id)
        recording = (await session.execute(statement)).scalar_one_or_none()
    ready = recording is not None and recording.state is RecordingState.finalised
    if recording is None or not ready:
        raise NotFound("there is no recording to play", code="no_recording")
    return recording, application.candidate_id


async def _note_listening(context: Context, staff: Staff, interview_id: UUID) -> None:
    """Write down that somebody began to listen; the ranges that follow belong to it."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = ("interview", interview_id)
        await audit(session, staff.who, "recording.played", at=now, about=about)
