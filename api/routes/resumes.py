"""The resume as read, and how it matches the job."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Context, Ctx
from api.people import box_of
from api.shapes.applications import MatchOut, MatchRow, ResumeOut, SupportOut
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Application, Resume
from interloop.db.trail import audit
from interloop.domain.document import ContactDetails
from interloop.domain.errors import NotFound
from interloop.domain.match import MatchRating
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass, place_of

routes = Routes("applications")


@routes.get("/applications/{application_id}/resume", Permission.see_applications)
async def get_resume(context: Ctx, staff: StaffDep, application_id: UUID) -> ResumeOut:
    """Return the resume as read."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application, box = await _opened(context, session, application_id)
        resume = await resume_of(session, application)
        await audit(session, staff.who, "resume.viewed", at=now, about=("resume", resume.id))
    contact = open_column(box, resume, "contact_sealed")
    return ResumeOut(
        id=resume.id,
        filename=open_column(box, resume, "filename_sealed") or "",
        media_type=resume.media_type,
        size=resume.size,
        status=resume.status,
        pages=resume.pages,
        text=open_column(box, resume, "text_sealed") or "",
        contact=ContactDetails.model_validate_json(contact) if contact else None,
        has_hidden_text=resume.has_hidden_text,
        hidden_text=await _hidden_text(context, resume, box) if resume.has_hidden_text else "",
    )


@routes.get("/applications/{application_id}/match", Permission.see_applications)
async def get_match(context: Ctx, staff: StaffDep, application_id: UUID) -> MatchOut:
    """Return the match rating, requirement by requirement."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application, box = await _opened(context, session, application_id)
        about = ("application", application_id)
        await audit(session, staff.who, "match.viewed", at=now, about=about)
    body = open_column(box, application, "match_sealed")
    if body is None:
        return MatchOut(rows=(), supported=None, total=None)
    rating = MatchRating.model_validate_json(body)
    rows = tuple(
        MatchRow(
            key=match.requirement.key,
            text=match.requirement.text,
            weight=match.requirement.weight,
            state=match.state,
            supports=tuple(
                SupportOut(start=passage.start, end=passage.end, quote=passage.text)
                for passage in match.passages
            ),
        )
        for match in rating.requirements
    )
    return MatchOut(rows=rows, supported=rating.supported, total=rating.total)


async def resume_of(session: AsyncSession, application: Application) -> Resume:
    """Return the resume of an application; `NotFound` when none was uploaded."""
    if application.resume_id is None:
        raise NotFound("there is no resume", code="no_resume")
    return await must_get(session, Resume, application.resume_id)


async def _opened(
    context: Context, session: AsyncSession, application_id: UUID
) -> tuple[Application, Box]:
    application = await must_get(session, Application, application_id)
    box = await box_of(
        context.services, application.org_id, application.candidate_id, KeyClass.identity
    )
    return application, box


async def _hidden_text(context: Context, resume: Resume, box: Box) -> str:
    """Read the hidden text from the file again: it is stored nowhere."""
    sealed = await context.services.storage.get(resume.object_key)
    data = box.open(sealed, place=place_of("resume", "object", resume.id))
    filename = open_column(box, resume, "filename_sealed") or ""
    document = await context.services.documents.read(data, filename=filename)
    return document.hidden_text
