"""What interviewers' own calendars say is taken; one that cannot be read is never free."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from interloop.db.calendars import credentials_box, note_revoked, note_success, settle_access
from interloop.db.rows import open_column
from interloop.db.tables import CalendarConnection, JobMember
from interloop.domain.calendar import AccessState, Span
from interloop.domain.errors import AuthRevoked, InterloopError
from interloop.domain.stretches import Stretch
from interloop.integrations.calendar.port import Account
from interloop.scheduling.pool import Busy
from interloop.scheduling.rounds import Round
from interloop.services import Services

log = structlog.get_logger()

_FRESH = timedelta(minutes=5)


async def taken_elsewhere(services: Services, about: Round, within: Stretch) -> Busy:
    """Return what the calendars of a round's interviewers say is taken; the AI has none.

    Asked before anything is locked: a calendar may take its time.
    """
    if not about.with_person:
        return {}
    return await busy_of_job(services, about.job.org_id, about.job.id, within)


async def busy_of_job(
    services: Services, org_id: UUID, job_id: UUID, within: Stretch
) -> dict[UUID, Sequence[Stretch]]:
    """Return when each connected interviewer of the job is busy, asked at once.

    Whose calendar does not answer, or lets us in no more, is busy all the time: nobody is booked
    over what we cannot see.
    """
    if within.end <= within.start:
        return {}
    async with services.db.read(org_id) as session:
        statement = (
            select(CalendarConnection)
            .join(JobMember, JobMember.user_id == CalendarConnection.user_id)
            .where(JobMember.job_id == job_id, JobMember.interviews)
        )
        rows = (await session.execute(statement)).scalars().all()
    found = await asyncio.gather(*(busy_of(services, row, within) for row in rows))
    return {row.user_id: busy for row, busy in zip(rows, found, strict=True)}


async def busy_of(services: Services, row: CalendarConnection, within: Stretch) -> list[Stretch]:
    """Return when one connected person is busy; all of `within` when it cannot be read."""
    if row.state is AccessState.revoked:
        return [within]
    span = Span(starts_at=within.start, ends_at=within.end)
    try:
        spans = await services.calendar.busy(await account_of(services, row), span)
    except AuthRevoked as revoked:
        await _note(services, row, revoked=revoked.code)
        return [within]
    except InterloopError as away:
        log.warning("calendar.unreadable", code=away.code, connection=str(row.id))
        return [within]
    if _is_news(row, services.clock.now()):
        await _note(services, row)
    return [Stretch(each.starts_at, each.ends_at) for each in spans]


async def account_of(services: Services, row: CalendarConnection) -> Account:
    """Return the account with its credentials opened."""
    box = await credentials_box(services.keys, row.org_id)
    return Account.model_validate_json(open_column(box, row, "credentials_sealed") or "")


def _is_news(row: CalendarConnection, now: datetime) -> bool:
    """Keep a page that is read from writing each time: minutes are close enough for health."""
    last = row.last_success_at
    return row.failure_code is not None or last is None or now - last > _FRESH


async def _note(services: Services, row: CalendarConnection, *, revoked: str = "") -> None:
    now = services.clock.now()
    async with services.db.session(row.org_id) as session:
        mine = await session.get(CalendarConnection, row.id)
        if mine is None:
            return
        if revoked:
            await note_revoked(session, mine, code=revoked, at=now)
        else:
            note_success(mine, at=now)
            await settle_access(session, mine, at=now)
