"""Files and recordings, for elements that cannot send a header."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Header, Response

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.people import box_of
from api.ranges import NotSatisfiable, asked_range
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Resume
from interloop.db.trail import audit
from interloop.recording.listening import open_listening_copy
from interloop.security.permissions import Permission
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
    copy = await open_listening_copy(context.services, staff.org_id, interview_id)
    headers = {"accept-ranges": "bytes", "cache-control": "private, no-store"}
    try:
        part = asked_range(asked, copy.size)
    except NotSatisfiable:
        return Response(status_code=416, headers={"content-range": f"bytes */{copy.size}"})
    start, end = (part.start, min(part.end, part.start + _AT_ONCE)) if part else (0, copy.size)
    if start == 0:
        await _note_listening(context, staff, interview_id)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{copy.size}"
    return Response(
        await copy.read(start, end),
        status_code=206 if part else 200,
        media_type=copy.media_type,
        headers=headers,
    )


async def _note_listening(context: Context, staff: Staff, interview_id: UUID) -> None:
    """Write down that somebody began to listen; the ranges that follow belong to it."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = ("interview", interview_id)
        await audit(session, staff.who, "recording.played", at=now, about=about)
