"""Sets of time, held against an independent library."""

from datetime import UTC, datetime, timedelta

import portion
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.stretches import Stretch, merged, overlap, widened, without

ZERO = datetime(2027, 3, 1, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return ZERO + timedelta(minutes=minutes)


stretches = st.builds(
    lambda start, length: Stretch(at(start), at(start + length)),
    st.integers(0, 300),
    st.integers(0, 60),
)
some = st.lists(stretches, max_size=12)


def as_portion(found: list[Stretch]) -> portion.Interval:
    whole = portion.empty()
    for stretch in found:
        whole |= portion.closedopen(stretch.start, stretch.end)
    return whole


def as_stretches(interval: portion.Interval) -> list[Stretch]:
    return [Stretch(each.lower, each.upper) for each in interval if not each.empty]


@given(some)
def test_merging_is_the_union(found: list[Stretch]) -> None:
    assert merged(found) == as_stretches(as_portion(found))


@given(some, some)
def test_what_is_left_is_the_difference(found: list[Stretch], taken: list[Stretch]) -> None:
    assert without(found, taken) == as_stretches(as_portion(found) - as_portion(taken))


@given(stretches, stretches)
def test_overlap_is_a_shared_instant(one: Stretch, other: Stretch) -> None:
    if one.start == one.end or other.start == other.end:
        return
    assert overlap(one, other) == (not (as_portion([one]) & as_portion([other])).empty)


def test_meetings_that_touch_do_not_overlap() -> None:
    assert not overlap(Stretch(at(0), at(30)), Stretch(at(30), at(60)))
    assert overlap(
        widened(Stretch(at(0), at(30)), timedelta(), timedelta(minutes=1)),
        Stretch(at(30), at(60)),
    )
