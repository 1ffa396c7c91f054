"""Mail templates of the organisation: drafting, trying, publishing."""

from typing import Annotated

from fastapi import Path
from sqlalchemy.exc import IntegrityError

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.limits import TEST_MAILS_BY_PERSON
from api.shapes.templates import (
    TemplateDraftIn,
    TemplateDraftOut,
    TemplateOut,
    TemplatePreviewOut,
    TemplatePublishIn,
    TemplateRow,
    TemplateVersionOut,
    TestMailOut,
    WordsIn,
)
from api.templates import (
    STALE,
    Which,
    draft_of,
    findings_of,
    preview,
    publish_row,
    rows_of,
    store_draft,
    template_page,
    version_page,
)
from interloop.db.tables import MessageKind, Organization
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, Unreadable
from interloop.domain.ids import new_id
from interloop.domain.language import Language
from interloop.integrations.mail.port import OutgoingMail
from interloop.security.permissions import Permission

routes = Routes("templates")

_VersionNo = Annotated[int, Path(ge=0, le=1_000_000)]


@routes.get("/templates", Permission.see_templates)
async def list_templates(context: Ctx, staff: StaffDep) -> list[TemplateRow]:
    """List every kind of mail in every language, and which version is live."""
    async with context.services.db.read(staff.org_id) as session:
        return await rows_of(session)


@routes.get("/templates/{mail}/{language}", Permission.see_templates)
async def get_template(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language
) -> TemplateOut:
    """Return what is live, what is being edited and what was before."""
    async with context.services.db.read(staff.org_id) as session:
        return await template_page(session, Which(kind=mail, language=language))


@routes.get("/templates/{mail}/{language}/versions/{number}", Permission.see_templates)
async def get_template_version(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language, number: _VersionNo
) -> TemplateVersionOut:
    """Return one published version with its changes; 0 is what ships with the product."""
    async with context.services.db.read(staff.org_id) as session:
        return await version_page(session, Which(kind=mail, language=language), number)


@routes.put("/templates/{mail}/{language}/draft", Permission.edit_templates)
async def save_template_draft(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language, body: TemplateDraftIn
) -> TemplateDraftOut:
    """Save the draft, finished or not; 409 when somebody saved in between."""
    which, now = Which(kind=mail, language=language), context.services.clock.now()
    try:
        async with context.services.db.session(staff.org_id) as session:
            row = await store_draft(session, which, body, now=now)
            about, details = ("template", row.id), which.model_dump(mode="json")
            await audit(session, staff.who, "template.saved", at=now, about=about, details=details)
            await changed(session, "template", row.id, at=now)
    except IntegrityError:
        # Two people began the same draft at once; the other one was faster.
        raise STALE from None
    return TemplateDraftOut(
        revision=body.revision + 1,
        subject=body.subject,
        text=body.text,
        findings=findings_of(which, body),
    )


@routes.post("/templates/{mail}/{language}/publish", Permission.edit_templates)
async def publish_template(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language, body: TemplatePublishIn
) -> TemplateOut:
    """Publish the draft: mails written from now on use it; those that exist keep their version."""
    which, now = Which(kind=mail, language=language), context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        row = await draft_of(session, which, lock=True)
        if row is None:
            raise Conflict("nothing was edited since the last version", code="nothing_to_publish")
        if row.revision != body.revision:
            raise STALE
        if any(each.blocks for each in findings_of(which, row)):
            raise Unreadable("something must be put right first", code="template_not_ready")
        publish_row(row, by=staff.id, at=now)
        about = ("template", row.id)
        details = which.model_dump(mode="json") | {"version": str(row.version)}
        await audit(session, staff.who, "template.published", at=now, about=about, details=details)
        await changed(session, "template", row.id, at=now)
    return await get_template(context, staff, mail, language)


@routes.post("/templates/{mail}/{language}/preview", Permission.see_templates)
async def preview_template(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language, body: WordsIn
) -> TemplatePreviewOut:
    """Return the mail these words make with made-up values, and what is wrong with them."""
    return await _preview(context, staff, Which(kind=mail, language=language), body)


@routes.post("/templates/{mail}/{language}/test", Permission.edit_templates)
async def send_test_mail(
    context: Ctx, staff: StaffDep, mail: MessageKind, language: Language, body: WordsIn
) -> TestMailOut:
    """Send the preview to the asker's own address, and to no other; 429 after five in a while."""
    which = Which(kind=mail, language=language)
    shown = await _preview(context, staff, which, body)
    if not shown.html:
        raise Unreadable("something must be put right first", code="template_not_ready")
    await context.limits.hit(TEST_MAILS_BY_PERSON, "test-mail", str(staff.id))
    now, message_id = context.services.clock.now(), new_id()
    async with context.services.db.session(staff.org_id) as session:
        about, details = ("template", None), which.model_dump(mode="json")
        await audit(session, staff.who, "template.tested", at=now, about=about, details=details)
    outcome = await context.services.mail.send(
        OutgoingMail(
            message_id=f"<{message_id}@{context.services.settings.mail_domain}>",
            at=now,
            to=staff.email,
            subject=f"Test: {shown.subject}",
            text=shown.text,
            html=shown.html,
        )
    )
    return TestMailOut(to=staff.email, outcome=outcome, message_id=message_id)


async def _preview(
    context: Context, staff: Staff, which: Which, body: WordsIn
) -> TemplatePreviewOut:
    async with context.services.db.read(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id)
    now = context.services.clock.now()
    return preview(which, body, staff=staff, organization=organization.name, at=now)
