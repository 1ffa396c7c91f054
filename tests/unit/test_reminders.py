"""A reminder comes in time or not at all, and never at night."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.job_policy import JobPolicy
from interloop.domain.reminders import is_quiet, nudges_for, reminders_for
from interloop.domain.zones import local

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
instants = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n))


def reminded(starts: str, *, now: datetime = NOW, zone: str = BERLIN) -> list[str]:
    at = datetime.fromisoformat(starts)
    found = reminders_for(at, JobPolicy(), zone=zone, now=now)
    return [f"{local(each, zone):%d %H:%M}" for each in found]


def test_a_day_and_an_hour_before() -> None:
    assert reminded("2027-03-10T15:00+01:00") == ["09 15:00", "10 14:00"]


def test_what_would_come_late_is_left_out() -> None:
    now = datetime.fromisoformat("2027-03-10T08:00+01:00")
    assert reminded("2027-03-10T15:00+01:00", now=now) == ["10 14:00"]
    assert reminded("2027-03-10T08:30+01:00", now=now) == []


def test_before_an_early_meeting_the_evening_reminds() -> None:
    assert reminded("2027-03-10T08:30+01:00") == ["09 08:30", "09 20:00"]


def test_when_the_evening_is_over_the_morning_reminds_if_it_still_helps() -> None:
    now = datetime.fromisoformat("2027-03-09T22:00+01:00")
    assert reminded("2027-03-10T08:30+01:00", now=now) == ["10 08:00"]
    assert reminded("2027-03-10T07:30+01:00", now=now) == []


def test_across_a_change_of_the_clocks_the_night_is_the_night() -> None:
    # In New York clocks go forward in the night to 14 March 2027.
    assert reminded("2027-03-14T08:30-04:00", zone="America/New_York") == [
        "12 20:00",
        "13 20:00",
    ]


@given(instants, st.integers(1, 30 * 24 * 60), st.sampled_from(ZONES))
def test_no_reminder_is_late_or_at_night(now: datetime, ahead: int, zone: str) -> None:
    starts_at = now + timedelta(minutes=ahead)
    found = reminders_for(starts_at, JobPolicy(), zone=zone, now=now)
    assert len(found) <= 2
    for at in found:
        assert now < at < starts_at
        assert not is_quiet(at, zone)


@given(instants, st.integers(1, 60 * 24 * 60), st.sampled_from(ZONES))
def test_no_nudge_is_at_night_or_after_the_end(now: datetime, open_for: int, zone: str) -> None:
    until = now + timedelta(minutes=open_for)
    for at in nudges_for(now, until, JobPolicy().nudges, zone=zone):
        assert now < at < until
        assert not is_quiet(at, zone)


def test_an_open_invitation_is_brought_to_mind_twice() -> None:
    assert nudges_for(NOW, NOW + timedelta(days=9), JobPolicy().nudges, zone=BERLIN) == (
        NOW + timedelta(days=3),
        NOW + timedelta(days=6),
    )


@pytest.mark.parametrize(("hour", "quiet"), [(7, True), (8, False), (20, False), (21, True)])
def test_the_night_is_from_nine_to_eight(hour: int, quiet: bool) -> None:
    assert is_quiet(datetime(2027, 3, 1, hour, 30, tzinfo=UTC), "UTC") is quiet
