"""The place in line for a gateway: first come, first served, over all organisations."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from interloop.db.tables import Waiting
from interloop.services import Services

_LONGEST = timedelta(hours=12)
"""A place that is older than this belongs to nobody any more."""


async def place_in_line(
    services: Services, org_id: UUID, interview_id: UUID, *, now: datetime
) -> int:
    """Return this interview's place, 1 is the next; it takes one unless it has one.

    The gateway that claims the interview gives the place up.
    """
    async with services.db.session(org_id) as session:
        mine = await session.get(Waiting, interview_id)
        if mine is None:
            mine = Waiting(interview_id=interview_id, since=now)
            session.add(mine)
            await session.flush()
        before = await session.scalar(
            select(func.count())
            .select_from(Waiting)
            .where(
                Waiting.since < mine.since,
                Waiting.since > now - _LONGEST,
                Waiting.interview_id != interview_id,
            )
        )
    return 1 + (before or 0)
