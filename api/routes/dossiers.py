"""Dossiers: what a rejection rested on, as it was frozen."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import box_of
from api.shapes.dossiers import DossierOut
from interloop.db.rows import must_get, open_column
from interloop.db.tables import Application, AuditEntry
from interloop.db.tables import Dossier as DossierRow
from interloop.db.trail import audit
from interloop.domain.dossier import Dossier, Words, dossier_hash
from interloop.domain.errors import KeyDestroyed
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services

routes = Routes("applications")


@routes.get("/applications/{application_id}/dossiers", Permission.see_dossiers)
async def list_dossiers(context: Ctx, staff: StaffDep, application_id: UUID) -> list[DossierOut]:
    """Return the dossier of each rejection, newest first; after erasure without any name."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id)
        statement = (
            select(DossierRow)
            .where(DossierRow.application_id == application_id)
            .order_by(DossierRow.created_at.desc())
        )
        rows = (await session.execute(statement)).scalars().all()
        for row in rows:
            await audit(session, staff.who, "dossier.viewed", at=now, about=("dossier", row.id))
        box = await box_of(
            context.services, staff.org_id, application.candidate_id, KeyClass.decision
        )
        words = await _identity(context.services, application)
        return [await _out(session, row, box, words) for row in rows]


async def _identity(services: Services, application: Application) -> Box | None:
    try:
        return await box_of(
            services, application.org_id, application.candidate_id, KeyClass.identity
        )
    except KeyDestroyed:
        return None


async def _out(
    session: AsyncSession, row: DossierRow, box: Box, identity: Box | None
) -> DossierOut:
    body = open_column(box, row, "body_sealed") or ""
    words = open_column(identity, row, "words_sealed") if identity else None
    return DossierOut(
        id=row.id,
        frozen_at=row.created_at,
        sha256=row.sha256,
        intact=await _intact(session, row, body, words),
        dossier=Dossier.model_validate_json(body),
        words=Words.model_validate_json(words) if words else None,
    )


async def _intact(session: AsyncSession, row: DossierRow, body: str, words: str | None) -> bool:
    """Tell whether the audit chain names this hash, and, while all of it opens, it is the hash."""
    statement = select(AuditEntry.details).where(
        AuditEntry.noun_id == row.id, AuditEntry.action == "dossier.frozen"
    )
    details = await session.scalar(statement)
    noted = details is not None and details.get("sha256") == row.sha256
    erased = words is None and row.words_sealed is not None
    return noted and (erased or dossier_hash(body, words) == row.sha256)
