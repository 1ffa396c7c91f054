"""Cuts a resume into the passages that are quoted: a bullet point, a sentence, a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interloop.domain.asked import stated_years
from interloop.domain.terms import terms

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s+[^\Wa-z])|\Z)", re.DOTALL)
_MOST_WORDS = 45
_WORDS = re.compile(rf"(?:\S+\s*){{1,{_MOST_WORDS}}}")


@dataclass(frozen=True)
class Unit:
    """A passage's span, the names of its terms and the years it states."""

    start: int
    end: int
    terms: frozenset[str]
    years: int


def units_of(text: str) -> tuple[Unit, ...]:
    """The passages of `text` that hold terms, in order, not overlapping."""
    units = []
    for start, end in _spans(text):
        piece = text[start:end]
        names = frozenset(term.name for term in terms(piece))
        if names:
            begin = start + len(piece) - len(piece.lstrip())
            units.append(Unit(begin, start + len(piece.rstrip()), names, stated_years(piece)))
    return tuple(units)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _paragraphs(text):
        for sentence in _SENTENCE.finditer(text, start, end):
            for piece in _WORDS.finditer(text, sentence.start(), sentence.end()):
                yield piece.span()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, joined with the next when that goes on in lower case: a wrapped bullet point."""
    start = end = -1
    for line in _LINE.finditer(text):
        goes_on = end >= 0 and line.start() == end + 1 and line.group().lstrip()[:1].islower()
        if not goes_on:
            if end >= 0:
                yield start, end
            start = line.start()
        end = line.end()
    if end >= 0:
        yield start, end
