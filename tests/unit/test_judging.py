"""How samples of a judge become one suggestion."""

from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.judging import (
    JudgedTurn,
    Judgement,
    Quote,
    Sample,
    check,
    combine,
    is_backed,
    task_for,
    unbacked,
)
from interloop.domain.plan import Anchor, Criterion, Dimension

TURNS = (
    JudgedTurn(turn="t1", text="I read the slow log first."),
    JudgedTurn(turn="t2", text="Then I added an index."),
)


def judged(*quotes: tuple[str, str], level: int | None = 4, abstain: bool = False) -> Judgement:
    evidence = tuple(Quote(turn=turn, quote=words) for turn, words in quotes)
    return Judgement(evidence=evidence, level=level, abstain=abstain, reason="as_said")


def sample(level: int | None) -> Sample:
    return Sample(level=level, reason=f"level_{level}", offered=0, found=())


def test_only_words_that_stand_in_the_named_turn_are_kept() -> None:
    got = check(judged(("t1", "slow log"), ("t2", "slow log"), ("t9", "an index")), TURNS)
    assert [found.turn for found in got.found] == ["t1"]
    assert got.offered == 3


def test_the_same_place_counts_once() -> None:
    got = check(judged(("t1", "slow log"), ("t1", "SLOW  log")), TURNS)
    assert len(got.found) == 1


def test_an_abstaining_judge_has_no_level() -> None:
    assert check(judged(level=3, abstain=True), TURNS).level is None


def test_a_level_above_one_needs_words() -> None:
    assert not is_backed(check(judged(level=2), TURNS))
    assert not is_backed(check(judged(("t1", "I led ten teams"), level=2), TURNS))
    assert is_backed(check(judged(level=1), TURNS))
    assert is_backed(check(judged(level=None), TURNS))
    assert is_backed(check(judged(("t2", "added an index")), TURNS))


def test_an_unbacked_level_becomes_an_abstention() -> None:
    got = unbacked(check(judged(level=5), TURNS))
    assert (got.level, got.reason) == (None, "no_verified_quote")


def test_most_samples_abstaining_is_an_abstention() -> None:
    got = combine((sample(None), sample(4), sample(None)))
    assert (got.level, got.abstained, got.reason) == (None, True, "level_None")


def test_half_of_the_samples_are_no_majority() -> None:
    assert combine((sample(4), sample(None))).abstained


def test_one_abstention_among_three_leaves_the_lower_of_two_levels() -> None:
    got = combine((sample(3), sample(None), sample(4)))
    assert (got.level, got.low, got.high) == (3, 3, 4)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7))
def test_the_suggestion_lies_within_its_spread(levels: list[int]) -> None:
    got = combine(tuple(map(sample, levels)))
    assert got.low is not None
    assert got.level is not None
    assert got.high is not None
    assert min(levels) == got.low <= got.level <= got.high == max(levels)
    assert (got.reason == "spread") == (max(levels) - min(levels) >= 2)


def test_every_other_sample_sees_the_anchors_from_the_other_end() -> None:
    anchors = tuple(Anchor(level=n, behaviour=f"at {n}") for n in range(1, 6))
    criterion = Criterion(
        id="depth", dimension=Dimension.technical, name="Depth", weight=100, anchors=anchors
    )
    orders = [
        [anchor.level for anchor in task_for(criterion, TURNS, number).criterion.anchors]
        for number in range(3)
    ]
    assert orders == [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 2, 3, 4, 5]]
