"""An appointment follows into its interviewer's calendar and out of it: one event, kept in step."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Appointment, Task, TaskKind
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.calendar import AccessState
from interloop.domain.stage import Stage
from tests.journeys.calendars import Calendars, asking
from tests.journeys.timing import Timed, timed
from tests.journeys.world import until
from tests.sandbox.outside import Outside, start
from tests.support.databases import DatabaseUrls
from workflows.ids import calendar_id
from workflows.sweep import sweep


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(tmp_path_factory.mktemp("sandbox"))
    yield started
    await started.stop()


@pytest.fixture
async def road(
    skipping: WorkflowEnvironment, database_urls: DatabaseUrls, running: Outside
) -> AsyncIterator[Timed]:
    await running.control("reset")
    async with timed(
        skipping, database_urls, changed=lambda services: asking(services, running)
    ) as opened:
        await opened.invited(person=True)
        yield opened


@pytest.fixture
async def calendars(road: Timed, running: Outside) -> Calendars:
    """Both interviewers of the pool have let us into their calendars."""
    found = Calendars(road.here, running)
    for user_id in road.interviewer_ids:
        await found.connect(user_id)
    return found


async def keep(road: Timed) -> None:
    """Sweep as the worker does every 20 seconds, and wait for what that started."""
    await sweep(road.here.services, road.here.client)
    [row] = await road.appointments()
    await road.here.client.get_workflow_handle(calendar_id(row.id)).result()


async def booked(road: Timed, whom: UUID, *, after: timedelta = timedelta()) -> Appointment:
    """Book a time with this person, or move the one there is to it."""
    at = await road.first_time(after=after)
    await road.confirm(await road.hold(at, by_staff=True, whom=whom), by_staff=True)
    await road.here.stands_at(Stage.scheduled, "attend")
    [row] = await road.appointments()
    return row


async def the_event(calendars: Calendars, whom: UUID) -> dict[str, Any]:
    [event] = await calendars.events(whom)
    return event


def note_of(event: dict[str, Any]) -> str:
    """Which of our writings stands there."""
    return str(event["extendedProperties"]["private"]["interloop_sequence"])


async def access_tasks(road: Timed) -> list[Task]:
    async with road.here.services.db.read(road.here.org_id) as session:
        statement = select(Task).where(Task.kind == TaskKind.calendar_access).order_by(Task.id)
        return list(await session.scalars(statement))


async def test_a_time_that_is_booked_moved_and_cancelled_is_one_event_throughout(
    road: Timed, calendars: Calendars
) -> None:
    whom, other = road.interviewer_ids
    row = await booked(road, whom)
    await keep(road)
    first = await the_event(calendars, whom)
    assert (first["status"], note_of(first)) == ("confirmed", "0")
    assert first["start"]["dateTime"] == f"{row.starts_at:%Y-%m-%dT%H:%M:%SZ}"
    moved = await booked(road, whom, after=timedelta(days=2))
    assert moved.starts_at != row.starts_at
    await keep(road)
    second = await the_event(calendars, whom)
    assert (second["id"], second["status"], note_of(second)) == (first["id"], "confirmed", "1")
    assert second["start"]["dateTime"] == f"{moved.starts_at:%Y-%m-%dT%H:%M:%SZ}"
    async with road.here.services.db.session(road.here.org_id) as session:
        placed = await session.get_one(Appointment, moved.id)
        placed.place, placed.place_changes = "Room 4", 1
    await keep(road)
    third = await the_event(calendars, whom)
    assert (third["id"], third["location"], note_of(third)) == (first["id"], "Room 4", "2")
    await road.give_up(by_staff=True)
    await road.here.stands_at(Stage.invited, "choose_time")
    await keep(road)
    assert (await the_event(calendars, whom))["status"] == "cancelled"
    assert await calendars.events(other) == []
    [after] = await road.appointments()
    assert (after.state, after.calendar_state) == (AppointmentState.cancelled, CalendarState.none)


async def test_another_interviewer_takes_the_event_over(road: Timed, calendars: Calendars) -> None:
    whom, other = road.interviewer_ids
    row = await booked(road, whom)
    await keep(road)
    moved = await booked(road, other, after=timedelta(days=1))
    assert moved.id == row.id
    await keep(road)
    assert (await the_event(calendars, whom))["status"] == "cancelled"
    taken_over = await the_event(calendars, other)
    assert (taken_over["status"], note_of(taken_over)) == ("confirmed", "1")


async def test_access_taken_back_is_put_before_its_person_and_heals_once_they_connect_again(
    road: Timed, calendars: Calendars
) -> None:
    whom, _ = road.interviewer_ids
    await calendars.revoke(whom)
    row = await booked(road, whom)
    await keep(road)
    assert await calendars.access(whom) is AccessState.revoked
    [task] = await access_tasks(road)
    assert (task.assignee_id, task.done_at) == (whom, None)
    [waiting] = await road.appointments()
    assert (waiting.state, waiting.calendar_state) == (
        AppointmentState.booked,
        CalendarState.pending,
    )
    assert await calendars.events(whom) == []
    await calendars.outside.control("google/restore")
    await calendars.connect(whom)
    await keep(road)
    assert (await the_event(calendars, whom))["status"] == "confirmed"
    [written] = await road.appointments()
    assert (written.id, written.calendar_state) == (row.id, CalendarState.written)
    [done] = await access_tasks(road)
    assert done.done_at is not None, "nobody is asked for what is there again"


async def test_whoever_finds_access_gone_its_person_is_asked_once(
    road: Timed, calendars: Calendars
) -> None:
    whom, _ = road.interviewer_ids
    await booked(road, whom)
    # Found out by looking for a time, where no appointment is at hand to tell about.
    await calendars.note_revoked(whom)
    assert await access_tasks(road) == []
    await keep(road)
    for _ in range(2):
        await sweep(road.here.services, road.here.client)
        [task] = await access_tasks(road)
        assert (task.assignee_id, task.done_at) == (whom, None)


async def test_a_calendar_that_is_away_is_tried_until_it_is_back_and_written_once(
    road: Timed, calendars: Calendars
) -> None:
    whom, _ = road.interviewer_ids
    # It does what it is asked and says that it is away; then it really is, for a while.
    for fault in (
        {"kind": "broken_after", "method": "POST"},
        {"kind": "broken", "method": "GET", "count": 2},
    ):
        await calendars.outside.control("google/fault", **fault)
    await booked(road, whom)
    await sweep(road.here.services, road.here.client)

    async def written() -> bool:
        return [row.calendar_state for row in await road.appointments()] == [CalendarState.written]

    await until(written)
    assert (await the_event(calendars, whom))["status"] == "confirmed"
    asked = [method for method, _ in await calendars.outside.get("/google/console/asked")]
    assert asked.count("POST") > 1, "it was tried again"
