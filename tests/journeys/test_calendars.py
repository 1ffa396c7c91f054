"""The system proposes and moves times by interviewers' own calendars, at the sandbox's Google."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Appointment
from interloop.domain.appointment import AppointmentState
from interloop.domain.calendar import AccessState
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.stage import Stage, WaitingOn
from tests.journeys.calendars import Calendars, address, asking
from tests.journeys.timing import Timed, timed
from tests.journeys.world import until
from tests.sandbox.outside import Outside, start
from tests.support.databases import DatabaseUrls

PROPOSING = JobPolicy(way=Way.system_proposes)
A_DAY, FOR_EVER = 24, 24 * 60


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(tmp_path_factory.mktemp("sandbox"))
    yield started
    await started.stop()


@pytest.fixture
async def outside(running: Outside) -> Outside:
    await running.control("reset")
    return running


@pytest.fixture
async def road(
    skipping: WorkflowEnvironment, database_urls: DatabaseUrls, outside: Outside
) -> AsyncIterator[Timed]:
    async with timed(
        skipping, database_urls, changed=lambda services: asking(services, outside)
    ) as opened:
        yield opened


@pytest.fixture
async def calendars(road: Timed, outside: Outside) -> Calendars:
    """Both interviewers of the pool have let us into their calendars."""
    found = Calendars(road.here, outside)
    for user_id in road.interviewer_ids:
        await found.connect(user_id)
    return found


async def proposed(road: Timed) -> Appointment:
    """Wait for a proposal and return it."""
    found: list[Appointment] = []

    async def there() -> bool:
        async with road.here.services.db.read(road.here.org_id) as session:
            statement = select(Appointment).where(Appointment.state == AppointmentState.held)
            found[:] = (await session.scalars(statement)).all()
        return bool(found)

    await until(there)
    return found[0]


async def a_person_looks(road: Timed) -> None:
    async def looked_at() -> bool:
        return "no_time" in await road.here.tasks()

    await until(looked_at)


def today(road: Timed) -> datetime:
    return road.clock.now().replace(minute=0, second=0, microsecond=0)


async def test_nobody_is_proposed_over_their_own_calendar(
    road: Timed, calendars: Calendars
) -> None:
    away, free = road.interviewer_ids
    await calendars.take(away, today(road), hours=FOR_EVER)
    held_up = today(road) + timedelta(days=6)
    await calendars.take(free, today(road), hours=6 * A_DAY)
    await road.invited(PROPOSING, person=True)
    row = await proposed(road)
    assert row.interviewer_id == free
    assert row.starts_at >= held_up, "the first time that is free by the calendar too"
    await road.confirm(row.id)
    await road.here.stands_at(Stage.scheduled, "attend")


@pytest.mark.parametrize("trouble", ["revoked", "away", "missing"])
async def test_who_cannot_be_asked_is_proposed_to_nobody_and_others_are(
    road: Timed, calendars: Calendars, trouble: str
) -> None:
    unseen, free = road.interviewer_ids
    if trouble == "revoked":
        await calendars.revoke(unseen)
    elif trouble == "missing":
        await calendars.outside.control("google/missing", subject=address(unseen))
    else:
        await calendars.disconnect(free)
        await calendars.outside.control("google/fault", kind="broken", method="POST", count=99)
    await road.invited(PROPOSING, person=True)
    row = await proposed(road)
    assert row.interviewer_id == free
    wanted = AccessState.revoked if trouble == "revoked" else AccessState.ok
    assert await calendars.access(unseen) is wanted


async def test_where_no_calendar_can_be_asked_a_person_looks_and_nothing_is_booked(
    road: Timed, calendars: Calendars
) -> None:
    for user_id in road.interviewer_ids:
        await calendars.revoke(user_id)
    await road.invited(PROPOSING, person=True)
    await a_person_looks(road)
    assert await road.appointments() == []
    row = await road.here.application()
    assert (row.stage, row.waiting_on, row.outcome) == (
        Stage.invited,
        WaitingOn.candidate,
        None,
    )
    # Nobody has to remember it: an hour later it is looked once more, then ever more seldom.
    await road.skip(timedelta(hours=1, minutes=1))
    assert (await road.here.tasks()).count("no_time") == 1
    await calendars.outside.control("google/restore")
    for user_id in road.interviewer_ids:
        await calendars.connect(user_id)
    await road.skip(timedelta(hours=4))
    await road.mailed("invite", "proposed_time")
    assert "no_time" not in await road.here.tasks()


async def test_who_takes_over_is_free_by_their_own_calendar(
    road: Timed, calendars: Calendars
) -> None:
    first, second = road.interviewer_ids
    await road.invited(PROPOSING, person=True)
    held = await proposed(road)
    await road.confirm(held.id)
    await road.here.stands_at(Stage.scheduled, "attend")
    before = (await road.appointments())[0]
    other = second if before.interviewer_id == first else first
    # The other one could take over at the very time, but for something of their own.
    await calendars.take(other, before.starts_at, hours=1.5)
    await road.find_another()
    await road.mailed_last("rescheduled")
    after = (await road.appointments())[0]
    taken_until = before.starts_at + timedelta(hours=1.5)
    clear = after.starts_at >= taken_until or after.ends_at <= before.starts_at
    assert clear or after.interviewer_id == before.interviewer_id
    assert (after.starts_at, after.interviewer_id) != (before.starts_at, other)
    assert (after.id, after.sequence) == (before.id, before.sequence + 1)


async def test_when_nobody_can_take_over_the_time_is_given_back_and_a_person_looks(
    road: Timed, calendars: Calendars
) -> None:
    await road.invited(PROPOSING, person=True)
    held = await proposed(road)
    await road.confirm(held.id)
    await road.here.stands_at(Stage.scheduled, "attend")
    for user_id in road.interviewer_ids:
        await calendars.revoke(user_id)
    await road.find_another()
    await road.here.stands_at(Stage.invited)
    await a_person_looks(road)
    assert await road.states() == [AppointmentState.cancelled]
    assert (await road.here.application()).outcome is None
