"""A candidate's own time: as a file for calendars, its door, and what became of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import icalendar
import pytest

from activities.invitations import invitation_for
from api.context import Context
from api.links import candidate_token
from interloop.db.tables import (
    Application,
    Appointment,
    CalendarConnection,
    Candidate,
    Interview,
    InterviewKind,
    Job,
    Message,
    MessageKind,
)
from interloop.domain.appointment import AppointmentState
from interloop.domain.calendar import AccessState, CalendarProvider
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from interloop.domain.job_policy import Way
from interloop.domain.roles import Role
from interloop.domain.stage import Stage
from interloop.scheduling.booking import book, end
from interloop.services import Services
from tests.api.conftest import Org
from tests.api.world import Case, make_case
from tests.support.scheduling import BERLIN, make_pool, open_human_round

# Sunday noon: the first office hours are the next morning's.
MONDAY_NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Chooser:
    """A candidate at the API, and the journey that follows their choice."""

    def __init__(self, http: httpx2.AsyncClient, services: Services, case: Case, key: str) -> None:
        self._http, self._services, self._case = http, services, case
        self._headers = {"authorization": f"Bearer {key}"}
        self.interview_id = case.interview_id

    async def get(self, path: str) -> httpx2.Response:
        return await self._http.get(f"/api/candidate/{path}", headers=self._headers)

    async def schedule(self) -> Any:
        return (await self.get("schedule")).json()

    async def put_aside(self, at: datetime) -> Any:
        body = {"starts_at": at.isoformat(), "zone": BERLIN}
        path = "/api/candidate/holds"
        answer = await self._http.post(path, headers=self._headers, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def take(self, at: datetime) -> UUID:
        """Put the time aside, and have it booked or the booked one moved there."""
        held = UUID((await self.put_aside(at))["id"])
        now = self._services.clock.now()
        async with self._services.db.session(self._case.org.id) as session:
            return (await book(session, held, None, now=now, free=True)).appointment_id

    async def lose(self, state: AppointmentState) -> None:
        now = self._services.clock.now()
        async with self._services.db.session(self._case.org.id) as session:
            await end(session, self.interview_id, state, None, now=now)


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    case = await make_case(services, ours)
    async with services.db.session(ours.id) as session:
        interviewer = case.members[Role.interviewer].id
        await make_pool(session, case.job_id, [interviewer], at=services.clock.now())
    return case


@pytest.fixture
async def chooser(
    http: httpx2.AsyncClient, services: Services, context: Context, case: Case
) -> Chooser:
    """A candidate whose second round is with the one person of the pool."""
    key = candidate_token(context, case.org.id, case.application_id)
    found = Chooser(http, services, case, key)
    async with services.db.session(case.org.id) as session:
        row = await open_human_round(session, case.application_id, at=services.clock.now())
        found.interview_id = row.id
    return found


def entry(raw: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


async def mailed(services: Services, case: Case, kind: MessageKind) -> icalendar.Event:
    """The entry as a mail about the time carries it."""
    message = Message(
        id=new_id(),
        org_id=case.org.id,
        application_id=case.application_id,
        kind=kind,
        created_at=services.clock.now(),
    )
    async with services.db.read(case.org.id) as session:
        part = await invitation_for(
            session, message, to="dana@post.example", settings=services.settings
        )
    assert part is not None
    return entry(part.ics)


async def test_the_file_for_calendars_is_the_entry_of_the_mail_and_moves_with_the_time(
    chooser: Chooser, services: Services, case: Case
) -> None:
    await chooser.take(MONDAY_NINE)
    answer = await chooser.get("appointment.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"] == 'attachment; filename="interview.ics"'
    # A file asks nobody for an answer; the mail does.
    assert b"METHOD:PUBLISH\r\n" in answer.content
    first, told = entry(answer.content), await mailed(services, case, MessageKind.booked)
    assert ("attendee" in first, "attendee" in told) == (False, True)
    assert first.decoded("dtstart") == MONDAY_NINE
    later = MONDAY_NINE + timedelta(hours=2)
    await chooser.take(later)
    moved = entry((await chooser.get("appointment.ics")).content)
    told = await mailed(services, case, MessageKind.rescheduled)
    assert moved.decoded("dtstart") == told.decoded("dtstart") == later
    assert str(first["uid"]) == str(moved["uid"]) == str(told["uid"])
    assert (first["sequence"], moved["sequence"], told["sequence"]) == (0, 1, 1)
    assert moved["summary"] == told["summary"]


async def test_there_is_no_file_without_a_time_or_beside_an_invitation_by_a_calendar(
    chooser: Chooser, services: Services, case: Case
) -> None:
    nothing = await chooser.get("appointment.ics")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_booked")
    await chooser.take(MONDAY_NINE)
    assert (await chooser.schedule())["appointment"]["calendar_file"] is True
    async with services.db.session(case.org.id) as session:
        session.add(
            CalendarConnection(
                id=new_id(),
                user_id=case.members[Role.interviewer].id,
                provider=CalendarProvider.google,
                account_id="somebody@google.example",
                state=AccessState.ok,
                credentials_sealed=b"",
                invites_guests=True,
                created_at=services.clock.now(),
            )
        )
    assert (await chooser.schedule())["appointment"]["calendar_file"] is False
    twice = await chooser.get("appointment.ics")
    assert (twice.status_code, twice.json()["code"]) == (409, "calendar_invites")


async def test_what_one_has_put_aside_stays_among_the_times_one_can_choose(
    chooser: Chooser, clock: FixedClock
) -> None:
    before = (await chooser.get("slots")).json()["slots"]
    held = await chooser.put_aside(MONDAY_NINE)
    assert held["seconds_left"] == 600
    # Nobody else interviews, and the time of the hold would take its neighbours too.
    assert (await chooser.get("slots")).json()["slots"] == before
    clock.at += timedelta(minutes=4)
    assert (await chooser.schedule())["hold"]["seconds_left"] == 360


@pytest.mark.parametrize("state", [AppointmentState.missed, AppointmentState.cancelled])
async def test_a_time_that_fell_is_told_until_another_stands(
    chooser: Chooser, state: AppointmentState
) -> None:
    await chooser.put_aside(MONDAY_NINE)
    await chooser.take(MONDAY_NINE + timedelta(hours=2))
    assert (await chooser.schedule())["ended"] is None
    await chooser.lose(state)
    told = (await chooser.schedule())["ended"]
    assert (told["starts_at"], told["state"]) == ("2026-11-23T10:00:00Z", state.value)
    await chooser.take(MONDAY_NINE + timedelta(days=1))
    assert (await chooser.schedule())["ended"] is None


@pytest.mark.parametrize(
    ("kind", "way", "opens_at"),
    [
        (InterviewKind.ai, Way.slots, "2026-11-23T07:45:00Z"),
        (InterviewKind.ai, Way.any_time, None),
        (InterviewKind.human, Way.slots, None),
    ],
    ids=["a chosen time", "at any time", "with a person"],
)
async def test_the_room_of_a_chosen_time_opens_a_quarter_before(
    chooser: Chooser,
    services: Services,
    case: Case,
    kind: InterviewKind,
    way: Way,
    opens_at: str | None,
) -> None:
    async with services.db.session(case.org.id) as session:
        interview = await session.get_one(Interview, chooser.interview_id)
        application = await session.get_one(Application, interview.application_id)
        job = await session.get_one(Job, application.job_id)
        interview.kind, job.policy = kind, job.policy.model_copy(update={"way": way})
    taken = await chooser.take(MONDAY_NINE)
    appointment = (await chooser.schedule())["appointment"]
    assert (appointment["id"], appointment["room_opens_at"]) == (str(taken), opens_at)
    async with services.db.read(case.org.id) as session:
        row = await session.get_one(Appointment, taken)
    assert appointment["sequence"] == row.sequence


async def test_who_takes_a_proposed_time_says_in_which_zone_it_is_read(
    http: httpx2.AsyncClient, chooser: Chooser, services: Services, case: Case, context: Context
) -> None:
    held = await chooser.put_aside(MONDAY_NINE)
    key = candidate_token(context, case.org.id, case.application_id)
    body = {"hold_id": held["id"], "zone": "Asia/Tokyo"}
    headers = {"authorization": f"Bearer {key}"}
    # Nobody follows the journey here: what was said is kept all the same.
    answer = await http.post("/api/candidate/appointment", headers=headers, json=body)
    assert answer.status_code == 503
    async with services.db.read(case.org.id) as session:
        row = await session.get_one(Appointment, UUID(held["id"]))
        candidate = await session.get_one(Candidate, case.candidate_id)
    assert (row.zone, candidate.zone) == ("Asia/Tokyo", "Asia/Tokyo")


@pytest.mark.parametrize(("stage", "told"), [(Stage.scoring, False), (Stage.in_review, True)])
async def test_an_answer_is_promised_by_who_decides_and_not_by_a_scorecard(
    chooser: Chooser, services: Services, case: Case, *, stage: Stage, told: bool
) -> None:
    due = MONDAY_NINE + timedelta(days=2)
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Application, case.application_id)
        row.stage, row.due_at = stage, due
    answer_by = (await chooser.get("interview")).json()["answer_by"]
    assert answer_by == ("2026-11-25T08:00:00Z" if told else None)
