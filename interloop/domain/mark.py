"""Marks and the words that back them."""

import re
import unicodedata
from enum import StrEnum

from pydantic import Field

from interloop.domain.base import Value
from interloop.domain.errors import Conflict
from interloop.domain.plan import Rubric


class Provenance(StrEnum):
    """Who gave a mark; never empty."""

    human = "human"
    model = "model"
    sandbox = "sandbox"


class Span(Value):
    """A stretch of characters of one turn's verbatim text: [start, end)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class MarkValue(Value):
    """One mark: a level of an anchor, or an abstention."""

    criterion_id: str
    level: int | None = Field(default=None, ge=1, le=5)
    provenance: Provenance


class Total(Value):
    """The mechanical combination of human or model marks; `level` is on the 1 to 5 scale."""

    level: float
    marked: int
    of: int


def find_quote(text: str, quote: str) -> Span | None:
    """Return where `quote` stands in `text`, or None.

    Case, Unicode form, white space and typographic quotes are folded; nothing else is, so a
    paraphrase is not a quote. A quote of fewer than three word characters backs nothing.
    """
    folded, offsets = _fold(text)
    wanted, _ = _fold(quote)
    wanted = wanted.strip()
    if len(re.sub(r"\W", "", wanted)) < 3:
        return None
    at = folded.find(wanted)
    if at < 0:
        return None
    return Span(start=offsets[at], end=offsets[at + len(wanted) - 1] + 1)


_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the offset in the original."""
    out: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char.translate(_SAME)).casefold():
            folded = " " if piece.isspace() else piece
            if folded == " " and (not out or out[-1] == " "):
                continue
            out.append(folded)
            offsets.append(offset)
    return "".join(out), offsets


def total(rubric: Rubric, marks: tuple[MarkValue, ...]) -> Total | None:
    """Combine marks by the rubric's weights, or return None when there is no honest total.

    Sandbox marks never count. A total needs a level for every criterion: a weighted mean
    over some of them would compare people on different things.
    """
    levels = {
        m.criterion_id: m.level
        for m in marks
        if m.provenance is not Provenance.sandbox and m.level is not None
    }
    if any(c.id not in levels for c in rubric.criteria):
        return None
    weighted = sum(c.weight * levels[c.id] for c in rubric.criteria)
    return Total(level=weighted / 100, marked=len(rubric.criteria), of=len(rubric.criteria))


def check_reveal(*, own_mark_stored: bool) -> None:
    """Raise `Conflict` unless the reviewer's own mark is stored: own mark first."""
    if not own_mark_stored:
        raise Conflict("enter your own mark first", code="own_mark_first")
