"""The stop switch: no invitation, no join and no call in the whole organisation until it is off."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import Routes
from api.callers import Staff, StaffDep
from api.context import Context, Ctx
from api.shapes.common import UserRef
from api.shapes.stop import StopIn, StopOut
from interloop.db.rows import must_get, open_column, seal_column
from interloop.db.tables import Interview, InterviewState, Organization, Stop, User
from interloop.db.trail import audit, changed
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.security.permissions import Permission
from interloop.security.sealing import Box, KeyClass

routes = Routes("organization")


@routes.get("/organization/stop", Permission.stop_interviews)
async def get_stop(context: Ctx, staff: StaffDep) -> StopOut:
    """Say whether all interviews are stopped, and why."""
    async with context.services.db.read(staff.org_id) as session:
        return await _told(context, session, staff)


@routes.post("/organization/stop", Permission.stop_interviews)
async def stop_interviews(context: Ctx, staff: StaffDep, body: StopIn) -> StopOut:
    """Stop all interviews: running ones end kindly, and a person is offered to each candidate.

    409 `name_differs` unless the organisation's name was typed; stopping twice is stopping once.
    """
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id, with_for_update=True)
        if body.name.strip() != organization.name:
            raise Conflict("type the organisation's name to confirm", code="name_differs")
        if organization.stopped_at is None:
            organization.stopped_at = now
            row = Stop(id=new_id(), org_id=staff.org_id, stopped_by=staff.id, created_at=now)
            seal_column(await _box(context, staff), row, "reason_sealed", body.reason)
            session.add(row)
            await _note(session, staff, "interviews.stopped", context)
            await session.flush()
        return await _told(context, session, staff)


@routes.post("/organization/resume", Permission.stop_interviews)
async def resume_interviews(context: Ctx, staff: StaffDep) -> StopOut:
    """Let interviews be held again; resuming twice is resuming once."""
    now = context.services.clock.now()
    async with context.services.db.session(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id, with_for_update=True)
        if organization.stopped_at is not None:
            organization.stopped_at = None
            row = await _newest(session)
            row.ended_at, row.ended_by = now, staff.id
            await _note(session, staff, "interviews.resumed", context)
            await session.flush()
        return await _told(context, session, staff)


async def _note(session: AsyncSession, staff: Staff, action: str, context: Context) -> None:
    now, about = context.services.clock.now(), ("organization", staff.org_id)
    await audit(session, staff.who, action, at=now, about=about)
    await changed(session, "organization", staff.org_id, at=now)


async def _told(context: Context, session: AsyncSession, staff: Staff) -> StopOut:
    organization = await session.get_one(Organization, staff.org_id)
    live = select(func.count()).where(Interview.state == InterviewState.live)
    in_call = await session.scalar(live) or 0
    if organization.stopped_at is None:
        return StopOut(stopped_at=None, in_call=in_call)
    row = await _newest(session)
    who = await must_get(session, User, row.stopped_by)
    return StopOut(
        stopped_at=organization.stopped_at,
        stopped_by=UserRef(id=who.id, name=who.name, role=who.role),
        reason=open_column(await _box(context, staff), row, "reason_sealed"),
        in_call=in_call,
    )


async def _newest(session: AsyncSession) -> Stop:
    statement = select(Stop).order_by(Stop.created_at.desc(), Stop.id.desc()).limit(1)
    return (await session.execute(statement)).scalars().one()


async def _box(context: Context, staff: Staff) -> Box:
    """Return the box of words about the organisation itself."""
    return await context.services.keys.box(staff.org_id, staff.org_id, KeyClass.decision)
