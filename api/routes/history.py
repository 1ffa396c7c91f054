"""What happened to an application: its part of the audit chain."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import user_refs
from api.shapes.applications import HistoryEntry
from interloop.db.rows import must_get
from interloop.db.tables import (
    Application,
    AuditEntry,
    Decision,
    Interview,
    Message,
    Task,
)
from interloop.security.permissions import Permission

routes = Routes("applications")


@routes.get("/applications/{application_id}/history", Permission.see_applications)
async def get_history(context: Ctx, staff: StaffDep, application_id: UUID) -> list[HistoryEntry]:
    """List what happened, oldest first; who looked at what stands in the audit only."""
    async with context.services.db.read(staff.org_id) as session:
        statement = (
            select(AuditEntry)
            .where(
                AuditEntry.noun_id.in_(await _nouns(session, application_id)),
                ~or_(
                    AuditEntry.action.endswith(".viewed"),
                    AuditEntry.action.endswith(".drafted"),
                ),
            )
            .order_by(AuditEntry.seq)
        )
        rows = list((await session.execute(statement)).scalars())
        people = await user_refs(session, (row.actor_id for row in rows))
    return [
        HistoryEntry(
            at=row.created_at,
            actor_kind=row.actor_kind,
            actor=people.get(row.actor_id) if row.actor_id else None,
            action=row.action,
            noun=row.noun,
            noun_id=row.noun_id,
            details=row.details,
        )
        for row in rows
    ]


async def _nouns(session: AsyncSession, application_id: UUID) -> set[UUID]:
    """Return the ids of everything that belongs to an application, itself included."""
    application = await must_get(session, Application, application_id)
    ids = {application.id, application.candidate_id}
    if application.resume_id is not None:
        ids.add(application.resume_id)
    for table in (Interview, Message, Decision, Task):
        statement = select(table.id).where(table.application_id == application_id)
        ids |= set((await session.execute(statement)).scalars())
    return ids
