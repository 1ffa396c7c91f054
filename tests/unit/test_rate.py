"""How often something may happen."""

from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.rate import Rate, weigh

LIMITS = st.integers(1, 50)
WINDOWS = st.sampled_from([1, 60, 300, 600])


class Counter:
    """What a database keeps of one name, in memory."""

    def __init__(self, limit: int, window_s: int) -> None:
        self.limit, self.window_s = limit, window_s
        self.counts: dict[int, int] = {}

    def hit(self, at: float) -> Rate:
        number, into_s = divmod(at, self.window_s)
        here = self.counts.get(int(number), 0) + 1
        before = self.counts.get(int(number) - 1, 0)
        rate = weigh(self.limit, self.window_s, before=before, here=here, into_s=into_s)
        if rate.allowed:
            self.counts[int(number)] = here
        return rate


@given(LIMITS, WINDOWS, st.lists(st.floats(0, 90), max_size=120))
def test_no_window_takes_more_than_the_limit(
    limit: int, window_s: int, pauses: list[float]
) -> None:
    counter, at = Counter(limit, window_s), 0.0
    for pause in pauses:
        at += pause / 10
        counter.hit(at)
        assert max(counter.counts.values()) <= limit


@given(LIMITS, WINDOWS, st.integers(0, 200), st.floats(0, 0.99))
def test_who_waits_as_told_is_let_in(limit: int, window_s: int, burst: int, into: float) -> None:
    counter, at = Counter(limit, window_s), (100 + into) * window_s
    rates = [counter.hit(at) for _ in range(burst + 1)]
    last = rates[-1]
    assert last.allowed is (burst < limit)
    assert last.retry_s <= 2 * window_s
    if last.retry_s:
        assert counter.hit(at + last.retry_s).allowed


@given(LIMITS, WINDOWS, st.integers(1, 60))
def test_what_is_left_is_what_is_then_let_in(limit: int, window_s: int, tries: int) -> None:
    counter = Counter(limit, window_s)
    for _ in range(min(tries, limit)):
        rate = counter.hit(5.0 if window_s > 5 else 0.5)
    let_in = sum(counter.hit(5.0 if window_s > 5 else 0.5).allowed for _ in range(limit + 1))
    assert let_in == rate.remaining


def test_a_burst_at_the_border_is_not_doubled() -> None:
    counter = Counter(60, 60)
    assert all(counter.hit(59.9).allowed for _ in range(60))
    assert sum(counter.hit(60.1).allowed for _ in range(60)) == 0
    assert sum(counter.hit(90.0).allowed for _ in range(60)) == 30
