"""A time that is chosen: reminded of, moved, missed, given up, and nobody closed by a clock."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Interview
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict, Gone
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.stage import Stage, WaitingOn
from tests.journeys.timing import Timed, timed
from tests.support.databases import DatabaseUrls

booked, missed = AppointmentState.booked, AppointmentState.missed
cancelled, kept = AppointmentState.cancelled, AppointmentState.kept
SLOTS = JobPolicy(way=Way.slots)


@pytest.fixture
async def road(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[Timed]:
    async with timed(skipping, database_urls) as opened:
        yield opened


async def test_an_open_invitation_is_brought_to_mind_twice_and_then_put_before_a_person(
    road: Timed,
) -> None:
    await road.invited()
    await road.skip(timedelta(days=4))
    await road.mailed("invite")
    await road.skip(timedelta(days=1, hours=12))
    await road.mailed("invite", "reminder")
    await road.skip(timedelta(days=5))
    await road.mailed("invite", "reminder", "reminder")
    await road.skip(timedelta(days=4))
    await road.here.stands_at(Stage.invited, "follow_up_expired")
    assert await road.here.tasks() == ["expired_invitation"]


async def test_a_chosen_time_is_confirmed_and_reminded_of_a_day_and_an_hour_before(
    road: Timed,
) -> None:
    await road.invited()
    at = await road.first_time(after=timedelta(days=3, hours=2))
    at = at.replace(hour=13, minute=0)
    await road.book(at)
    await road.here.stands_at(Stage.scheduled, "attend")
    row = await road.here.application()
    assert (row.due_at, row.waiting_on) == (at, WaitingOn.candidate)
    await road.mailed("invite", "booked")
    await road.skip_to(at - timedelta(hours=24, minutes=1))
    await road.mailed("invite", "booked")
    await road.skip(timedelta(minutes=2))
    await road.mailed("invite", "booked", "reminder")
    await road.skip_to(at - timedelta(minutes=59))
    await road.mailed("invite", "booked", "reminder", "reminder")
    await road.here.join(road.interview_id)
    await road.here.stands_at(Stage.in_review, "decide")
    assert await road.states() == [kept]


async def test_a_time_is_moved_once_for_free_and_more_often_by_staff(road: Timed) -> None:
    await road.invited()
    first = await road.first_time(after=timedelta(days=2))
    await road.book(first)
    await road.here.stands_at(Stage.scheduled, "attend")
    second = await road.first_time(after=timedelta(days=3))
    await road.book(second)
    row = (await road.appointments())[0]
    assert (row.starts_at, row.sequence, row.changes, row.state) == (second, 1, 1, booked)
    with pytest.raises(Conflict) as refused:
        await road.book(first)
    assert refused.value.code == "no_free_change"
    await road.book(first, by_staff=True)
    moved = (await road.appointments())[0]
    assert (moved.id, moved.uid, moved.sequence, moved.changes) == (row.id, row.uid, 2, 1)
    await road.mailed("invite", "booked", "rescheduled", "rescheduled")


async def test_a_hold_that_ran_out_is_no_time(road: Timed) -> None:
    await road.invited()
    held = await road.hold(await road.first_time())
    await road.skip(timedelta(minutes=11))
    with pytest.raises(Gone) as refused:
        await road.confirm(held)
    assert refused.value.code == "hold_expired"
    assert (await road.here.application()).stage is Stage.invited


async def test_confirming_twice_books_once(road: Timed) -> None:
    await road.invited()
    held = await road.book(await road.first_time(after=timedelta(days=1)))
    await road.confirm(held)
    await road.here.stands_at(Stage.scheduled)
    assert await road.states() == [booked]
    await road.mailed("invite", "booked")


async def test_who_misses_a_time_gets_one_free_new_date_and_a_person_is_told(
    road: Timed,
) -> None:
    await road.invited(SLOTS)
    at = await road.first_time(after=timedelta(days=1))
    await road.book(at)
    await road.skip_to(at + timedelta(minutes=14))
    assert await road.states() == [booked]
    await road.skip(timedelta(minutes=2))
    await road.here.stands_at(Stage.invited, "choose_time")
    assert await road.states() == [missed]
    assert await road.here.tasks() == ["no_show"]
    assert (await road.here.application()).outcome is None
    await road.mailed_last("missed_time")
    again = await road.first_time(after=timedelta(days=1))
    await road.book(again)
    await road.here.stands_at(Stage.scheduled, "attend")
    with pytest.raises(Conflict) as refused:
        await road.book(await road.first_time(after=timedelta(days=2)))
    assert refused.value.code == "no_free_change"
    await road.skip_to(again + timedelta(minutes=16))
    await road.here.stands_at(Stage.invited, "follow_up_no_show")
    row = await road.here.application()
    assert (row.waiting_on, row.outcome) == (WaitingOn.recruiter, None)
    assert (await road.mails()).count("missed_time") == 1
    assert await road.here.tasks() == ["no_show", "no_show"]
    # A person may still give another one.
    await road.book(await road.first_time(after=timedelta(days=1)), by_staff=True)
    await road.here.stands_at(Stage.scheduled, "attend")


async def test_who_tried_to_come_has_not_missed_it(road: Timed) -> None:
    await road.invited(SLOTS)
    at = await road.first_time(after=timedelta(days=1))
    await road.book(at)
    await road.skip_to(at + timedelta(minutes=1))
    async with road.here.services.db.session(road.here.org_id) as session:
        # What the route writes down before it asks for a room that nobody has.
        await session.execute(update(Interview).values(tried_at=road.clock.now()))
    await road.skip(timedelta(minutes=15))
    await road.here.stands_at(Stage.invited, "choose_time")
    assert await road.states() == [cancelled]
    assert await road.here.tasks() == ["technical_failure"]
    await road.book(await road.first_time(after=timedelta(days=1)))
    # It cost nothing: the free new date is still there.
    await road.book(await road.first_time(after=timedelta(days=2)))


async def test_where_a_time_must_be_chosen_the_room_opens_shortly_before_it(road: Timed) -> None:
    await road.invited(SLOTS)
    with pytest.raises(Conflict) as refused:
        await road.here.join(road.interview_id)
    assert refused.value.code == "not_open_yet"
    at = await road.first_time(after=timedelta(days=1))
    await road.book(at)
    with pytest.raises(Conflict):
        await road.here.join(road.interview_id)
    await road.skip_to(at - timedelta(minutes=14))
    await road.here.join(road.interview_id)
    await road.here.stands_at(Stage.in_review, "decide")
    assert await road.states() == [kept]


async def test_a_time_that_is_given_up_leads_back_to_choosing_one(road: Timed) -> None:
    await road.invited(SLOTS)
    at = await road.first_time(after=timedelta(days=1))
    await road.book(at)
    await road.here.stands_at(Stage.scheduled)
    await road.give_up()
    await road.here.stands_at(Stage.invited, "choose_time")
    assert await road.states() == [cancelled]
    assert (await road.appointments())[0].sequence == 1
    await road.mailed("invite", "booked", "cancelled_time")
    with pytest.raises(Conflict) as refused:
        await road.give_up()
    assert refused.value.code == "nothing_booked"
    # That was the free one: after the next, only staff give another.
    await road.book(at)
    await road.give_up()
    with pytest.raises(Conflict):
        await road.book(at)


async def test_a_time_that_has_begun_is_not_moved_by_its_candidate(road: Timed) -> None:
    await road.invited()
    at = await road.first_time(after=timedelta(days=1))
    await road.book(at)
    await road.skip_to(at + timedelta(minutes=1))
    for late in (road.give_up, lambda: road.book(at + timedelta(days=1))):
        with pytest.raises(Conflict) as refused:
            await late()
        assert refused.value.code == "too_late"


async def test_an_appointment_keeps_the_invitation_open(road: Timed) -> None:
    await road.invited()
    at = await road.first_time(after=timedelta(days=16))
    await road.book(at)
    await road.skip_to(at - timedelta(minutes=5))
    await road.here.join(road.interview_id)
    await road.here.stands_at(Stage.in_review, "decide")
