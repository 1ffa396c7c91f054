"""What is offered is right on every wall clock, in the weeks in which clocks change."""

from datetime import datetime, timedelta

import pytest

from tests.support.daylight import in_utc, right_times
from tests.support.offered import EVERY, LENGTH, offered

WEEKS = [
    ("Europe/Berlin", in_utc(2027, 3, 24)),
    ("Europe/Berlin", in_utc(2027, 10, 27)),
    ("America/New_York", in_utc(2027, 3, 10)),
    ("America/New_York", in_utc(2027, 11, 3)),
    # Half an hour forward and back.
    ("Australia/Lord_Howe", in_utc(2027, 4, 1)),
    ("Australia/Lord_Howe", in_utc(2027, 9, 30)),
    ("Asia/Kolkata", in_utc(2027, 3, 24)),
    ("Asia/Kathmandu", in_utc(2027, 3, 24)),
    # Midnight itself is skipped.
    ("America/Santiago", in_utc(2027, 9, 1)),
    ("Africa/Cairo", in_utc(2027, 4, 27)),
]


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_the_week_in_which_the_clocks_change_has_the_right_times(
    zone: str, start: datetime
) -> None:
    end = start + timedelta(days=8)
    ours = offered(zone, start, end)
    assert ours == list(right_times(zone, start, end, length=LENGTH, every=EVERY))
    assert ours
