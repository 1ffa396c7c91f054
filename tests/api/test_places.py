"""Where a meeting takes place: from the job to the candidate's page and their calendar."""

from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from interloop.db.tables import Appointment, Message, MessageKind, MessageState
from interloop.domain.appointment import AppointmentState
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import bearer
from tests.api.test_own_times import MONDAY_NINE, Chooser, case, chooser, entry, mailed
from tests.api.world import Case

__all__ = ["case", "chooser"]

ROOM = "Room 4, second floor"
LINK = "https://meet.example.com/room-4"


class Staff:
    """The recruiter of the job at the API."""

    def __init__(self, http: httpx2.AsyncClient, context: Context, case: Case) -> None:
        self._http, self._case = http, case
        self._headers = bearer(context, case.members[Role.recruiter])

    async def say(self, place: str | None, *, job: bool = False) -> httpx2.Response:
        path = (
            f"/api/jobs/{self._case.job_id}/meeting-place"
            if job
            else f"/api/applications/{self._case.application_id}/appointments/place"
        )
        return await self._http.put(path, headers=self._headers, json={"place": place})

    async def policy(self) -> Any:
        path = f"/api/jobs/{self._case.job_id}/policy"
        return (await self._http.get(path, headers=self._headers)).json()


@pytest.fixture
def staff(http: httpx2.AsyncClient, context: Context, case: Case) -> Staff:
    return Staff(http, context, case)


async def test_a_time_is_where_its_job_says_and_stays_there_when_the_job_says_otherwise(
    staff: Staff, chooser: Chooser, services: Services, case: Case
) -> None:
    assert (await staff.say(ROOM, job=True)).status_code == 200
    assert (await staff.policy())["meeting_place"] == ROOM
    assert (await chooser.put_aside(MONDAY_NINE))["place"] == ROOM
    await chooser.take(MONDAY_NINE)
    await staff.say(LINK, job=True)
    assert (await chooser.schedule())["appointment"]["place"] == ROOM
    told = await mailed(services, case, MessageKind.booked)
    assert (str(told["location"]), "url" in told) == (ROOM, False)


async def test_one_meeting_is_moved_to_a_link_and_who_cannot_be_told_at_once_is_not_forgotten(
    staff: Staff, chooser: Chooser, services: Services, case: Case
) -> None:
    await chooser.take(MONDAY_NINE)
    # Nobody listens where Temporal should be: the place stands, the mail waits for a person.
    waits = await staff.say(LINK)
    assert (waits.status_code, waits.json()["code"]) == (503, "mail_waits")
    assert (await chooser.schedule())["appointment"]["place"] == LINK
    moved = entry((await chooser.get("appointment.ics")).content)
    assert (str(moved["location"]), str(moved["url"])) == (LINK, LINK)
    assert moved["sequence"] == 1, "a calendar that has the entry takes the change"
    async with services.db.read(case.org.id) as session:
        row = (
            await session.scalars(
                select(Appointment).where(Appointment.state == AppointmentState.booked)
            )
        ).one()
        mails = list(await session.scalars(select(Message)))
    # Journeys name the standing of a time by it.
    assert row.sequence == 0
    assert [(mail.kind, mail.state) for mail in mails] == [
        (MessageKind.booked, MessageState.failed)
    ]
    # Saying it twice tells it once.
    assert (await staff.say(LINK)).status_code == 200


async def test_what_is_no_place_is_refused_and_there_is_none_without_a_meeting(
    staff: Staff, chooser: Chooser
) -> None:
    for wrong in ("javascript:alert(1)", "http://meet.example.com", "a\nb", ""):
        assert (await staff.say(wrong)).status_code == 422
        assert (await staff.say(wrong, job=True)).status_code == 422
    nothing = await staff.say(ROOM)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_booked")
