"""An oracle of bookable times that shares nothing with the product but the zones themselves.

It walks every minute of UTC, asks the wall clock of each, and calls a time right when every one of
its minutes lies in the hours and the first is a whole number of steps after their beginning.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Rule = tuple[int, int, int]
"""Weekday (0 is Monday), first minute of the day, minute after the last."""

RULES: tuple[Rule, ...] = (
    *((day, 9 * 60, 17 * 60) for day in range(5)),
    # Clocks change at night, mostly on Sundays: hours that a change cuts into or repeats.
    *((day, 30, 4 * 60 + 15) for day in (4, 5, 6)),
    (6, 22 * 60, 24 * 60),
)
MINUTE = timedelta(minutes=1)


def right_times(
    zone: str, start: datetime, end: datetime, *, length: int, every: int
) -> Iterator[datetime]:
    """Return the right starts in [start, end), in UTC; `length` and `every` in minutes."""
    place = ZoneInfo(zone)
    total = int((end - start) / MINUTE) + length
    offered = [False] * total
    inside = [False] * total
    for number in range(total):
        wall = (start + number * MINUTE).astimezone(place)
        minute = wall.hour * 60 + wall.minute
        for day, opens, closes in RULES:
            if wall.weekday() == day and opens <= minute < closes:
                inside[number] = True
                offered[number] = offered[number] or (minute - opens) % every == 0
    run = 0
    right = []
    for number in range(total - 1, -1, -1):
        run = run + 1 if inside[number] else 0
        if offered[number] and run >= length and number < total - length:
            right.append(start + number * MINUTE)
    return reversed(right)


def in_utc(year: int, month: int = 1, day: int = 1) -> datetime:
    """Return a midnight in UTC."""
    return datetime(year, month, day, tzinfo=UTC)
