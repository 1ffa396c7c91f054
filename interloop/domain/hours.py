"""When an interviewer can be booked: weekly hours on their own wall clock, in their own zone."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Self

from pydantic import Field, model_validator

from interloop.domain.base import Value
from interloop.domain.instants import Day
from interloop.domain.stretches import Stretch, merged
from interloop.domain.zones import UTC_NAME, ZoneName, local

QUANTUM = timedelta(minutes=15)
"""Every zone's offset is a multiple of it, so local quarters are quarters in UTC as well."""


class Hours(Value):
    """One stretch of a weekday, on the wall clock; an `end` of 00:00 is the end of the day."""

    weekday: int = Field(ge=0, le=6)
    """0 is Monday."""
    start: time
    end: time

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for edge in (self.start, self.end):
            if edge.minute % 15 or edge.second or edge.microsecond or edge.tzinfo is not None:
                raise ValueError("hours begin and end on quarters, on the person's own clock")
        if self.end != time(0) and self.end <= self.start:
            raise ValueError("hours end after they start")
        return self

    def hold(self, wall: time) -> bool:
        """Tell whether the wall clock stands inside these hours."""
        return self.start <= wall and (self.end == time(0) or wall < self.end)


def overlapping(rules: Iterable[Hours]) -> Hours | None:
    """Return hours that begin before earlier ones of the same day have ended, if there are any."""
    before: Hours | None = None
    for rule in sorted(rules, key=lambda each: (each.weekday, each.start)):
        if before is not None and before.weekday == rule.weekday and before.hold(rule.start):
            return rule
        before = rule
    return None


class WeeklyHours(Value):
    """A person's bookable week; days off (local dates) have no hours at all."""

    zone: ZoneName = UTC_NAME
    rules: tuple[Hours, ...] = Field(default=(), max_length=100)
    days_off: tuple[Day, ...] = Field(default=(), max_length=400)
    daily_cap: int = Field(default=4, ge=1, le=24)
    """Meetings on one local day at most."""

    def at(self, instant: datetime) -> list[Hours]:
        """Return the hours that this instant lies in, by the person's wall clock."""
        wall = local(instant, self.zone)
        if wall.date() in self.days_off:
            return []
        return [r for r in self.rules if r.weekday == wall.weekday() and r.hold(wall.time())]


def open_stretches(hours: WeeklyHours, within: Stretch) -> list[Stretch]:
    """Return the bookable time inside `within`, as stretches of UTC.

    Walks UTC quarter by quarter and asks the wall clock of each: an hour that a change of the
    clocks skips is not there, one that it repeats is there twice.
    """
    return merged(
        Stretch(at, min(at + QUANTUM, within.end)) for at in quarters(within) if hours.at(at)
    )


def starts(hours: WeeklyHours, within: Stretch, every: timedelta) -> list[datetime]:
    """Return the instants inside `within` whose wall clock is a whole number of steps into hours.

    A person with hours from 09:00 and half an hour between starts has 09:00, 09:30 and so on, in
    summer and winter, whenever somebody asks.
    """
    return [
        at
        for at in quarters(within)
        if any(
            _since(rule.start, local(at, hours.zone)) % every == timedelta()
            for rule in hours.at(at)
        )
    ]


def quarters(within: Stretch) -> Iterator[datetime]:
    """Return every quarter of an hour that begins inside `within`."""
    at = within.start.replace(minute=within.start.minute // 15 * 15, second=0, microsecond=0)
    if at < within.start:
        at += QUANTUM
    while at < within.end:
        yield at
        at += QUANTUM


def _since(start: time, wall: datetime) -> timedelta:
    """Return how far the wall clock has come since `start` on the same day."""
    return timedelta(hours=wall.hour - start.hour, minutes=wall.minute - start.minute)
