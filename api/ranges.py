"""Byte ranges of a download (RFC 9110, section 14): one range, else the whole."""

import re

from interloop.domain.base import Value

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Range(Value):
    """Bytes [start, end) of a file."""

    start: int
    end: int


class NotSatisfiable(Exception):
    """The range lies outside the file (416)."""


def asked_range(header: str | None, size: int) -> Range | None:
    """Return the asked range, or None for the whole file.

    A header that is not one plain byte range is ignored, as the RFC asks; raises `NotSatisfiable`.
    """
    match = _RANGE.fullmatch(header.replace(" ", "")) if header else None
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
        empty = int(last) == 0
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
        empty = False
    if empty or start >= size:
        raise NotSatisfiable
    return Range(start=start, end=end)
