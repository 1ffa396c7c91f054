"""Deciding: a named person, a reason, a committed row; then the journey applies it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.deciding import (
    check_somebody_else,
    decided_already,
    decisions_of,
    newest_applied,
    waiting_decision,
)
from api.mails import take_draft, write_draft
from api.people import box_of
from api.shapes.applications import PreviewOut
from api.shapes.decisions import DecisionIn, DecisionOut, DecisionPreviewIn
from interloop.db.rows import must_get, seal_column
from interloop.db.tables import (
    FINAL,
    Application,
    Decision,
    DecisionKind,
    Job,
    Message,
    MessageKind,
    MessageState,
)
from interloop.db.trail import audit, changed
from interloop.domain.deciding import DecisionState, first_state
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
        return await decisions_of(context.services, session, staff, application_id)


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
    """Decide, with a reason; the journey applies it, once a second person confirmed if so asked.

    409 `decided_already` names who was faster. After a 503 the same decision may be sent again:
    it stays one decision.
    """
    decision = await _commit(context, staff, application_id, body)
    if decision.state is DecisionState.confirmed:
        await tell_journey(context, staff, decision)
    return await shown(context, staff, decision)


async def tell_journey(context: Context, staff: Staff, decision: Decision) -> None:
    """Have the journey follow a confirmed decision; what it refuses is noted on the row."""
    told = Decide(org_id=staff.org_id, decision_id=decision.id, actor_id=decision.decided_by)
    try:
        await context.journeys.decide(decision.application_id, told)
    except Refusal as refused:
        await _note_refusal(context, staff, decision.id, code=refused.code)
        raise


async def shown(context: Context, staff: Staff, decision: Decision) -> DecisionOut:
    """Return a decision as it stands now."""
    async with context.services.db.read(staff.org_id) as session:
        rows = await decisions_of(context.services, session, staff, decision.application_id)
    return next(row for row in rows if row.id == decision.id)


async def _commit(
    context: Context, staff: Staff, application_id: UUID, body: DecisionIn
) -> Decision:
    """Commit the decision and its mail; return the one that waits already when it is the same."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        waiting = await waiting_decision(session, application_id)
        if waiting is not None:
            if (waiting.decided_by, waiting.kind) != (staff.id, body.kind):
                raise await decided_already(session, waiting)
            return waiting
        await _refuse_late(session, application, body)
        if body.message_id is not None:
            kind = MAIL_OF[body.kind]
            message = await take_draft(session, application_id, body.message_id, kind)
            message.state = MessageState.pending
        decision = await _new_decision(session, staff, application, body)
        decision.created_at = now
        box = await box_of(
            context.services, staff.org_id, application.candidate_id, KeyClass.decision
        )
        seal_column(box, decision, "reason_sealed", body.reason)
        session.add(decision)
        about, details = ("decision", decision.id), {"kind": body.kind.value}
        proposed = decision.state is DecisionState.proposed
        action = "decision.proposed" if proposed else "decided"
        await audit(session, staff.who, action, at=now, about=about, details=details)
        await changed(session, "decision", decision.id, at=now, job_id=application.job_id)
        return decision


async def _refuse_late(session: AsyncSession, application: Application, body: DecisionIn) -> None:
    """Refuse who decides about a person that somebody has decided about since."""
    over = application.stage is Stage.closed
    moved = body.seen_stage is not None and body.seen_stage is not application.stage
    if not over and not moved:
        return
    faster = await newest_applied(session, application.id)
    if faster is not None:
        raise await decided_already(session, faster)
    if over:
        raise Conflict("this application is closed", code="journey_over")
    raise Conflict("this person has moved on since; look again", code="stage_moved")


async def _new_decision(
    session: AsyncSession, staff: Staff, application: Application, body: DecisionIn
) -> Decision:
    job = await must_get(session, Job, application.job_id)
    state = first_state(final=body.kind in FINAL, second_wanted=job.policy.second_reviewer)
    if state is DecisionState.proposed:
        await check_somebody_else(session, staff, job.id)
    return Decision(
        id=new_id(),
        org_id=staff.org_id,
        application_id=application.id,
        kind=body.kind,
        decided_by=staff.id,
        message_id=body.message_id,
        state=state,
    )


async def _note_refusal(context: Context, staff: Staff, decision_id: UUID, *, code: str) -> None:
    """Say on the row why the journey refused it, and keep its mail from leaving."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        decision = await must_get(session, Decision, decision_id, lock=True)
        if decision.applied_at is not None:
            return
        decision.refused_code, decision.state = code, DecisionState.refused
        await keep_back(session, decision)
        about, details = ("decision", decision_id), {"code": code}
        await audit(session, staff.who, "decision.refused", at=now, about=about, details=details)


async def keep_back(session: AsyncSession, decision: Decision) -> None:
    """Keep the mail of a decision from ever leaving; it stays on record."""
    if decision.message_id is None:
        return
    message = await must_get(session, Message, decision.message_id, lock=True)
    message.state, message.failure_code = MessageState.failed, "decision_not_applied"
