"""The product's side of the comparison in `daylight`: what it offers one interviewer's callers."""

from datetime import datetime, time, timedelta
from uuid import UUID

from interloop.domain.hours import Hours, WeeklyHours
from interloop.domain.job_policy import JobPolicy
from interloop.domain.schedule import Interviewer, times_of
from interloop.domain.stretches import Stretch
from tests.support.daylight import RULES

LENGTH, EVERY = 45, 30
"""Minutes of a meeting, and from one start to the next."""


def offered(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """Return the starts in [start, end) that the product offers."""
    week = tuple(Hours(weekday=day, start=_wall(a), end=_wall(b)) for day, a, b in RULES)
    one = Interviewer(user_id=UUID(int=1), hours=WeeklyHours(zone=zone, rules=week))
    policy = JobPolicy(slot=timedelta(minutes=LENGTH), every=timedelta(minutes=EVERY))
    return [slot.start for slot in times_of(one, policy, Stretch(start, end))]


def _wall(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
