"""The mails to a candidate: where each stands, and what a person says of one that is unsure."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes, is_member
from api.callers import Staff, StaffDep
from api.context import Ctx
from api.outbox import acts_of, settle, take_back
from api.people import box_of, user_refs
from api.shapes.messages import MessageOut, SettleIn
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Application, Message, MessageState, TemplateVersion
from interloop.db.trail import audit
from interloop.domain.errors import Unavailable
from interloop.domain.steps import ResendMessage
from interloop.security.permissions import Permission, may
from interloop.security.sealing import KeyClass

routes = Routes("applications")


@routes.get("/applications/{application_id}/messages", Permission.see_applications)
async def list_messages(context: Ctx, staff: StaffDep, application_id: UUID) -> list[MessageOut]:
    """List the mails to a candidate, newest first; drafts are not mails yet."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id)
        about = ("application", application_id)
        await audit(session, staff.who, "messages.viewed", at=now, about=about)
        statement = (
            select(Message, TemplateVersion.version)
            .outerjoin(TemplateVersion, TemplateVersion.id == Message.template_version_id)
            .where(Message.application_id == application_id, Message.state != MessageState.draft)
            .order_by(Message.created_at.desc(), Message.id.desc())
        )
        rows = [(row, version or 0) for row, version in await session.execute(statement)]
        people = await user_refs(session, (row.created_by for row, _ in rows))
        allowed = await _may_settle(session, staff, application)
    box = await box_of(context.services, staff.org_id, application.candidate_id, KeyClass.identity)
    return [
        MessageOut(
            id=row.id,
            kind=row.kind,
            state=row.state,
            language=row.language,
            template_version=version,
            subject=open_column(box, row, "subject_sealed") or "",
            text=open_column(box, row, "text_sealed") or "",
            created_by=people[row.created_by],
            created_at=row.created_at,
            sent_at=row.sent_at,
            failure_code=row.failure_code,
            may=acts_of(row) if allowed else (),
        )
        for row, version in rows
    ]


@routes.post(
    "/applications/{application_id}/messages/{message_id}/settle", Permission.settle_messages
)
async def settle_message(
    context: Ctx, staff: StaffDep, application_id: UUID, message_id: UUID, body: SettleIn
) -> list[MessageOut]:
    """Say that an unsure mail arrived, or send it again; both are this person's act.

    409 `message_settled` when it stands otherwise by now.
    """
    before = await settle(context, staff, application_id, message_id, act=body.act)
    if body.act == "send_again":
        again = ResendMessage(
            org_id=staff.org_id, application_id=application_id, message_id=message_id
        )
        try:
            await context.journeys.resend(again)
        except Unavailable:
            await take_back(context, staff, message_id, before)
            raise
    return await list_messages(context, staff, application_id)


async def _may_settle(session: AsyncSession, staff: Staff, application: Application) -> bool:
    member = await is_member(session, application.job_id, staff.id)
    return may(staff.role, Permission.settle_messages, member=member)
