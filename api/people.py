"""Names for ids: staff from their rows, candidates from their sealed columns."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.shapes.common import CandidateRef, UserRef
from interloop.db.rows import open_column
from interloop.db.tables import Candidate, User
from interloop.domain.errors import KeyDestroyed
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services


async def box_of(services: Services, org_id: UUID, candidate_id: UUID, kind: KeyClass) -> Box:
    """Return the box of a candidate's class; `KeyDestroyed` after erasure."""
    return await services.keys.box(org_id, candidate_id, kind)


async def candidate_ref(services: Services, candidate: Candidate) -> CandidateRef:
    """Return a candidate by name; the name is None while unknown and after erasure."""
    if candidate.name_sealed is None:
        return CandidateRef(id=candidate.id, name=None)
    try:
        box = await box_of(services, candidate.org_id, candidate.id, KeyClass.identity)
    except KeyDestroyed:
        return CandidateRef(id=candidate.id, name=None)
    return CandidateRef(id=candidate.id, name=open_column(box, candidate, "name_sealed"))


def user_ref(user: User) -> UserRef:
    """Return a member of staff by name."""
    return UserRef(id=user.id, name=user.name, role=user.role)


async def user_refs(session: AsyncSession, ids: Iterable[UUID | None]) -> dict[UUID, UserRef]:
    """Return the staff among these ids."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = (await session.execute(select(User).where(User.id.in_(wanted)))).scalars()
    return {row.id: user_ref(row) for row in rows}
