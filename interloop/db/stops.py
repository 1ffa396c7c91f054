"""The stop switch of an organisation, as everybody reads it who would begin something."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Organization
from interloop.domain.calls import STOPPED
from interloop.domain.errors import Conflict


async def is_stopped(session: AsyncSession) -> bool:
    """Tell whether this session's organisation has stopped all interviews."""
    org_id: UUID = session.info["org_id"]
    statement = select(Organization.stopped_at).where(Organization.id == org_id)
    return await session.scalar(statement) is not None


async def refuse_when_stopped(session: AsyncSession) -> None:
    """Raise `Conflict` while the switch is on."""
    if await is_stopped(session):
        raise Conflict("all interviews are stopped for now", code=STOPPED)
