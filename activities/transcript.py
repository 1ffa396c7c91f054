"""Opens the candidate's words of one interview: those that may back a mark, in order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from activities.rows import candidate_of, must_get, open_column
from interloop.db.tables import Interview, PlanVersion, Turn
from interloop.domain.base import Value
from interloop.domain.judging import Found, JudgedTurn
from interloop.domain.mark import Span
from interloop.domain.turn import Speaker, TurnState, Word, is_evidence
from interloop.security.sealing import KeyClass
from interloop.services import Services

_WORDS: TypeAdapter[tuple[Word, ...]] = TypeAdapter(tuple[Word, ...])


class Place(Value):
    """Where words stand: the turn's row and version, and milliseconds on the interview clock."""

    turn_id: UUID
    version: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Heard:
    """The turns a judge sees, and what is needed to find their words again."""

    turns: tuple[JudgedTurn, ...]
    rows: dict[str, Turn]
    words: dict[str, tuple[Word, ...]]

    def place_of(self, found: Found) -> Place:
        """Return where a quote stands; without word times its place is the whole turn."""
        row, text = self.rows[found.turn], self._text(found.turn)
        spoken = _spoken(text, self.words[found.turn], found.span)
        return Place(
            turn_id=row.id,
            version=row.version,
            start_ms=min((word.start_ms for word in spoken), default=row.start_ms),
            end_ms=max((word.end_ms for word in spoken), default=row.end_ms),
        )

    def is_older_than(self, instant: datetime) -> bool:
        """Tell whether the candidate has confirmed or corrected nothing since then."""
        confirmed = (row.confirmed_at for row in self.rows.values())
        return all(at is None or at <= instant for at in confirmed)

    def _text(self, turn: str) -> str:
        return next(each.text for each in self.turns if each.turn == turn)


async def hear(services: Services, session: AsyncSession, interview: Interview) -> Heard:
    """Return the committed turns of the candidate that are evidence."""
    candidate = await candidate_of(session, interview.application_id)
    box = await services.keys.box(candidate.org_id, candidate.id, KeyClass.transcript)
    plan = await must_get(session, PlanVersion, interview.plan_version_id)
    questions = {question.id: question.text for question in plan.body.questions}
    turns, rows, words = [], {}, {}
    for row in await _evidence_rows(session, interview.id):
        key = str(row.id)
        text = open_column(box, row, "text_sealed") or ""
        if not text.strip():
            continue
        question = questions.get(row.question_id) if row.question_id else None
        turns.append(JudgedTurn(turn=key, question=question, text=text))
        rows[key] = row
        words[key] = _WORDS.validate_json(open_column(box, row, "words_sealed") or "[]")
    return Heard(turns=tuple(turns), rows=rows, words=words)


async def _evidence_rows(session: AsyncSession, interview_id: UUID) -> list[Turn]:
    statement = (
        select(Turn)
        .where(
            Turn.interview_id == interview_id,
            Turn.state == TurnState.committed,
            Turn.speaker == Speaker.candidate,
        )
        .order_by(Turn.seq, Turn.version)
    )
    rows = (await session.execute(statement)).scalars()
    return [row for row in rows if _counts(row)]


def _counts(row: Turn) -> bool:
    return is_evidence(
        row.speaker, row.source, reliable=row.reliable, confirmed=row.confirmed_at is not None
    )


def _spoken(text: str, words: tuple[Word, ...], span: Span) -> list[Word]:
    """Return the words that stand inside a span of the text, as far as they are found there."""
    spoken: list[Word] = []
    at = 0
    for word in words:
        start = text.find(word.text, at)
        if start < 0:
            continue
        at = start + len(word.text)
        if start < span.end and at > span.start:
            spoken.append(word)
    return spoken
