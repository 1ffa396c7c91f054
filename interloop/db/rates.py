"""Counts attempts in the database, so that every process of an installation counts together."""

import hashlib
from datetime import UTC, datetime, timedelta

from limits import RateLimitItem
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import RateWindow
from interloop.domain.rate import Rate, weigh


async def hit(session: AsyncSession, item: RateLimitItem, *names: str, now: datetime) -> Rate:
    """Count one attempt by `names` and say whether it is within the limit.

    The row stays locked until the caller's transaction ends: two at once count as two. What is
    refused is not counted, so that who waits as told gets in.
    """
    window_s = item.get_expiry()
    number, into_s = divmod(now.timestamp(), window_s)
    key = hashlib.sha256(item.key_for(*names).encode()).digest()
    here = await _count(session, key, int(number), ends=_ends(number, window_s))
    before = await session.scalar(
        select(RateWindow.count).where(
            RateWindow.key == key, RateWindow.window_no == int(number) - 1
        )
    )
    if here == 1:
        await session.execute(delete(RateWindow).where(RateWindow.expires_at <= now))
    rate = weigh(item.amount, window_s, before=before or 0, here=here, into_s=into_s)
    if not rate.allowed:
        await _count(session, key, int(number), ends=_ends(number, window_s), by=-1)
    return rate


def _ends(number: float, window_s: int) -> datetime:
    """Return when a window weighs on no attempt any more."""
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=(number + 2) * window_s)


async def _count(
    session: AsyncSession, key: bytes, number: int, *, ends: datetime, by: int = 1
) -> int:
    """Add to the count of a window, made at first; return it."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    row = insert(RateWindow).values(key=key, window_no=number, count=by, expires_at=ends)
    statement = row.on_conflict_do_update(
        index_elements=[RateWindow.key, RateWindow.window_no],
        set_={"count": RateWindow.count + by},
    ).returning(RateWindow.count)
    count: int = (await session.execute(statement)).scalar_one()
    return count
