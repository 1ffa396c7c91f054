"""What was said or typed: turns on the interview clock."""

from enum import StrEnum

from pydantic import Field

from interloop.domain.base import Value


class Speaker(StrEnum):
    """Whose words they are."""

    candidate = "candidate"
    interviewer = "interviewer"


class TurnSource(StrEnum):
    """How the words came."""

    voice = "voice"
    typed = "typed"
    code = "code"


class TurnState(StrEnum):
    """Open while it grows; committed once; superseded when the candidate corrected it."""

    open = "open"
    committed = "committed"
    superseded = "superseded"


class Provider(StrEnum):
    """Which kind of model stood behind a word or a mark."""

    model = "model"
    sandbox = "sandbox"


class Word(Value):
    """One recognised word; times in ms on the interview clock, confidence 0 to 1."""

    text: str
    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)
    confidence: float = Field(ge=0, le=1)


class Cursor(Value):
    """Where the agenda stands; committed together with each turn.

    `index` counts questions; `index == len(questions)` means all are asked.
    """

    greeted: bool = False
    index: int = Field(default=-1, ge=-1)
    follow_ups_used: int = Field(default=0, ge=0)
    closed: bool = False
    doubt: float = 0.0
    """What was learned of the candidate's pauses, see `patience.py`; for whoever takes over."""


def is_evidence(speaker: Speaker, source: TurnSource, *, reliable: bool, confirmed: bool) -> bool:
    """Tell whether a committed turn may back a mark.

    Only the candidate's own words count; words from a recogniser that says of itself
    that it is unreliable count once the candidate confirmed or corrected them.
    """
    if speaker is not Speaker.candidate:
        return False
    return source is not TurnSource.voice or reliable or confirmed
