"""Opening what was said: texts and word times of turns, sealed with the transcript key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.rows import open_column
from interloop.db.tables import Turn
from interloop.domain.turn import TurnState, Word
from interloop.security.sealing import Box

_WORDS: TypeAdapter[tuple[Word, ...]] = TypeAdapter(tuple[Word, ...])


@dataclass(frozen=True)
class Said:
    """A turn with its words in the clear."""

    row: Turn
    text: str
    words: tuple[Word, ...] = ()


async def said_in(
    session: AsyncSession, interview_id: UUID, box: Box, *, states: Iterable[TurnState]
) -> list[Said]:
    """Return the turns of an interview in these states, in the order they were spoken."""
    statement = (
        select(Turn)
        .where(Turn.interview_id == interview_id, Turn.state.in_(list(states)))
        .order_by(Turn.seq, Turn.version)
    )
    return opened((await session.execute(statement)).scalars().all(), box)


def opened(rows: Sequence[Turn], box: Box) -> list[Said]:
    """Open these turns."""
    return [
        Said(
            row=row,
            text=open_column(box, row, "text_sealed") or "",
            words=_WORDS.validate_json(open_column(box, row, "words_sealed") or "[]"),
        )
        for row in rows
    ]
