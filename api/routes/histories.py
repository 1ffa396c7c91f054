"""Erasing the workflow histories of a closed application; what was said of it here stays."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import StaffDep
from api.context import Ctx
from api.people import user_refs
from api.shapes.common import UserRef
from api.shapes.histories import ErasureOut, HistoriesOut
from interloop.db.rows import must_get
from interloop.db.tables import Application, HistoryErasure, Interview, RecordingExport
from interloop.db.trail import audit, changed
from interloop.domain.erasing import ErasureRef, check_may_erase, refusal
from interloop.domain.ids import new_id
from interloop.domain.recording import ExportState
from interloop.erasing import course_of
from interloop.security.permissions import Permission

routes = Routes("applications")


@routes.get("/applications/{application_id}/histories", Permission.erase_histories)
async def get_histories(context: Ctx, staff: StaffDep, application_id: UUID) -> HistoriesOut:
    """Say whether the histories may be erased, and what was erased."""
    async with context.services.db.read(staff.org_id) as session:
        return await _told(session, application_id)


@routes.post(
    "/applications/{application_id}/histories/erase", Permission.erase_histories, status_code=202
)
async def erase(context: Ctx, staff: StaffDep, application_id: UUID) -> HistoriesOut:
    """Erase every history of a closed application in the workflow engine; a receipt stays.

    409 with code `journey_runs`, `review_runs` or `erasing_already`. While Temporal is away the
    wish waits for it.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        application = await must_get(session, Application, application_id, lock=True)
        check_may_erase(await course_of(session, application))
        row = HistoryErasure(
            id=new_id(), application_id=application_id, asked_by=staff.id, created_at=now
        )
        session.add(row)
        about, details = ("application", application_id), {"erasure": str(row.id)}
        await audit(session, staff.who, "histories.erasing", at=now, about=about, details=details)
        await changed(session, "application", application_id, at=now, job_id=application.job_id)
        await session.flush()
        told = await _told(session, application_id)
    await context.journeys.erase(ErasureRef(org_id=staff.org_id, erasure_id=row.id))
    return told


async def _told(session: AsyncSession, application_id: UUID) -> HistoriesOut:
    application = await must_get(session, Application, application_id)
    statement = (
        select(HistoryErasure)
        .where(HistoryErasure.application_id == application_id)
        .order_by(HistoryErasure.created_at.desc(), HistoryErasure.id.desc())
    )
    rows = list(await session.scalars(statement))
    people = await user_refs(session, (row.asked_by for row in rows))
    kept = (
        select(func.count())
        .select_from(RecordingExport)
        .join(Interview, Interview.id == RecordingExport.interview_id)
        .where(
            Interview.application_id == application_id,
            RecordingExport.state == ExportState.ready,
        )
    )
    return HistoriesOut(
        refusal=refusal(await course_of(session, application)),
        files_kept=await session.scalar(kept) or 0,
        erasures=tuple(_out(row, people) for row in rows),
    )


def _out(row: HistoryErasure, people: dict[UUID, UserRef]) -> ErasureOut:
    return ErasureOut(
        id=row.id,
        asked_by=people.get(row.asked_by) if row.asked_by else None,
        asked_at=row.created_at,
        gone_at=row.gone_at,
        refused=row.refused,
        workflows=row.workflows,
        runs=row.runs,
        seconds=row.seconds,
    )
