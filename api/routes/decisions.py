"""Deciding: a named person, a reason, a committed row; then the journey applies it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.mails import take_draft, write_draft
from api.people import box_of, user_refs
from api.shapes.applications import DecisionIn, DecisionOut, DecisionPreviewIn, PreviewOut
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import (
    Application,
    Decision,
    DecisionKind,
    Message,
    MessageKind,
    MessageState,
)
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict, Refusal
from interloop.domain.ids import new_id
from interloop.domain.journey import Decide
from interloop.domain.stage import Stage
from interloop.security.permissions import Permission
from interloop.security.sealing import KeyClass

routes = Routes("applications")

MAIL_OF: Mapping[DecisionKind, MessageKind] = {
    DecisionKind.advance: MessageKind.advance,
    DecisionKind.reject: MessageKind.rejection,
    DecisionKind.hire: MessageKind.offer,
}


@routes.get("/applications/{application_id}/decisions", Permission.see_applications)
async def list_decisions(context: Ctx, staff: StaffDep, application_id: UUID) -> list[DecisionOut]:
    """List the decisions, newest first."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        about = ("application", application_id)
        await audit(session, staff.who, "decisions.viewed", at=now, about=about)
        return await _decisions(context, session, application_id)


@routes.post("/applications/{application_id}/decisions/preview", Permission.decide)
async def preview_decision(
    context: Ctx, staff: StaffDep, application_id: UUID, body: DecisionPreviewIn
) -> PreviewOut:
    """Write the mail of a decision as a draft, exactly as it will leave."""
    return await write_draft(context.services, staff, application_id, MAIL_OF[body.kind])


@routes.post("/applications/{application_id}/decisions", Permission.decide, status_code=201)
async def decide(
    context: Ctx, staff: StaffDep, application_id: UUID, body: DecisionIn
) -> DecisionOut:
    """Decide, with a reason; the journey applies it.

    After a 503 the same decision may be sent again: it stays one decision.
    """
    decision_id = await _commit(context, staff, application_id, body)
    told = Decide(org_id=staff.org_id, decision_id=decision_id, actor_id=staff.id)
    try:
        await context.journeys.decide(application_id, told)
    except Refusal as refused:
        await _note_refusal(context, staff, decision_id, code=refused.code)
        raise
    async with context.services.db.read(staff.org_id) as session:
        rows = await _decisions(context, session, application_id)
    return next(row for row in rows if row.id == decision_id)


async def _commit(context: Context, staff: Staff, application_id: UUID, body: DecisionIn) -> UUID:
    """Commit the decision and its mail; return the one that waits already when it is the same."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        if application.stage is Stage.closed:
            raise Conflict("this application is closed", code="journey_over")
        waiting = await _unsettled(session, application_id)
        if waiting is not None:
            if (waiting.decided_by, waiting.kind) != (staff.id, body.kind):
                raise Conflict("somebody has decided already", code="decided_already")
            return waiting.id
        if body.message_id is not None:
            kind = MAIL_OF[body.kind]
            message = await take_draft(session, application_id, body.message_id, kind)
            message.state = MessageState.pending
        decision = Decision(
            id=new_id(),
            org_id=staff.org_id,
            application_id=application_id,
            kind=body.kind,
            decided_by=staff.id,
            message_id=body.message_id,
            created_at=now,
        )
        box = await box_of(
            context.services, staff.org_id, application.candidate_id, KeyClass.decision
        )
        seal_column(box, decision, "reason_sealed", body.reason)
        session.add(decision)
        about, details = ("decision", decision.id), {"kind": body.kind.value}
        await audit(session, staff.who, "decided", at=now, about=about, details=details)
        await changed(session, "decision", decision.id, at=now, job_id=application.job_id)
        return decision.id


async def _unsettled(session: AsyncSession, application_id: UUID) -> Decision | None:
    statement = select(Decision).where(
        Decision.application_id == application_id,
        Decision.applied_at.is_(None),
        Decision.refused_code.is_(None),
    )
    return (await session.execute(statement)).scalars().first()


async def _note_refusal(context: Context, staff: Staff, decision_id: UUID, *, code: str) -> None:
    """Say on the row why the journey refused it, and keep its mail from leaving."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        decision = await must_get(session, Decision, decision_id, lock=True)
        if decision.applied_at is not None:
            return
        decision.refused_code = code
        if decision.message_id is not None:
            message = await must_get(session, Message, decision.message_id, lock=True)
            message.state = MessageState.draft
        about, details = ("decision", decision_id), {"code": code}
        await audit(session, staff.who, "decision.refused", at=now, about=about, details=details)


async def _decisions(
    context: Context, session: AsyncSession, application_id: UUID
) -> list[DecisionOut]:
    application = await must_get(session, Application, application_id)
    statement = (
        select(Decision)
        .where(Decision.application_id == application_id)
        .order_by(Decision.created_at.desc(), Decision.id.desc())
    )
    rows = list((await session.execute(statement)).scalars())
    people = await user_refs(session, (row.decided_by for row in rows))
    box = await box_of(
        context.services, application.org_id, application.candidate_id, KeyClass.decision
    )
    return [
        DecisionOut(
            id=row.id,
            kind=row.kind,
            reason=open_column(box, row, "reason_sealed") or "",
            decided_by=people[row.decided_by],
            decided_at=row.created_at,
            applied_at=row.applied_at,
            refused_code=row.refused_code,
            message_id=row.message_id,
        )
        for row in rows
    ]
