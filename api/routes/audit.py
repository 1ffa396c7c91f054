"""The audit chain, for auditors."""

from typing import Annotated

from fastapi import Query
from sqlalchemy import select

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import user_refs
from api.shapes.trail import AuditEntryOut, AuditPage, VerificationOut
from interloop.db.audit import CHECKPOINTS, Auditor
from interloop.db.tables import AuditEntry
from interloop.security.permissions import Permission

routes = Routes("audit")


@routes.get("/audit", Permission.see_audit)
async def list_audit(
    context: Ctx,
    staff: StaffDep,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """Page through the chain, newest first."""
    statement = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(limit + 1)
    if before is not None:
        statement = statement.where(AuditEntry.seq < before)
    async with context.services.db.read(staff.org_id) as session:
        rows = (await session.execute(statement)).scalars().all()
        people = await user_refs(session, (row.actor_id for row in rows))
    shown = rows[:limit]
    entries = tuple(
        AuditEntryOut(
            seq=row.seq,
            at=row.created_at,
            actor_kind=row.actor_kind,
            actor=people.get(row.actor_id) if row.actor_id else None,
            action=row.action,
            noun=row.noun,
            noun_id=row.noun_id,
            details=row.details,
            hash=row.hash.hex(),
        )
        for row in shown
    )
    return AuditPage(entries=entries, next=shown[-1].seq if len(rows) > limit else None)


@routes.get("/audit/verification", Permission.see_audit)
async def verify_audit(context: Ctx, staff: StaffDep) -> VerificationOut:
    """Recompute the chain and check its signed checkpoints."""
    services = context.services
    auditor = Auditor(
        services.db, services.keys, services.clock, services.settings.state_dir / CHECKPOINTS
    )
    found = await auditor.verify(staff.org_id)
    return VerificationOut(ok=found.ok, **found.model_dump(exclude={"org_id"}))
