"""The language that candidates are written to in, unless their own is known."""

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.templates import LanguageOut
from interloop.db.tables import Organization
from interloop.db.trail import audit, changed
from interloop.domain.language import Language
from interloop.security.permissions import Permission

routes = Routes("organization")


@routes.get("/organization/language", Permission.see_templates)
async def get_language(context: Ctx, staff: StaffDep) -> LanguageOut:
    """Return the organisation's language."""
    async with context.services.db.read(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id)
        return LanguageOut(language=Language(organization.language))


@routes.put("/organization/language", Permission.edit_templates)
async def set_language(context: Ctx, staff: StaffDep, body: LanguageOut) -> LanguageOut:
    """Set it for mails that are written from now on; twice is once."""
    now, about = context.services.clock.now(), ("organization", staff.org_id)
    async with context.services.db.session(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id, with_for_update=True)
        if organization.language != body.language:
            organization.language = body.language.value
            action, details = "organization.language_set", {"language": body.language.value}
            await audit(session, staff.who, action, at=now, about=about, details=details)
            await changed(session, "organization", staff.org_id, at=now)
    return body
