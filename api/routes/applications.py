"""Applications: adding candidates and reading where they stand."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, UploadFile

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.applications import (
    ApplicationCreatedOut,
    ApplicationOut,
    ApplicationRow,
    ContactIn,
    DecisionIn,
    DecisionOut,
    DecisionPreviewIn,
    HistoryEntry,
    InvitationIn,
    InvitationSentOut,
    MatchOut,
    MessageOut,
    PreviewOut,
    ResumeOut,
)
from api.shapes.interviews import InterviewRow
from interloop.security.permissions import Permission

routes = Routes("applications")


@routes.post("/jobs/{job_id}/applications", Permission.add_application, status_code=201)
async def add_application(
    context: Ctx,
    staff: StaffDep,
    job_id: UUID,
    resume: UploadFile,
    name: Annotated[str | None, Form(max_length=200)] = None,
    email: Annotated[str | None, Form(max_length=320)] = None,
) -> ApplicationCreatedOut:
    """Add a candidate by their resume; the journey starts once the row is committed."""
    raise NotImplementedError


@routes.get("/jobs/{job_id}/applications", Permission.see_applications)
async def list_applications(context: Ctx, staff: StaffDep, job_id: UUID) -> list[ApplicationRow]:
    """List the people of a job."""
    raise NotImplementedError


@routes.get("/applications/{application_id}", Permission.see_applications)
async def get_application(context: Ctx, staff: StaffDep, application_id: UUID) -> ApplicationOut:
    """Return where a candidate stands."""
    raise NotImplementedError


@routes.put("/applications/{application_id}/contact", Permission.edit_contact)
async def set_contact(
    context: Ctx, staff: StaffDep, application_id: UUID, body: ContactIn
) -> ApplicationOut:
    """Type contact details the resume lacks."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/resume", Permission.see_applications)
async def get_resume(context: Ctx, staff: StaffDep, application_id: UUID) -> ResumeOut:
    """Return the resume as read."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/match", Permission.see_applications)
async def get_match(context: Ctx, staff: StaffDep, application_id: UUID) -> MatchOut:
    """Return the match rating, requirement by requirement."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/interviews", Permission.see_applications)
async def list_interviews(
    context: Ctx, staff: StaffDep, application_id: UUID
) -> list[InterviewRow]:
    """List the rounds of a candidate."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/messages", Permission.see_applications)
async def list_messages(context: Ctx, staff: StaffDep, application_id: UUID) -> list[MessageOut]:
    """List the mails to a candidate."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/history", Permission.see_applications)
async def get_history(context: Ctx, staff: StaffDep, application_id: UUID) -> list[HistoryEntry]:
    """List what happened, oldest first."""
    raise NotImplementedError


@routes.post("/applications/{application_id}/invitation/preview", Permission.invite)
async def preview_invitation(context: Ctx, staff: StaffDep, application_id: UUID) -> PreviewOut:
    """Write the invitation as a draft, exactly as it will leave."""
    raise NotImplementedError


@routes.post("/applications/{application_id}/invitation", Permission.invite)
async def send_invitation(
    context: Ctx, staff: StaffDep, application_id: UUID, body: InvitationIn
) -> InvitationSentOut:
    """Send the previewed invitation and open the round."""
    raise NotImplementedError


@routes.get("/applications/{application_id}/decisions", Permission.see_applications)
async def list_decisions(context: Ctx, staff: StaffDep, application_id: UUID) -> list[DecisionOut]:
    """List the decisions, newest first."""
    raise NotImplementedError


@routes.post("/applications/{application_id}/decisions/preview", Permission.decide)
async def preview_decision(
    context: Ctx, staff: StaffDep, application_id: UUID, body: DecisionPreviewIn
) -> PreviewOut:
    """Write the mail of a decision as a draft, exactly as it will leave."""
    raise NotImplementedError


@routes.post("/applications/{application_id}/decisions", Permission.decide, status_code=201)
async def decide(
    context: Ctx, staff: StaffDep, application_id: UUID, body: DecisionIn
) -> DecisionOut:
    """Decide, with a reason; the journey applies it."""
    raise NotImplementedError
