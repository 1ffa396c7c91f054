"""Sets of instants as sorted, disjoint, half-open stretches of time, in UTC."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple


class Stretch(NamedTuple):
    """A half-open stretch: the end belongs to what comes after."""

    start: datetime
    end: datetime


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same time as disjoint stretches in order; empty ones go, touching ones join."""
    out: list[Stretch] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if out and start <= out[-1].end:
            out[-1] = Stretch(out[-1].start, max(out[-1].end, end))
        else:
            out.append(Stretch(start, end))
    return out


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of the stretches once everything taken is cut out."""
    left: list[Stretch] = []
    cuts = merged(taken)
    at = 0
    for start, end in merged(stretches):
        while at < len(cuts) and cuts[at].end <= start:
            at += 1
        here, cut = start, at
        while cut < len(cuts) and cuts[cut].start < end:
            if cuts[cut].start > here:
                left.append(Stretch(here, cuts[cut].start))
            here = max(here, cuts[cut].end)
            cut += 1
        if here < end:
            left.append(Stretch(here, end))
    return left


def overlap(one: Stretch, other: Stretch) -> bool:
    """Tell whether both share an instant; stretches that only touch share none."""
    return one.start < other.end and other.start < one.end


def widened(stretch: Stretch, before: timedelta, after: timedelta) -> Stretch:
    """Return the stretch with room before and after it."""
    return Stretch(stretch.start - before, stretch.end + after)
