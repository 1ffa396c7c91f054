"""What a week would offer, before it is saved: job by job, clear of meetings, overlaps refused."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx2
import pytest

from api.context import Context
from interloop.db.tables import Appointment, Job
from interloop.domain.appointment import AppointmentState
from interloop.domain.clock import FixedClock
from interloop.domain.hours import Hours, WeeklyHours, overlapping
from interloop.domain.ids import new_id
from interloop.domain.job_policy import JobPolicy
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case
from tests.support.scheduling import BERLIN, make_pool, office_hours, open_human_round

# The clock stands on a Sunday at noon; Berlin is an hour ahead of UTC.
MONDAY_NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def interviewer(context: Context, case: Case) -> dict[str, str]:
    return bearer(context, case.members[Role.interviewer])


async def ask(http: httpx2.AsyncClient, headers: dict[str, str], hours: WeeklyHours) -> Any:
    body = hours.model_dump(mode="json")
    answer = await http.post("/api/me/hours/preview", headers=headers, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def first(offer: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(offer["slots"][0]["starts_at"])


async def test_without_a_job_the_usual_rules_show_what_a_week_offers(
    http: httpx2.AsyncClient, interviewer: dict[str, str]
) -> None:
    told = await ask(http, interviewer, office_hours())
    [offer] = told["offers"]
    assert (offer["job"], offer["minutes"], told["zone"]) == (None, 45, BERLIN)
    assert first(offer) == MONDAY_NINE
    assert (told["outside"], told["calendar_silent"]) == (0, False)
    assert (await ask(http, interviewer, WeeklyHours()))["offers"][0]["slots"] == []


async def test_each_job_offers_by_its_own_rules(
    http: httpx2.AsyncClient, services: Services, case: Case, interviewer: dict[str, str]
) -> None:
    async with services.db.session(case.org.id) as session:
        me = case.members[Role.interviewer].id
        await make_pool(session, case.job_id, [me], at=services.clock.now())
        job = await session.get_one(Job, case.job_id)
        job.policy = JobPolicy(slot=timedelta(minutes=30), notice=timedelta(days=2))
    [offer] = (await ask(http, interviewer, office_hours()))["offers"]
    assert (offer["job"]["id"], offer["minutes"]) == (str(case.job_id), 30)
    # Two days from Sunday noon is Tuesday noon.
    assert first(offer) == MONDAY_NINE + timedelta(days=1, hours=4)


async def test_meetings_are_not_offered_again_and_those_outside_are_counted(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    interviewer: dict[str, str],
    clock: FixedClock,
) -> None:
    async with services.db.session(case.org.id) as session:
        interview = await open_human_round(session, case.application_id, at=clock.now())
        session.add(
            Appointment(
                id=new_id(),
                interview_id=interview.id,
                interviewer_id=case.members[Role.interviewer].id,
                starts_at=MONDAY_NINE,
                ends_at=MONDAY_NINE + timedelta(minutes=45),
                zone=BERLIN,
                state=AppointmentState.booked,
                uid="one@interloop.example",
                created_at=clock.now(),
            )
        )
    told = await ask(http, interviewer, office_hours())
    assert (told["outside"], first(told["offers"][0])) == (0, MONDAY_NINE + timedelta(hours=1))
    late = WeeklyHours(zone=BERLIN, rules=(Hours(weekday=0, start=time(9, 15), end=time(17)),))
    assert (await ask(http, interviewer, late))["outside"] == 1


async def test_hours_that_share_time_are_refused_and_nothing_is_kept(
    http: httpx2.AsyncClient, interviewer: dict[str, str]
) -> None:
    twice = [
        {"weekday": 0, "start": "09:00", "end": "12:00"},
        {"weekday": 0, "start": "11:45", "end": "13:00"},
    ]
    body = {"zone": BERLIN, "rules": twice}
    for method, path in (("PUT", "/api/me/hours"), ("POST", "/api/me/hours/preview")):
        refused = await http.request(method, path, headers=interviewer, json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "hours_overlap")
    assert (await http.get("/api/me/hours", headers=interviewer)).json()["saved_at"] is None


def test_hours_that_touch_share_nothing_and_the_end_of_the_day_is_its_end() -> None:
    morning = Hours(weekday=0, start=time(9), end=time(12))
    noon = Hours(weekday=0, start=time(12), end=time(13))
    rest = Hours(weekday=0, start=time(13), end=time(0))
    tuesday = Hours(weekday=1, start=time(9), end=time(12))
    assert overlapping([tuesday, rest, noon, morning]) is None
    late = Hours(weekday=0, start=time(23), end=time(0))
    assert overlapping([late, rest, morning]) == late
