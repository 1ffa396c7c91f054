"""Interviewers' calendars: connected, looked into, written to, never in a booking's way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select
from temporalio.testing import ActivityEnvironment

from activities.calendar import CalendarSteps, disagreeing
from api.app import create_app
from api.build import build_context
from api.context import Context
from api.links import candidate_token
from interloop.bootstrap import build
from interloop.db.tables import Appointment, AuditEntry, CalendarEntry, Task, TaskKind
from interloop.domain.appointment import AppointmentState, CalendarState
from interloop.domain.calendar import EntryRef, EntryState, Span
from interloop.domain.clock import FixedClock
from interloop.domain.errors import Ambiguous, AuthRevoked, Permanent, RateLimited, Transient
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.services import Services
from interloop.settings import Settings
from tests.api.conftest import Org, bearer, browser
from tests.api.world import Case, make_case
from tests.fakes import FakeCalendar
from tests.sandbox.outside import start
from tests.support.scheduling import make_pool, open_human_round

MONDAY_NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
KEY = {"access": {"kind": "service_key", "key": "{}"}}


@pytest.fixture
def calendar() -> FakeCalendar:
    return FakeCalendar()


@pytest.fixture
async def services(
    settings: Settings, clock: FixedClock, calendar: FakeCalendar
) -> AsyncIterator[Services]:
    built = await build(settings, clock)
    yield replace(built, calendar=calendar)
    await built.close()


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    case = await make_case(services, ours)
    async with services.db.session(ours.id) as session:
        interviewer = case.members[Role.interviewer].id
        await make_pool(session, case.job_id, [interviewer], at=services.clock.now())
    return case


@pytest.fixture
def interviewer(context: Context, case: Case) -> dict[str, str]:
    return bearer(context, case.members[Role.interviewer])


@pytest.fixture
async def ref(services: Services, case: Case) -> EntryRef:
    """A booked appointment with the one interviewer of the pool."""
    async with services.db.session(case.org.id) as session:
        interview = await open_human_round(session, case.application_id, at=services.clock.now())
        await session.flush()
        row = Appointment(
            id=new_id(),
            org_id=case.org.id,
            interview_id=interview.id,
            interviewer_id=case.members[Role.interviewer].id,
            starts_at=MONDAY_NINE,
            ends_at=MONDAY_NINE + timedelta(minutes=45),
            zone="Europe/Berlin",
            state=AppointmentState.booked,
            uid="a@interloop.example",
            created_at=services.clock.now(),
        )
        session.add(row)
        return EntryRef(org_id=case.org.id, appointment_id=row.id)


async def connect(http: httpx2.AsyncClient, headers: dict[str, str]) -> httpx2.Response:
    return await http.put("/api/me/calendar", headers=headers, json=KEY)


async def keep(services: Services, ref: EntryRef) -> CalendarState:
    return await ActivityEnvironment().run(CalendarSteps(services).keep_calendar, ref)


async def change(services: Services, ref: EntryRef, **values: object) -> None:
    async with services.db.session(ref.org_id) as session:
        row = await session.get_one(Appointment, ref.appointment_id)
        for name, value in values.items():
            setattr(row, name, value)


async def test_a_calendar_is_connected_checked_and_forgotten(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    context: Context,
    case: Case,
    services: Services,
) -> None:
    assert (await http.get("/api/me/calendar", headers=interviewer)).json()["connection"] is None
    connected = await connect(http, interviewer)
    assert connected.json()["connection"]["state"] == "ok"
    assert "key" not in connected.text
    admin = bearer(context, case.members[Role.admin])
    [row] = (await http.get("/api/calendars", headers=admin)).json()
    assert row["account_id"] == case.members[Role.interviewer].email
    assert (await http.post("/api/me/calendar/check", headers=interviewer)).status_code == 200
    gone = await http.post("/api/me/calendar/disconnect", headers=interviewer)
    assert gone.json()["connection"] is None
    again = await http.post("/api/me/calendar/check", headers=interviewer)
    assert (again.status_code, again.json()["code"]) == (409, "no_calendar")
    async with services.db.read(case.org.id) as session:
        actions = (await session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq))).all()
    told = [each for each in actions if each.startswith("calendar.")]
    assert told == ["calendar.connected", "calendar.disconnected"]


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (AuthRevoked("no"), 409),
        (Permanent("no key", code="calendar_key_unreadable"), 422),
        (Transient("away"), 503),
    ],
)
async def test_what_does_not_answer_is_not_connected(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    calendar: FakeCalendar,
    trouble: Exception,
    status: int,
) -> None:
    calendar.trouble.append(trouble)  # type: ignore[arg-type]
    assert (await connect(http, interviewer)).status_code == status
    assert (await http.get("/api/me/calendar", headers=interviewer)).json()["connection"] is None


async def test_one_click_connects_where_the_sandbox_plays_google(
    settings: Settings, clock: FixedClock, case: Case, tmp_path: Path
) -> None:
    outside = await start(tmp_path / "sandbox")
    url = f"{outside.web}/google"
    built = await build(settings.model_copy(update={"google_url": url}), clock)
    context = await build_context(built)
    try:
        async with browser(create_app(context, dist=tmp_path)) as http:
            headers = bearer(context, case.members[Role.interviewer])
            body = {"access": {"kind": "sandbox"}}
            answer = await http.put("/api/me/calendar", headers=headers, json=body)
        assert answer.json()["connection"]["state"] == "ok", answer.text
        assert ["POST", "/freeBusy"] in await outside.get("/google/console/asked")
    finally:
        await context.web.aclose()
        await built.close()
        await outside.stop()


async def test_what_a_calendar_says_is_taken_is_not_offered(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    context: Context,
    case: Case,
    calendar: FakeCalendar,
    services: Services,
) -> None:
    async with services.db.session(case.org.id) as session:
        await open_human_round(session, case.application_id, at=services.clock.now())
    token = candidate_token(context, case.org.id, case.application_id)
    candidate = {"authorization": f"Bearer {token}"}
    await connect(http, interviewer)
    hour = timedelta(hours=1)
    calendar.busy_spans = [Span(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + hour)]
    offered = (await http.get("/api/candidate/slots", headers=candidate)).json()["slots"]
    assert datetime.fromisoformat(offered[0]["starts_at"]) >= MONDAY_NINE + hour
    body = {"starts_at": MONDAY_NINE.isoformat(), "zone": "Europe/Berlin"}
    refused = await http.post("/api/candidate/holds", headers=candidate, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    calendar.trouble.append(Transient("away"))
    unknown = (await http.get("/api/candidate/slots", headers=candidate)).json()["slots"]
    assert unknown == [], "what we cannot see is never free"


async def test_staff_do_not_book_over_what_stands_in_a_calendar(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    context: Context,
    case: Case,
    calendar: FakeCalendar,
    services: Services,
) -> None:
    async with services.db.session(case.org.id) as session:
        await open_human_round(session, case.application_id, at=services.clock.now())
    await connect(http, interviewer)
    recruiter = bearer(context, case.members[Role.recruiter])
    place = f"/api/applications/{case.application_id}/appointments"
    named = str(case.members[Role.interviewer].id)
    body = {"starts_at": MONDAY_NINE.isoformat(), "interviewer_id": named}
    calendar.busy_spans = [Span(starts_at=MONDAY_NINE, ends_at=MONDAY_NINE + timedelta(hours=1))]
    refused = await http.post(place, headers=recruiter, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    calendar.busy_spans = []
    # Nobody runs journeys here: it was put aside, and given back.
    away = await http.post(place, headers=recruiter, json=body)
    assert (away.status_code, away.json()["code"]) == (503, "temporal_away")


async def test_an_appointment_follows_into_the_calendar_and_out_of_it(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
) -> None:
    assert ref not in await disagreeing(services)
    await connect(http, interviewer)
    assert ref in await disagreeing(services)
    assert await keep(services, ref) is CalendarState.written
    assert await keep(services, ref) is CalendarState.written
    assert (len(calendar.events), calendar.writes) == (1, 1)
    assert ref not in await disagreeing(services)
    [event] = calendar.events.values()
    assert event.guests == ()
    await change(services, ref, starts_at=MONDAY_NINE + timedelta(minutes=15), sequence=1)
    assert ref in await disagreeing(services)
    await keep(services, ref)
    assert [each.sequence for each in calendar.events.values()] == [1]
    await change(services, ref, state=AppointmentState.cancelled, sequence=2)
    assert ref in await disagreeing(services)
    assert await keep(services, ref) is CalendarState.none
    assert calendar.events == {}
    assert ref not in await disagreeing(services)


async def test_a_calendar_that_invites_by_itself_is_told_whom(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
) -> None:
    body = KEY | {"invites_guests": True}
    await http.put("/api/me/calendar", headers=interviewer, json=body)
    await keep(services, ref)
    [event] = calendar.events.values()
    assert len(event.guests) == 1


async def test_another_interviewer_has_it_in_theirs_and_the_first_no_more(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
    context: Context,
    case: Case,
) -> None:
    manager = case.members[Role.hiring_manager]
    await connect(http, interviewer)
    await connect(http, bearer(context, manager))
    await keep(services, ref)
    first = set(calendar.events)
    await change(services, ref, interviewer_id=manager.id, sequence=1)
    await keep(services, ref)
    assert len(calendar.events) == 1
    # A deleted event keeps its id for good, also in a calendar that the time comes back to.
    assert not set(calendar.events) & first


@pytest.mark.parametrize("trouble", [Transient("away"), RateLimited("slow"), Ambiguous("?")])
async def test_a_calendar_that_is_away_is_tried_again_and_written_once(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
    trouble: Exception,
) -> None:
    await connect(http, interviewer)
    calendar.trouble.append(trouble)  # type: ignore[arg-type]
    with pytest.raises(Transient):
        await keep(services, ref)
    assert ref in await disagreeing(services)
    assert await keep(services, ref) is CalendarState.written
    assert calendar.writes == 1


async def test_access_taken_back_pauses_writing_tells_its_person_and_loses_nothing(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
    case: Case,
) -> None:
    await connect(http, interviewer)
    calendar.trouble.append(AuthRevoked("no"))
    assert await keep(services, ref) is CalendarState.pending
    assert await keep(services, ref) is CalendarState.pending
    assert ref not in await disagreeing(services)
    async with services.db.read(ref.org_id) as session:
        row = await session.get_one(Appointment, ref.appointment_id)
        assert (row.state, row.calendar_state) == (AppointmentState.booked, CalendarState.pending)
        task = (
            await session.scalars(select(Task).where(Task.kind == TaskKind.calendar_access))
        ).one()
        assert task.assignee_id == case.members[Role.interviewer].id
    shown = (await http.get("/api/me/calendar", headers=interviewer)).json()["connection"]
    assert (shown["state"], shown["waiting"]) == ("revoked", 1)
    await connect(http, interviewer)
    assert ref in await disagreeing(services)
    assert await keep(services, ref) is CalendarState.written
    assert calendar.writes == 1


async def test_what_a_calendar_refuses_for_good_is_shown_and_not_tried_for_ever(
    http: httpx2.AsyncClient,
    interviewer: dict[str, str],
    services: Services,
    calendar: FakeCalendar,
    ref: EntryRef,
) -> None:
    await connect(http, interviewer)
    calendar.trouble.append(Permanent("no", code="calendar_refused"))
    assert await keep(services, ref) is CalendarState.failed
    assert ref not in await disagreeing(services)
    async with services.db.read(ref.org_id) as session:
        entry = (await session.scalars(select(CalendarEntry))).all()[-1]
    assert (entry.state, entry.failure_code) == (EntryState.failed, "calendar_refused")
