"""Patience: never shorter than the persona's, longer for who needs more time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interloop.domain.patience import LONG_PAUSE_MS, Patience, PatienceBounds
from interloop.domain.plan import Persona

BOUNDS = PatienceBounds(least_ms=1600, most_ms=6000)
START = Patience(bounds=BOUNDS)
PAUSES = st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 60_000)), max_size=60)
DOUBTS = st.floats(0, 3.5)


def learned(pauses: list[tuple[int, int]], start: Patience = START) -> Patience:
    for silent_ms, voiced_ms in pauses:
        start = start.after_pause(silent_ms, voiced_ms=voiced_ms)
    return start


@given(PAUSES)
def test_patience_never_leaves_the_persona_s_bounds(pauses: list[tuple[int, int]]) -> None:
    assert BOUNDS.least_ms <= learned(pauses).ms <= BOUNDS.most_ms


@given(DOUBTS, st.integers(0, 60_000), st.integers(0, 60_000), st.integers(320, 60_000))
def test_a_longer_pause_never_makes_us_quicker(
    doubt: float, one: int, other: int, voiced: int
) -> None:
    start = START.model_copy(update={"doubt": doubt})
    short, long = sorted((max(one, 250), max(other, 250)))
    after_short = start.after_pause(short, voiced_ms=voiced)
    assert after_short.ms <= start.after_pause(long, voiced_ms=voiced).ms


@given(DOUBTS, st.integers(0, LONG_PAUSE_MS - 1), st.integers(320, 60_000), st.integers(0, 319))
def test_a_stumble_never_makes_us_quicker(doubt: float, silent: int, plain: int, cut: int) -> None:
    start = START.model_copy(update={"doubt": doubt})
    stumbled = start.after_pause(silent, voiced_ms=cut).ms
    assert stumbled >= start.after_pause(silent, voiced_ms=plain).ms


@given(PAUSES)
def test_what_was_learned_survives_being_stored(pauses: list[tuple[int, int]]) -> None:
    state = learned(pauses)
    stored = Patience.model_validate_json(state.model_dump_json())
    assert stored == state


def test_two_blocks_bring_the_patience_that_the_next_one_needs() -> None:
    assert learned([(3500, 2000), (4000, 2000)]).ms > 3000


def test_plain_speech_brings_us_back_to_the_persona_s_own() -> None:
    blocked = learned([(3500, 2000)] * 4)
    assert blocked.ms == BOUNDS.most_ms
    assert learned([(500, 2000)] * 20, blocked).ms == BOUNDS.least_ms


def test_a_limit_below_the_beginning_is_no_bound() -> None:
    with pytest.raises(ValidationError):
        PatienceBounds(least_ms=3000, most_ms=2000)
    assert Persona(patience_ms=5000, patience_most_ms=800).patience.most_ms == 5000
