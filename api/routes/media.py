"""Files and recordings, for elements that cannot send a header."""

from uuid import UUID

from fastapi import Response

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from interloop.security.permissions import Permission
from interloop.security.tokens import TokenKind

routes = Routes("media", cookie=TokenKind.media)


@routes.get("/media/resumes/{resume_id}", Permission.see_applications, response_class=Response)
async def get_resume_file(context: Ctx, staff: StaffDep, resume_id: UUID) -> Response:
    """Return the uploaded file as an attachment."""
    raise NotImplementedError


@routes.get(
    "/media/interviews/{interview_id}/recording", Permission.see_interviews, response_class=Response
)
async def get_recording(context: Ctx, staff: StaffDep, interview_id: UUID) -> Response:
    """Return the recording, or the asked range of it (206)."""
    raise NotImplementedError
