"""The worker dies before, during and after it writes to a calendar: there is one event, in step."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import Appointment
from interloop.domain.appointment import CalendarState
from interloop.domain.calendar import EntryRef
from interloop.domain.errors import Unavailable
from interloop.domain.journey import Policy
from interloop.domain.stage import Stage
from interloop.failpoints import Moment
from tests.chaos.mortal import Mortal, mortal
from tests.journeys.calendars import Calendars
from tests.journeys.world import until
from tests.sandbox.outside import Outside, start
from tests.support.databases import DatabaseUrls
from workflows.start import start_keeping

STALLS_S = 60
"""Longer than the test needs the worker to wait for an answer."""


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(tmp_path_factory.mktemp("sandbox"))
    yield started
    await started.stop()


@pytest.fixture
async def house(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path, running: Outside
) -> AsyncIterator[Mortal]:
    """A candidate who is invited to meet a person, and a worker that may die."""
    await running.control("reset")
    async with mortal(temporal, database_urls, tmp_path, running) as opened:
        road = opened.road
        road.here.policy = Policy(pulse=timedelta(seconds=2))
        await road.here.start()
        await road.here.stands_at(Stage.screening, "invite")
        await road.invite(person=True)
        yield opened


async def book(house: Mortal, whom: UUID, *, after: timedelta) -> None:
    """Book a time with this person, or move the one there is to it."""
    road = house.road
    held = await road.hold(await road.first_time(after=after), by_staff=True, whom=whom)
    await road.confirm(held, by_staff=True)


async def the_time(house: Mortal) -> Appointment:
    [row] = await house.road.appointments()
    return row


async def keep(house: Mortal, cause: Coroutine[Any, Any, None]) -> None:
    """Change the time, and bring the calendar in step; the worker's own sweep may be faster."""
    # Who asks while the worker dies is not answered; what they asked for is done all the same.
    with suppress(Unavailable):
        await cause
    here = house.road.here
    ref = EntryRef(org_id=here.org_id, appointment_id=(await the_time(house)).id)
    await start_keeping(here.client, ref, task_queue=here.services.settings.task_queue)


@dataclass(frozen=True)
class Death:
    """Where the worker dies: at a call of the port, which is this request to Google."""

    moment: Moment
    point: str
    method: str

    async def beside(
        self, house: Mortal, calendars: Calendars, cause: Coroutine[Any, Any, None]
    ) -> None:
        """Let the worker die of what `cause` leads to, and live again."""
        whom = house.road.interviewer_ids[0]
        before = await calendars.events(whom)

        async def done() -> bool:
            return await calendars.events(whom) != before

        if self.moment is Moment.during:
            fault = {"kind": "stall", "seconds": STALLS_S, "method": self.method}
            await house.outside.control("google/fault", **fault)
        else:
            house.die_at(self.point, self.moment)
        doing = asyncio.create_task(keep(house, cause))
        if self.moment is Moment.during:
            await until(done)
            await house.killed()
        else:
            await house.dead()
            assert await done() is (self.moment is Moment.after)
        await house.live()
        await doing

    @staticmethod
    async def until_in_step(house: Mortal, wanted: CalendarState, sequence: int) -> None:
        async def in_step() -> bool:
            row = await the_time(house)
            return (row.calendar_state, row.sequence) == (wanted, sequence)

        await until(in_step)


@pytest.mark.parametrize("moment", Moment)
async def test_a_time_is_one_event_whenever_the_worker_dies(house: Mortal, moment: Moment) -> None:
    calendars, whom = Calendars(house.road.here, house.outside), house.road.interviewer_ids[0]
    await calendars.connect(whom)
    booking = book(house, whom, after=timedelta(days=1))
    await Death(moment, "calendar.put", "POST").beside(house, calendars, booking)
    await Death.until_in_step(house, CalendarState.written, 0)
    [first] = await calendars.events(whom)
    assert first["start"]["dateTime"] == said((await the_time(house)).starts_at)

    moving = book(house, whom, after=timedelta(days=3))
    await Death(moment, "calendar.put", "PATCH").beside(house, calendars, moving)
    await Death.until_in_step(house, CalendarState.written, 1)
    [second] = await calendars.events(whom)
    assert (second["id"], second["status"]) == (first["id"], "confirmed")
    assert second["start"]["dateTime"] == said((await the_time(house)).starts_at)
    noted = second["extendedProperties"]["private"]
    assert noted == {"interloop_sequence": "1", "interloop_place": ""}

    giving_up = house.road.give_up(by_staff=True)
    await Death(moment, "calendar.cancel", "DELETE").beside(house, calendars, giving_up)
    await Death.until_in_step(house, CalendarState.none, 2)
    [third] = await calendars.events(whom)
    assert (third["id"], third["status"]) == (first["id"], "cancelled")


def said(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
