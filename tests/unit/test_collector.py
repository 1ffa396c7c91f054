"""A process that lives long looks for garbage less often, and not in what it began with."""

import gc
from collections.abc import Iterator

import pytest

from interloop import collector


@pytest.fixture
def as_it_was() -> Iterator[None]:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    yield
    gc.set_threshold(*before)
    if not frozen:
        gc.unfreeze()


def looked() -> int:
    """Return how often new objects are looked through while 100,000 are made and kept."""
    before: int = gc.get_stats()[0]["collections"]
    kept = [[number] for number in range(100_000)]
    assert kept
    after: int = gc.get_stats()[0]["collections"]
    return after - before


def test_what_is_new_is_looked_through_in_larger_portions(as_it_was: None) -> None:
    collector.spare()
    assert 1 <= looked() <= 10


def test_what_there_was_at_the_start_is_left_alone(as_it_was: None) -> None:
    gc.unfreeze()
    collector.spare()
    assert gc.get_freeze_count() > 10_000
