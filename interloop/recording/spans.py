"""Stretches of time: joined, cut and turned inside out; pure. All in ms, ends excluded."""

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def joined(spans: Iterable[Span], *, within_ms: int = 0) -> list[Span]:
    """Return the same time in order, without overlaps; closer than `within_ms` becomes one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if found and start - found[-1][1] <= within_ms:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def outside(spans: Iterable[Span], until_ms: int) -> list[Span]:
    """Return what of [0, until_ms) no span covers."""
    free: list[Span] = []
    at = 0
    for start, end in joined(spans):
        if start > at:
            free.append((at, min(start, until_ms)))
        at = max(at, end)
    free.append((at, until_ms))
    return [span for span in free if span[1] > span[0]]


def cut_off(spans: Sequence[Span], at_ms: int | None) -> list[Span]:
    """Return what lies before `at_ms`; everything without one."""
    if at_ms is None:
        return list(spans)
    return [(start, min(end, at_ms)) for start, end in spans if start < at_ms]
