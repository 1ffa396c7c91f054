"""Loading rows that must be there, and opening what is sealed in them."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.tables import Application, Base, Candidate
from interloop.domain.errors import NotFound
from interloop.security.sealing import Box, place_of

R = TypeVar("R", bound=Base)


async def must_get(session: AsyncSession, kind: type[R], row_id: UUID, *, lock: bool = False) -> R:
    """Return the row of this organisation; `NotFound` when there is none."""
    row = await session.get(kind, row_id, with_for_update=lock or None)
    if row is None or getattr(row, "org_id", None) != session.info["org_id"]:
        raise NotFound(f"no such {kind.__tablename__}", code=f"no_{kind.__tablename__}")
    return row


async def candidate_of(session: AsyncSession, application_id: UUID) -> Candidate:
    """Return the candidate behind an application."""
    application = await must_get(session, Application, application_id)
    return await must_get(session, Candidate, application.candidate_id)


def open_column(box: Box, row: Base, column: str) -> str | None:
    """Open a sealed text column, or return None where nothing is."""
    sealed: bytes | None = getattr(row, column)
    if sealed is None:
        return None
    return box.open_text(sealed, place=place_of(row.__tablename__, column, _id(row)))


def seal_column(box: Box, row: Base, column: str, text: str) -> None:
    """Seal a text into a column of this row."""
    setattr(row, column, box.seal_text(text, place=place_of(row.__tablename__, column, _id(row))))


def _id(row: Base) -> UUID:
    row_id: UUID = row.id  # type: ignore[attr-defined]  # every table has one
    return row_id
