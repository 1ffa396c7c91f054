"""The second pair of eyes: another person confirms a proposed decision, or objects to it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.deciding import decided_already, has_own_card
from api.people import box_of
from api.routes.decisions import keep_back, shown, tell_journey
from api.shapes.decisions import DecisionOut, OpinionIn
from interloop.db.rows import must_get, seal_column
from interloop.db.tables import Application, Decision, SecondOpinion
from interloop.db.trail import audit, changed
from interloop.domain.deciding import AFTER, DecisionState, check_second
from interloop.domain.errors import Conflict, NotFound
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from interloop.security.permissions import Permission
from interloop.security.sealing import KeyClass

routes = Routes("applications")


@routes.post("/applications/{application_id}/decisions/{decision_id}/opinion", Permission.decide)
async def give_opinion(
    context: Ctx, staff: StaffDep, application_id: UUID, decision_id: UUID, body: OpinionIn
) -> DecisionOut:
    """Confirm a colleague's decision, which the journey then follows, or object to it.

    409 `own_marks_first` until the asker's own scorecard stands, `decided_already` when a third
    person was faster; 403 for the person who decided. After a 503 it may be sent again.
    """
    decision = await _commit(context, staff, (application_id, decision_id), body)
    if decision.state is DecisionState.confirmed:
        await tell_journey(context, staff, decision)
    return await shown(context, staff, decision)


async def _commit(
    context: Context, staff: Staff, wanted: tuple[UUID, UUID], body: OpinionIn
) -> Decision:
    """Commit the opinion and what it makes of the decision; the same one twice is one."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, wanted[0], lock=True)
        decision = await must_get(session, Decision, wanted[1], lock=True)
        if decision.application_id != application.id:
            raise NotFound("no such decision here", code="no_decision")
        given = await session.scalar(
            select(SecondOpinion).where(SecondOpinion.decision_id == decision.id)
        )
        if given is not None:
            if (given.given_by, given.verdict) != (staff.id, body.verdict):
                raise await decided_already(session, decision)
            return decision
        await _check(session, staff, application, decision)
        opinion = SecondOpinion(
            id=new_id(),
            org_id=staff.org_id,
            decision_id=decision.id,
            given_by=staff.id,
            verdict=body.verdict,
            created_at=now,
        )
        box = await box_of(
            context.services, staff.org_id, application.candidate_id, KeyClass.decision
        )
        seal_column(box, opinion, "reason_sealed", body.reason)
        session.add(opinion)
        decision.state = AFTER[body.verdict]
        if decision.state is DecisionState.objected:
            await keep_back(session, decision)
        about, details = ("decision", decision.id), {"kind": decision.kind.value}
        action = f"decision.{decision.state.value}"
        await audit(session, staff.who, action, at=now, about=about, details=details)
        await changed(session, "decision", decision.id, at=now, job_id=application.job_id)
        return decision


async def _check(
    session: AsyncSession, staff: Staff, application: Application, decision: Decision
) -> None:
    if application.stage is Stage.closed:
        raise Conflict("this application is closed", code="journey_over")
    check_second(
        decision.state,
        decided_by=decision.decided_by,
        asker=staff.id,
        own_card_submitted=await has_own_card(session, staff.id, application.id),
    )
