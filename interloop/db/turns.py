"""Turns as rows: the next version of one, when its words are corrected or heard better."""

from interloop.db.tables import Turn
from interloop.domain.ids import new_id
from interloop.domain.turn import TurnState


def next_version(old: Turn, version: int) -> Turn:
    """Supersede a turn and return its successor, in its place and without words yet."""
    old.state = TurnState.superseded
    return Turn(
        id=new_id(),
        org_id=old.org_id,
        interview_id=old.interview_id,
        seq=old.seq,
        version=version,
        speaker=old.speaker,
        source=old.source,
        question_id=old.question_id,
        state=TurnState.committed,
        start_ms=old.start_ms,
        end_ms=old.end_ms,
        provider=old.provider,
        reliable=old.reliable,
        epoch=old.epoch,
    )
