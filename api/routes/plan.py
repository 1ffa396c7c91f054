"""The plan of a job: drafting, saving and publishing."""

from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.shapes.plan import (
    DraftIn,
    DraftOut,
    JobPlanOut,
    PlanVersionOut,
    PlanVersionRow,
    PublishIn,
)
from interloop.db.rows import must_get
from interloop.db.tables import (
    Interview,
    Job,
    PersonaVersion,
    PlanVersion,
    RubricVersion,
    VersionState,
)
from interloop.db.trail import audit, changed
from interloop.domain.drafting import draft_plan
from interloop.domain.errors import Conflict, NotFound
from interloop.domain.ids import new_id
from interloop.security.permissions import Permission

routes = Routes("plan")

V = TypeVar("V", RubricVersion, PersonaVersion)

_STALE = Conflict("somebody saved in between; look again", code="stale_draft")
VersionNo = Annotated[int, Path(ge=1, le=1_000_000)]


@routes.get("/jobs/{job_id}/plan", Permission.see_plan)
async def get_plan(context: Ctx, staff: StaffDep, job_id: UUID) -> JobPlanOut:
    """Return what is live, what is being edited and what was before."""
    async with context.services.db.read(staff.org_id) as session:
        job = await must_get(session, Job, job_id)
        versions = await _published(session, job_id)
        draft = await _draft(session, job_id)
    live = versions[0] if versions else None
    if draft is not None:
        shown = DraftOut(revision=draft.revision, plan=draft.body)
    elif live is not None:
        shown = DraftOut(revision=0, plan=live.plan)
    else:
        shown = DraftOut(revision=0, plan=draft_plan(job.title, job.description))
    rows = tuple(PlanVersionRow(**v.model_dump(exclude={"plan"})) for v in versions)
    return JobPlanOut(live=live, draft=shown, versions=rows)


@routes.get("/jobs/{job_id}/plan/versions/{version}", Permission.see_plan)
async def get_plan_version(
    context: Ctx, staff: StaffDep, job_id: UUID, version: VersionNo
) -> PlanVersionOut:
    """Return one published version."""
    async with context.services.db.read(staff.org_id) as session:
        for row in await _published(session, job_id):
            if row.version == version:
                return row
    raise NotFound("there is no such version", code="no_version")


@routes.put("/jobs/{job_id}/plan/draft", Permission.edit_plan)
async def save_draft(context: Ctx, staff: StaffDep, job_id: UUID, body: DraftIn) -> DraftOut:
    """Save the draft; 409 when somebody saved in between."""
    try:
        await _save(context, staff, job_id, body)
    except IntegrityError:
        # Two people began the same draft at once; the other one was faster.
        raise _STALE from None
    return DraftOut(revision=body.revision + 1, plan=body.plan)


async def _save(context: Context, staff: Staff, job_id: UUID, body: DraftIn) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        if body.revision == 0:
            session.add(await _first_draft(session, job_id, body, now=now))
        elif not await _replaced(session, job_id, body):
            raise _STALE
        await audit(session, staff.who, "plan.saved", at=now, about=("job", job_id))
        await changed(session, "plan", job_id, at=now, job_id=job_id)


async def _first_draft(
    session: AsyncSession, job_id: UUID, body: DraftIn, *, now: datetime
) -> PlanVersion:
    newest = select(func.max(PlanVersion.version)).where(PlanVersion.job_id == job_id)
    if await _draft(session, job_id) is not None:
        raise _STALE
    return PlanVersion(
        id=new_id(),
        job_id=job_id,
        version=(await session.scalar(newest) or 0) + 1,
        state=VersionState.draft,
        body=body.plan,
        revision=1,
        created_at=now,
    )


async def _replaced(session: AsyncSession, job_id: UUID, body: DraftIn) -> bool:
    statement = (
        update(PlanVersion)
        .where(
            PlanVersion.job_id == job_id,
            PlanVersion.state == VersionState.draft,
            PlanVersion.revision == body.revision,
        )
        .values(body=body.plan, revision=body.revision + 1)
        .returning(PlanVersion.id)
    )
    return await session.scalar(statement) is not None


@routes.post("/jobs/{job_id}/plan/publish", Permission.edit_plan)
async def publish_plan(context: Ctx, staff: StaffDep, job_id: UUID, body: PublishIn) -> JobPlanOut:
    """Publish the draft as the next version."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        await must_get(session, Job, job_id, lock=True)
        draft = await _draft(session, job_id)
        if draft is None:
            raise Conflict("nothing was edited since the last version", code="nothing_to_publish")
        if draft.revision != body.revision:
            raise _STALE
        draft.state, draft.published_at = VersionState.published, now
        rubric, persona = draft.body.rubric, draft.body.persona
        draft.rubric_version_id = await _kept_or_next(session, RubricVersion, draft, rubric)
        draft.persona_version_id = await _kept_or_next(session, PersonaVersion, draft, persona)
        details = {"version": str(draft.version)}
        about = ("plan_version", draft.id)
        await audit(session, staff.who, "plan.published", at=now, about=about, details=details)
        await changed(session, "plan", job_id, at=now, job_id=job_id)
    return await get_plan(context, staff, job_id)


async def _kept_or_next(
    session: AsyncSession, kind: type[V], draft: PlanVersion, body: BaseModel
) -> UUID:
    """Return the id of the newest version when it says the same, else of the next one."""
    statement = select(kind).where(kind.job_id == draft.job_id).order_by(kind.version.desc())
    newest = (await session.execute(statement)).scalars().first()
    if newest is not None and newest.body == body:
        return newest.id
    row = kind(
        id=new_id(),
        job_id=draft.job_id,
        version=(newest.version if newest else 0) + 1,
        body=body,
        created_at=draft.published_at,
    )
    session.add(row)
    await session.flush()
    return row.id


async def _draft(session: AsyncSession, job_id: UUID) -> PlanVersion | None:
    statement = select(PlanVersion).where(
        PlanVersion.job_id == job_id, PlanVersion.state == VersionState.draft
    )
    return (await session.execute(statement)).scalars().first()


async def _published(session: AsyncSession, job_id: UUID) -> list[PlanVersionOut]:
    """Return the published versions, newest first."""
    used = (
        select(func.count(Interview.id))
        .where(Interview.plan_version_id == PlanVersion.id)
        .scalar_subquery()
    )
    statement = (
        select(PlanVersion, used)
        .where(PlanVersion.job_id == job_id, PlanVersion.state == VersionState.published)
        .order_by(PlanVersion.version.desc())
    )
    return [
        PlanVersionOut(
            id=row.id,
            version=row.version,
            published_at=row.published_at or row.created_at,
            used_in=count,
            plan=row.body,
        )
        for row, count in (await session.execute(statement))
    ]
