"""When a candidate is reminded: in time or not at all, and never at night.

Night is 21:00 to 08:00 on the candidate's own wall clock.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from interloop.domain.job_policy import JobPolicy
from interloop.domain.zones import local

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)

_AN_HOUR_EARLIER = timedelta(hours=1)
"""A mail from before the night is read before it, so it does not leave at its very edge."""


def is_quiet(at: datetime, zone: str) -> bool:
    """Tell whether people are left alone at this instant."""
    wall = local(at, zone).time()
    return wall >= QUIET_FROM or wall < QUIET_UNTIL


def before_night(at: datetime, zone: str) -> datetime:
    """Return the last good instant before the night that `at` lies in."""
    wall = local(at, zone)
    day = wall.date() if wall.time() >= QUIET_FROM else wall.date() - timedelta(days=1)
    night = datetime.combine(day, QUIET_FROM, ZoneInfo(zone)).astimezone(at.tzinfo)
    return night - _AN_HOUR_EARLIER


def after_night(at: datetime, zone: str) -> datetime:
    """Return the first instant after the night that `at` lies in."""
    wall = local(at, zone)
    day = wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date()
    return datetime.combine(day, QUIET_UNTIL, ZoneInfo(zone)).astimezone(at.tzinfo)


def reminders_for(
    starts_at: datetime, policy: JobPolicy, *, zone: str, now: datetime
) -> tuple[datetime, ...]:
    """Return when to remind of a time, in order; what would come late is left out.

    At night a reminder moves to before that night; when that is over already, to after it, as long
    as the time itself is not there yet.
    """
    found: set[datetime] = set()
    for ahead in policy.reminders:
        due = starts_at - ahead
        if due <= now:
            continue
        moved = due if not is_quiet(due, zone) else before_night(due, zone)
        if moved <= now:
            moved = after_night(due, zone)
        if now < moved < starts_at:
            found.add(moved)
    return tuple(sorted(found))


def nudges_for(
    opened_at: datetime, until: datetime, shares: Iterable[float], *, zone: str
) -> tuple[datetime, ...]:
    """Return when to bring an open invitation to mind: at these shares of its time, by day."""
    open_for = until - opened_at
    due = (opened_at + open_for * share for share in shares)
    moved = {after_night(at, zone) if is_quiet(at, zone) else at for at in due}
    return tuple(sorted(at for at in moved if opened_at < at < until))
