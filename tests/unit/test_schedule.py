"""Which times are offered: on the interviewer's wall clock, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from interloop.domain.hours import QUANTUM, Hours, WeeklyHours, open_stretches
from interloop.domain.job_policy import JobPolicy
from interloop.domain.schedule import (
    Interviewer,
    choose,
    is_taken,
    look_again_after,
    may_choose,
    pool_times,
    times_of,
    waking_hours,
    window,
)
from interloop.domain.stretches import Stretch, overlap, widened
from interloop.domain.zones import zone_for

ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("Africa/Casablanca", "Pacific/Apia", "America/St_Johns", "Asia/Kolkata", "UTC"),
)
POLICY = JobPolicy(
    slot=timedelta(minutes=60), every=timedelta(minutes=60), buffer_after=timedelta(0)
)
MONDAY = datetime(2027, 3, 22, tzinfo=UTC)
WHO = UUID(int=7)


def day(zone: str, rule: Hours, *, cap: int = 24) -> WeeklyHours:
    return WeeklyHours(zone=zone, rules=(rule,), daily_cap=cap)


def one(hours: WeeklyHours, *meetings: Stretch) -> Interviewer:
    return Interviewer(user_id=WHO, hours=hours, meetings=meetings)


def whole_days(first: date, zone: str) -> Stretch:
    start = datetime.combine(first, time(0), ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)
    return Stretch(start, end)


@pytest.mark.parametrize(
    ("first", "slots"),
    [(date(2027, 3, 28), 23), (date(2027, 3, 29), 24), (date(2027, 10, 31), 25)],
)
def test_a_day_has_the_hours_it_has(first: date, slots: int) -> None:
    hours = day("Europe/Berlin", Hours(weekday=first.weekday(), start=time(0), end=time(0)))
    policy = POLICY.model_copy(update={"slot": timedelta(minutes=15)})
    found = times_of(one(hours), policy, whole_days(first, "Europe/Berlin"))
    assert len(found) == slots


def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_change() -> None:
    hours = WeeklyHours(
        zone="America/New_York",
        rules=tuple(Hours(weekday=d, start=time(9), end=time(10)) for d in range(7)),
    )
    policy = POLICY.model_copy(update={"notice": timedelta(0), "horizon": timedelta(days=7)})
    within = window(policy, datetime(2027, 3, 10, tzinfo=UTC))
    found = times_of(one(hours), policy, within)
    assert [slot.start.hour for slot in found] == [14, 14, 14, 14, 13, 13, 13]


rules = st.builds(
    lambda weekday, start, length: Hours(
        weekday=weekday,
        start=(MONDAY + start * QUANTUM).time(),
        end=(MONDAY + min(start + length, 96) * QUANTUM).time(),
    ),
    st.integers(0, 6),
    st.integers(0, 91),
    st.integers(1, 40),
)
weeks = st.builds(
    WeeklyHours, zone=st.sampled_from(ZONES), rules=st.lists(rules, min_size=1, max_size=4)
)
instants = st.integers(0, 2 * 365 * 96).map(
    lambda n: datetime(2026, 7, 1, tzinfo=UTC) + n * QUANTUM
)
meetings = st.lists(
    st.builds(
        lambda day, minutes: (timedelta(days=day), timedelta(minutes=minutes)),
        st.integers(0, 6),
        st.integers(0, 1439),
    ),
    max_size=8,
)


@given(weeks, instants, meetings, st.sampled_from([15, 30, 45, 60]))
def test_a_time_lies_in_the_hours_and_clear_of_every_meeting(
    hours: WeeklyHours, now: datetime, taken: list[tuple[timedelta, timedelta]], minutes: int
) -> None:
    policy = JobPolicy(
        slot=timedelta(minutes=minutes), buffer_before=timedelta(minutes=5), notice=timedelta(0)
    )
    within = Stretch(now, now + timedelta(days=7))
    booked = [
        Stretch(now + ahead + at, now + ahead + at + timedelta(minutes=50)) for ahead, at in taken
    ]
    for slot in times_of(one(hours, *booked), policy, within):
        assert within.start <= slot.start < within.end
        wide = widened(slot, policy.buffer_before, policy.buffer_after)
        assert not any(overlap(wide, each) for each in booked)
        assert not is_taken(slot, booked, policy)
        minute, at = timedelta(minutes=1), slot.start
        while at < slot.end:
            wall = at.astimezone(ZoneInfo(hours.zone))
            assert any(
                rule.weekday == wall.weekday()
                and rule.start <= wall.time()
                and (rule.end == time(0) or wall.time() < rule.end)
                for rule in hours.rules
            )
            at += minute


@given(weeks, instants, st.integers(1, 72))
def test_who_asks_later_sees_the_same_times(hours: WeeklyHours, now: datetime, later: int) -> None:
    end = now + timedelta(days=7)
    asked_later = now + timedelta(hours=later)
    first = times_of(one(hours), POLICY, Stretch(now, end))
    assert times_of(one(hours), POLICY, Stretch(asked_later, end)) == [
        slot for slot in first if slot.start >= asked_later
    ]


def test_a_free_minute_is_kept_around_meetings() -> None:
    hours = day("UTC", Hours(weekday=0, start=time(9), end=time(13)))
    meeting = Stretch(MONDAY.replace(hour=10), MONDAY.replace(hour=11))
    policy = POLICY.model_copy(update={"buffer_after": timedelta(minutes=1)})
    found = times_of(one(hours, meeting), policy, Stretch(MONDAY, MONDAY + timedelta(days=1)))
    assert [slot.start.hour for slot in found] == [11, 12]
    both = policy.model_copy(update={"buffer_before": timedelta(minutes=1)})
    found = times_of(one(hours, meeting), both, Stretch(MONDAY, MONDAY + timedelta(days=1)))
    assert [slot.start.hour for slot in found] == [12]


def test_a_full_day_offers_nothing() -> None:
    hours = day("UTC", Hours(weekday=0, start=time(9), end=time(17)), cap=2)
    taken = [Stretch(MONDAY.replace(hour=h), MONDAY.replace(hour=h + 1)) for h in (9, 10)]
    within = Stretch(MONDAY, MONDAY + timedelta(days=8))
    found = times_of(one(hours, *taken), POLICY, within)
    assert {slot.start.date() for slot in found} == {MONDAY.date() + timedelta(days=7)}


def test_a_day_off_offers_nothing() -> None:
    hours = WeeklyHours(
        zone="Pacific/Apia",
        rules=tuple(Hours(weekday=d, start=time(9), end=time(10)) for d in range(7)),
        days_off=(date(2027, 3, 24),),
    )
    within = Stretch(MONDAY, MONDAY + timedelta(days=4))
    walls = {
        slot.start.astimezone(ZoneInfo("Pacific/Apia")).day
        for slot in times_of(one(hours), POLICY, within)
    }
    assert walls == {23, 25, 26}


def test_a_pool_offers_what_anybody_can_and_the_least_loaded_takes_it() -> None:
    early = Interviewer(
        user_id=UUID(int=1),
        hours=day("UTC", Hours(weekday=0, start=time(9), end=time(11))),
        meetings=(Stretch(MONDAY + timedelta(days=7), MONDAY + timedelta(days=7, hours=1)),),
    )
    late = Interviewer(
        user_id=UUID(int=2), hours=day("UTC", Hours(weekday=0, start=time(10), end=time(12)))
    )
    found = pool_times([early, late], POLICY, Stretch(MONDAY, MONDAY + timedelta(days=1)))
    assert [(slot.start.hour, who) for slot, who in found.items()] == [
        (9, [early.user_id]),
        (10, [early.user_id, late.user_id]),
        (11, [late.user_id]),
    ]
    assert choose([early.user_id, late.user_id], {early.user_id: 1}, uuid4()) == late.user_id


def test_among_equals_the_lot_is_stable_and_fair() -> None:
    pool = [UUID(int=n) for n in range(1, 5)]
    about = [uuid4() for _ in range(400)]
    first = [choose(pool, {}, each) for each in about]
    assert first == [choose(reversed(pool), {}, each) for each in about]
    assert all(60 < first.count(who) < 140 for who in pool)


def test_hours_are_quarters_that_go_forwards() -> None:
    for start, end in ((time(9, 10), time(10)), (time(10), time(9)), (time(9), time(9))):
        with pytest.raises(ValidationError):
            Hours(weekday=0, start=start, end=end)
    with pytest.raises(ValidationError):
        WeeklyHours(zone="Europe/Nowhere")


def test_the_ai_is_met_by_day() -> None:
    hours = waking_hours("Asia/Tokyo", time(21), time(8))
    found = open_stretches(hours, Stretch(MONDAY, MONDAY + timedelta(days=1)))
    assert found == [
        Stretch(MONDAY, MONDAY.replace(hour=12)),
        Stretch(MONDAY.replace(hour=23), MONDAY + timedelta(days=1)),
    ]


def test_a_zone_is_the_persons_own_then_their_countrys() -> None:
    assert zone_for("Asia/Tokyo", "DE") == "Asia/Tokyo"
    assert zone_for(None, "de") == "Europe/Berlin"
    assert zone_for(None, "") == "UTC"


def test_one_free_new_date_and_no_more() -> None:
    policy = JobPolicy()
    assert may_choose(0, policy, booked=False)
    assert may_choose(0, policy, booked=True)
    assert may_choose(1, policy, booked=False), "the free one, after a time was missed"
    assert not may_choose(1, policy, booked=True)
    assert not may_choose(2, policy, booked=False)


def test_a_policy_that_offers_nothing_is_none() -> None:
    with pytest.raises(ValidationError):
        JobPolicy(notice=timedelta(days=5), horizon=timedelta(days=5))
    with pytest.raises(ValidationError):
        JobPolicy(every=timedelta(minutes=20))


def test_what_was_looked_for_in_vain_is_looked_for_ever_more_seldom_and_for_ever() -> None:
    hours = [look_again_after(looks) / timedelta(hours=1) for looks in range(6)]
    assert hours == [1, 4, 12, 24, 24, 24]
