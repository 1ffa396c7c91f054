"""Which times can be offered, and who of a pool of interviewers takes one. Pure; all in UTC."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.hours import Hours, WeeklyHours, open_stretches, starts
from interloop.domain.job_policy import JobPolicy
from interloop.domain.stretches import Stretch, overlap, widened, without
from interloop.domain.zones import local

HOLD = timedelta(minutes=10)
"""How long a candidate has to confirm a time that was put aside."""

PROPOSAL = timedelta(days=2)
"""How long a time that the system proposed is put aside."""

_LOOKS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
_LOOK_DAILY = timedelta(days=1)


class Interviewer(Value):
    """One of the pool: when they can be booked, and what they are booked for already."""

    user_id: UUID
    hours: WeeklyHours
    meetings: tuple[Stretch, ...] = ()
    """Held and booked appointments: these count for the daily cap and the load."""
    busy: tuple[Stretch, ...] = ()
    """Other times that their calendar says are taken."""


def window(policy: JobPolicy, now: datetime, *, until: datetime | None = None) -> Stretch:
    """Return when a time may be chosen now: after the notice, before the horizon (or `until`)."""
    end = now + policy.horizon
    return Stretch(now + policy.notice, end if until is None else min(end, until))


def times_of(one: Interviewer, policy: JobPolicy, within: Stretch) -> list[Stretch]:
    """Return the times one interviewer can be booked for, in order.

    A time lies wholly inside their hours, with the policy's free time around it, clear of every
    meeting and busy time, on a day whose cap is not reached.
    """
    opened = open_stretches(one.hours, Stretch(within.start, within.end + policy.slot))
    # A meeting's free time after it lies before what is taken, and the other way round.
    taken = (
        widened(each, policy.buffer_after, policy.buffer_before)
        for each in (*one.meetings, *one.busy)
    )
    free = without(opened, taken)
    meetings = Counter(local(m.start, one.hours.zone).date() for m in one.meetings)
    slots = (Stretch(at, at + policy.slot) for at in starts(one.hours, within, policy.every))
    return [
        slot
        for slot in slots
        if any(each.start <= slot.start and slot.end <= each.end for each in free)
        and meetings[local(slot.start, one.hours.zone).date()] < one.hours.daily_cap
    ]


def is_taken(slot: Stretch, taken: Iterable[Stretch], policy: JobPolicy) -> bool:
    """Tell whether the time, with the free time around it, meets anything that is taken."""
    wide = widened(slot, policy.buffer_before, policy.buffer_after)
    return any(overlap(wide, each) for each in taken)


def pool_times(
    pool: Sequence[Interviewer], policy: JobPolicy, within: Stretch
) -> dict[Stretch, list[UUID]]:
    """Return every time that anybody of the pool can be booked for, in order, and by whom."""
    found: dict[Stretch, list[UUID]] = {}
    for one in pool:
        for slot in times_of(one, policy, within):
            found.setdefault(slot, []).append(one.user_id)
    return dict(sorted(found.items()))


def choose(free: Iterable[UUID], load: Mapping[UUID, int], about: UUID) -> UUID:
    """Return who takes a meeting: the least loaded, then by a hash that is stable for it.

    Raises `ValueError` when nobody is free.
    """
    return min(free, key=lambda who: (load.get(who, 0), _lot(who, about)))


def load_of(pool: Iterable[Interviewer]) -> dict[UUID, int]:
    """Return how many meetings each of the pool has ahead."""
    return {one.user_id: len(one.meetings) for one in pool}


def waking_hours(zone: str, quiet_from: time, quiet_until: time) -> WeeklyHours:
    """Return the hours a candidate may meet the AI at: every day, outside the quiet hours."""
    week = tuple(Hours(weekday=day, start=quiet_until, end=quiet_from) for day in range(7))
    return WeeklyHours(zone=zone, rules=week, daily_cap=24)


def may_choose(used: int, policy: JobPolicy, *, booked: bool) -> bool:
    """Tell whether a candidate may take a time without asking anybody.

    `used` counts times they moved, gave up or missed: to move one more needs one left, to choose
    again after that was the one.
    """
    return used < policy.free_changes if booked else used <= policy.free_changes


def _lot(who: UUID, about: UUID) -> bytes:
    return hashlib.sha256(who.bytes + about.bytes).digest()


def look_again_after(looks: int) -> timedelta:
    """Return when to look for a time once more, after so many looks in vain; ever more seldom."""
    return _LOOKS[looks] if looks < len(_LOOKS) else _LOOK_DAILY
