"""Connections to people's calendars: their sealed credentials, and what became of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from interloop.db.keystore import KeyStore
from interloop.db.tables import Application, CalendarConnection, Task, TaskKind
from interloop.db.trail import SYSTEM, audit, changed
from interloop.domain.calendar import AccessState
from interloop.security.sealing import Box, KeyClass


async def connection_of(session: AsyncSession, user_id: UUID) -> CalendarConnection | None:
    """Return how we get to this person's calendar, if they let us."""
    statement = select(CalendarConnection).where(CalendarConnection.user_id == user_id)
    return (await session.execute(statement)).scalar_one_or_none()


async def credentials_box(keys: KeyStore, org_id: UUID) -> Box:
    """Return the organisation's own box, which seals what opens calendars."""
    return await keys.box(org_id, org_id, KeyClass.identity)


def note_success(row: CalendarConnection, *, at: datetime) -> None:
    """Say on the row that it worked just now."""
    row.last_success_at, row.failure_code = at, None


async def settle_access(session: AsyncSession, row: CalendarConnection, *, at: datetime) -> None:
    """Close what its person was asked to do about it: it works again."""
    statement = (
        select(Task, Application.job_id)
        .join(Application, Application.id == Task.application_id)
        .where(*_asked(row.user_id), Task.done_at.is_(None))
    )
    for task, job_id in await session.execute(statement):
        task.done_at = at
        await audit(session, SYSTEM, "task.done", at=at, about=("task", task.id))
        await changed(session, "task", task.id, at=at, job_id=job_id)


def lapse_of(row: CalendarConnection) -> datetime:
    """Return since when it has not worked; each lapse is asked about once."""
    return row.last_success_at or row.created_at


def is_told() -> ColumnElement[bool]:
    """Select connections whose person was asked about this lapse."""
    since = func.coalesce(CalendarConnection.last_success_at, CalendarConnection.created_at)
    asked = select(Task.id).where(*_asked(CalendarConnection.user_id), Task.created_at >= since)
    return asked.correlate(CalendarConnection).exists()


def _asked(user_id: UUID | InstrumentedAttribute[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (Task.kind == TaskKind.calendar_access, Task.assignee_id == user_id)


async def note_revoked(
    session: AsyncSession, row: CalendarConnection, *, code: str, at: datetime
) -> bool:
    """Say that access was taken back; tell whether that is news. Nothing is written until then."""
    if row.state is AccessState.revoked:
        return False
    row.state, row.failure_code = AccessState.revoked, code
    about, details = ("calendar_connection", row.id), {"code": code}
    await audit(session, SYSTEM, "calendar.revoked", at=at, about=about, details=details)
    await changed(session, "calendar_connection", row.id, at=at)
    return True
