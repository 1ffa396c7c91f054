"""Puts the words of a page into reading order: columns are found by the gutter between them.

A recursive cut in the manner of XY-cut (Nagy, Seth and Viswanathan, 1992), with one change: a
gutter need not run down the whole page, so a heading across both columns does not hide it.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FEWEST_LINES = 4
_LEAST_DENSITY = 0.45
_LONGEST_DATE = 26
_MOST_FRAGMENTS = 1500  # the search is quadratic
_END_OF_LINE_HYPHEN = "\x02"


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text on a page; edges in points, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height in points, at least one so that it can divide."""
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        """Height of the middle over the page's origin."""
        return (self.top + self.bottom) / 2


def page_text(words: Iterable[Box]) -> str:
    """The text of the words in reading order: one line a row, an empty line between blocks."""
    blocks = _order(_fragments(words))
    texts = ["\n".join("\t".join(box.text for box in row) for row in _rows(b)) for b in blocks]
    text = "\n\n".join(text for text in texts if text)
    return text.replace(_END_OF_LINE_HYPHEN + "\n", "").replace(_END_OF_LINE_HYPHEN, "-")


def _rows(boxes: Iterable[Box]) -> list[list[Box]]:
    """Boxes grouped by line, top to bottom, each line from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: (-box.middle, box.left)):
        last = rows[-1][0] if rows else None
        if last and abs(last.middle - box.middle) < 0.5 * min(last.height, box.height):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _fragments(words: Iterable[Box]) -> list[Box]:
    """Words joined to the longest pieces without a gap wider than the line is high."""
    fragments: list[Box] = []
    for row in _rows(words):
        joined = row[0]
        for word in row[1:]:
            if word.left - joined.right > min(joined.height, word.height):
                fragments.append(joined)
                joined = word
            else:
                joined = _join(joined, word)
        fragments.append(joined)
    return fragments


def _join(first: Box, second: Box) -> Box:
    return Box(
        f"{first.text} {second.text}",
        min(first.left, second.left),
        min(first.bottom, second.bottom),
        max(first.right, second.right),
        max(first.top, second.top),
    )


def _order(boxes: Sequence[Box]) -> list[list[Box]]:
    """Blocks in reading order: above the columns, left, right, below."""
    split = _widest_columns(boxes) if len(boxes) <= _MOST_FRAGMENTS else None
    if split is None:
        return [list(boxes)]
    left, right = split
    top = max(box.top for box in (*left, *right))
    columns = {id(box) for box in (*left, *right)}
    others = [box for box in boxes if id(box) not in columns]
    above = [box for box in others if box.middle > top]
    below = [box for box in others if box.middle <= top]
    return [*_order(above), *_order(left), *_order(right), *_order(below)]


def _widest_columns(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]] | None:
    """The largest run of lines that one vertical gutter parts into two columns, if any."""
    descending = sorted(boxes, key=lambda box: -box.middle)
    best: tuple[list[Box], list[Box]] | None = None
    for edge in {round(box.left) for box in boxes}:
        for run in _runs_without(descending, float(edge) - 1):
            left = [box for box in run if box.right <= edge]
            right = [box for box in run if box.right > edge]
            larger = best is None or len(run) > len(best[0]) + len(best[1])
            if larger and _is_column(left) and _is_column(right):
                best = (left, right)
    return best


def _runs_without(descending: Sequence[Box], gutter: float) -> list[list[Box]]:
    """Runs of consecutive boxes that do not cross the gutter."""
    runs: list[list[Box]] = [[]]
    for box in descending:
        if box.left < gutter < box.right - 1:
            runs.append([])
        else:
            runs[-1].append(box)
    return runs


def _is_column(boxes: Sequence[Box]) -> bool:
    """A column is several lines close together; dates beside the entries they belong to are not."""
    if len(boxes) < _FEWEST_LINES:
        return False
    extent = max(box.top for box in boxes) - min(box.bottom for box in boxes)
    pitch = 1.2 * statistics.median(box.height for box in boxes)
    dates = sum(1 for box in boxes if len(box.text) <= _LONGEST_DATE and _has_digit(box.text))
    return len(_rows(boxes)) * pitch >= _LEAST_DENSITY * extent and dates < 0.5 * len(boxes)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
