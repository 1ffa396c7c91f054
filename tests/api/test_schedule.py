"""Times: who can be booked when, what a candidate is offered, and putting one aside."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from api.context import Context
from api.links import candidate_token
from interloop.db.tables import Application, Appointment, Candidate, Interview, InterviewKind, Job
from interloop.domain.appointment import AppointmentState
from interloop.domain.clock import FixedClock
from interloop.domain.ids import new_id
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.roles import Role
from interloop.scheduling.finding import MOST_PROPOSALS, propose
from interloop.scheduling.holding import give_up_holds
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import Case, make_case
from tests.support.scheduling import BERLIN, make_pool, office_hours, open_human_round

# Sunday noon: the first office hours are the next morning's.
MONDAY_NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    """A candidate whose second round is with a person, of a pool of two."""
    case = await make_case(services, ours)
    pool = [case.members[role].id for role in (Role.interviewer, Role.hiring_manager)]
    async with services.db.session(ours.id) as session:
        await make_pool(session, case.job_id, pool, at=services.clock.now())
        await open_human_round(session, case.application_id, at=services.clock.now())
    return case


@pytest.fixture
def candidate(context: Context, case: Case) -> dict[str, str]:
    token = candidate_token(context, case.org.id, case.application_id)
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def recruiter(context: Context, case: Case) -> dict[str, str]:
    return bearer(context, case.members[Role.recruiter])


async def neighbour(services: Services, context: Context, case: Case) -> dict[str, str]:
    """Another candidate of the same job, with an open round of their own."""
    other = await make_case(services, case.org)
    async with services.db.session(case.org.id) as session:
        row = await session.get_one(Application, other.application_id)
        row.job_id = case.job_id
        await open_human_round(session, other.application_id, at=services.clock.now())
    token = candidate_token(context, case.org.id, other.application_id)
    return {"authorization": f"Bearer {token}"}


async def put_aside(
    http: httpx2.AsyncClient, headers: dict[str, str], at: datetime, zone: str = BERLIN
) -> httpx2.Response:
    body = {"starts_at": at.isoformat(), "zone": zone}
    return await http.post("/api/candidate/holds", headers=headers, json=body)


async def slots(http: httpx2.AsyncClient, headers: dict[str, str], **query: str) -> Any:
    return (await http.get("/api/candidate/slots", headers=headers, params=query)).json()


async def test_a_candidate_is_offered_the_pools_hours_in_their_own_zone(
    http: httpx2.AsyncClient, candidate: dict[str, str]
) -> None:
    offered = await slots(http, candidate, zone="Asia/Tokyo")
    assert (offered["zone"], offered["minutes"]) == ("Asia/Tokyo", 45)
    assert offered["slots"][0] == {
        "starts_at": "2026-11-23T08:00:00Z",
        "ends_at": "2026-11-23T08:45:00Z",
    }
    schedule = (await http.get("/api/candidate/schedule", headers=candidate)).json()
    assert (schedule["may_choose"], schedule["way"], schedule["changes_left"]) == (True, "slots", 1)


async def test_a_time_is_put_aside_for_ten_minutes(
    http: httpx2.AsyncClient,
    candidate: dict[str, str],
    clock: FixedClock,
    services: Services,
    case: Case,
) -> None:
    answer = await put_aside(http, candidate, MONDAY_NINE)
    assert answer.status_code == 201
    held = answer.json()
    assert datetime.fromisoformat(held["hold_until"]) - clock.now() == timedelta(minutes=10)
    async with services.db.read(case.org.id) as session:
        row = await session.get_one(Candidate, case.candidate_id)
    assert row.zone == BERLIN
    schedule = (await http.get("/api/candidate/schedule", headers=candidate)).json()
    assert schedule["hold"]["id"] == held["id"]
    clock.at += timedelta(minutes=10)
    schedule = (await http.get("/api/candidate/schedule", headers=candidate)).json()
    assert schedule["hold"] is None


async def test_another_time_gives_the_first_one_back(
    http: httpx2.AsyncClient, candidate: dict[str, str], services: Services, case: Case
) -> None:
    await put_aside(http, candidate, MONDAY_NINE)
    await put_aside(http, candidate, MONDAY_NINE + timedelta(hours=1))
    async with services.db.read(case.org.id) as session:
        rows = (await session.scalars(select(Appointment).order_by(Appointment.starts_at))).all()
    assert [row.state for row in rows] == [AppointmentState.cancelled, AppointmentState.held]


async def test_a_pool_of_two_meets_two_at_once_and_no_third(
    http: httpx2.AsyncClient,
    candidate: dict[str, str],
    services: Services,
    context: Context,
    case: Case,
    clock: FixedClock,
) -> None:
    others = [await neighbour(services, context, case) for _ in range(2)]
    assert (await put_aside(http, candidate, MONDAY_NINE)).status_code == 201
    assert (await put_aside(http, others[0], MONDAY_NINE)).status_code == 201
    late = await put_aside(http, others[1], MONDAY_NINE)
    assert (late.status_code, late.json()["code"]) == (409, "slot_taken")
    assert (await slots(http, others[1]))["slots"][0]["starts_at"] != "2026-11-23T08:00:00Z"
    async with services.db.read(case.org.id) as session:
        rows = (await session.scalars(select(Appointment))).all()
    assert len({row.interviewer_id for row in rows}) == 2
    clock.at += timedelta(minutes=10)
    # What ran out takes nobody's time.
    assert (await put_aside(http, others[1], MONDAY_NINE)).status_code == 201


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 11, 22, 13, tzinfo=UTC), "too_late"),
        (MONDAY_NINE + timedelta(minutes=10), "slot_taken"),
        (MONDAY_NINE - timedelta(hours=1), "slot_taken"),
    ],
    ids=["too near", "between two starts", "outside the hours"],
)
async def test_a_time_that_is_not_offered_is_not_given(
    http: httpx2.AsyncClient, candidate: dict[str, str], at: datetime, code: str
) -> None:
    answer = await put_aside(http, candidate, at)
    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_a_zone_that_is_none_is_refused(
    http: httpx2.AsyncClient, candidate: dict[str, str]
) -> None:
    answer = await put_aside(http, candidate, MONDAY_NINE, zone="Europe/Nowhere")
    assert answer.status_code == 422
    asked = await http.get("/api/candidate/slots", headers=candidate, params={"zone": "../etc"})
    assert asked.status_code == 422


async def test_the_ai_is_met_at_any_hour_of_the_candidates_day(
    http: httpx2.AsyncClient, candidate: dict[str, str], services: Services, case: Case
) -> None:
    async with services.db.session(case.org.id) as session:
        rows = await session.scalars(select(Interview).order_by(Interview.round_no.desc()))
        row = rows.first()
        assert row is not None
        row.kind = InterviewKind.ai
    offered = (await slots(http, candidate, zone="America/New_York"))["slots"]
    # From 08:00 to 21:00, and a time ends before that.
    hours = {datetime.fromisoformat(s["starts_at"]).hour for s in offered}
    assert hours == {*range(13, 24), 0, 1}
    assert (
        await put_aside(http, candidate, datetime.fromisoformat(offered[0]["starts_at"]))
    ).json()["proposed"] is False


async def test_no_time_is_offered_once_the_round_is_over(
    http: httpx2.AsyncClient, context: Context, services: Services, ours: Org
) -> None:
    over = await make_case(services, ours)
    token = candidate_token(context, ours.id, over.application_id)
    headers = {"authorization": f"Bearer {token}"}
    schedule = (await http.get("/api/candidate/schedule", headers=headers)).json()
    assert (schedule["may_choose"], schedule["why_not"]) == (False, "not_open")
    answer = await put_aside(http, headers, MONDAY_NINE)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_open")


async def test_hours_are_ones_own_and_count_once_one_interviews(
    http: httpx2.AsyncClient, context: Context, case: Case, recruiter: dict[str, str]
) -> None:
    own = (await http.get("/api/me/hours", headers=recruiter)).json()
    assert own == {
        "hours": {"zone": "UTC", "rules": [], "days_off": [], "daily_cap": 4},
        "saved_at": None,
    }
    hours = office_hours("Asia/Kolkata").model_dump(mode="json")
    for _ in range(2):
        said = await http.put("/api/me/hours", headers=recruiter, json=hours)
    assert said.json()["hours"] == hours
    path = f"/api/jobs/{case.job_id}/interviewers"
    mine = str(case.members[Role.recruiter].id)
    before = [str(case.members[role].id) for role in (Role.interviewer, Role.hiring_manager)]
    late = await http.put(path, headers=recruiter, json={"user_ids": [mine], "seen": [mine]})
    assert (late.status_code, late.json()["code"]) == (409, "pool_moved")
    body = {"user_ids": [mine], "seen": before}
    pool = await http.put(path, headers=recruiter, json=body)
    interviewing = [each for each in pool.json() if each["interviews"]]
    assert [(each["user"]["id"], each["zone"]) for each in interviewing] == [(mine, "Asia/Kolkata")]
    stranger = await http.put(
        path, headers=recruiter, json={"user_ids": [str(new_id())], "seen": [mine]}
    )
    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_a_member")


async def test_who_interviews_still_does_after_the_members_were_set_anew(
    http: httpx2.AsyncClient, case: Case, recruiter: dict[str, str]
) -> None:
    members = [
        {"user_id": str(case.members[role].id), "role": role.value}
        for role in (Role.recruiter, Role.hiring_manager)
    ]
    await http.put(f"/api/jobs/{case.job_id}/members", headers=recruiter, json={"members": members})
    pool = (await http.get(f"/api/jobs/{case.job_id}/interviewers", headers=recruiter)).json()
    found = {each["user"]["role"]: each["interviews"] for each in pool}
    assert found == {"recruiter": False, "hiring_manager": True}


async def test_a_policy_is_shown_and_set(
    http: httpx2.AsyncClient, case: Case, recruiter: dict[str, str]
) -> None:
    path = f"/api/jobs/{case.job_id}/policy"
    told = (await http.get(path, headers=recruiter)).json()
    policy = told["policy"]
    assert (policy["way"], policy["invitation"], policy["reminders"]) == (
        "any_time",
        14 * 86400,
        [86400, 3600],
    )
    assert told["defaults"] == policy
    wanted = policy | {"way": "slots", "slot": 1800}
    body = {"policy": wanted, "seen": policy}
    assert (await http.put(path, headers=recruiter, json=body)).json()["policy"] == wanted
    unfit = {"policy": {**wanted, "notice": wanted["horizon"]}, "seen": wanted}
    wrong = await http.put(path, headers=recruiter, json=unfit)
    assert wrong.status_code == 422


async def test_of_two_who_save_rules_at_once_the_later_hears_what_the_other_changed(
    http: httpx2.AsyncClient, case: Case, recruiter: dict[str, str]
) -> None:
    path = f"/api/jobs/{case.job_id}/policy"
    seen = (await http.get(path, headers=recruiter)).json()["policy"]
    first = {"policy": {**seen, "slot": 1800, "nudges": []}, "seen": seen}
    assert (await http.put(path, headers=recruiter, json=first)).status_code == 200
    late = {"policy": {**seen, "review": 86400}, "seen": seen}
    refused = await http.put(path, headers=recruiter, json=late)
    assert (refused.status_code, refused.json()["code"]) == (409, "rules_moved")
    assert refused.json()["detail"].endswith(": nudges, slot")
    stands = (await http.get(path, headers=recruiter)).json()["policy"]
    assert (stands["slot"], stands["review"]) == (1800, seen["review"])
    again = {"policy": {**stands, "review": 86400}, "seen": stands}
    assert (await http.put(path, headers=recruiter, json=again)).status_code == 200


async def test_staff_see_times_with_who_is_free_and_the_appointments(
    http: httpx2.AsyncClient,
    case: Case,
    recruiter: dict[str, str],
    candidate: dict[str, str],
    context: Context,
    clock: FixedClock,
) -> None:
    path = f"/api/applications/{case.application_id}"
    await put_aside(http, candidate, MONDAY_NINE)
    offered = (await http.get(f"{path}/slots", headers=recruiter)).json()
    first = offered["slots"][0]
    assert (offered["zone"], offered["with_person"], first["starts_at"]) == (
        BERLIN,
        True,
        "2026-11-23T08:00:00Z",
    )
    assert len(first["interviewers"]) == 1
    assert len(offered["slots"][-1]["interviewers"]) == 2
    listed = (await http.get(f"{path}/appointments", headers=recruiter)).json()
    assert [(row["state"], row["round_no"]) for row in listed] == [("held", 2)]
    ahead = (await http.get("/api/appointments", headers=recruiter)).json()
    assert [row["id"] for row in ahead] == [listed[0]["id"]]
    stranger = bearer(context, case.org[Role.recruiter])
    assert (await http.get("/api/appointments", headers=stranger)).json() == []
    clock.at += timedelta(minutes=10)
    assert (await http.get(f"{path}/appointments", headers=recruiter)).json() == []


async def test_a_time_may_be_booked_while_the_round_waits_by_those_who_book(
    http: httpx2.AsyncClient, context: Context, services: Services, ours: Org, case: Case
) -> None:
    async def may_book(role: Role, of: Case) -> bool:
        headers = bearer(context, of.members[role])
        page = await http.get(f"/api/applications/{of.application_id}", headers=headers)
        return "book" in page.json()["may"]

    found = {role: await may_book(role, case) for role in (Role.recruiter, Role.interviewer)}
    assert found == {Role.recruiter: True, Role.interviewer: False}
    over = await make_case(services, ours)
    assert not await may_book(Role.recruiter, over)


async def test_a_time_may_be_proposed_where_that_is_the_jobs_way_and_none_stands(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    recruiter: dict[str, str],
    candidate: dict[str, str],
) -> None:
    async def may_propose() -> bool:
        page = await http.get(f"/api/applications/{case.application_id}", headers=recruiter)
        return "propose" in page.json()["may"]

    assert not await may_propose()
    async with services.db.session(case.org.id) as session:
        job = await session.get_one(Job, case.job_id)
        job.policy = JobPolicy(way=Way.system_proposes)
    assert await may_propose()
    await put_aside(http, candidate, MONDAY_NINE)
    assert not await may_propose()


async def test_after_three_proposals_that_did_not_suit_no_more_come_but_times_can_be_chosen(
    http: httpx2.AsyncClient,
    services: Services,
    case: Case,
    candidate: dict[str, str],
    clock: FixedClock,
) -> None:
    async with services.db.session(case.org.id) as session:
        (await session.get_one(Job, case.job_id)).policy = JobPolicy(way=Way.system_proposes)
        interview_id = await session.scalar(
            select(Interview.id).where(Interview.kind == InterviewKind.human)
        )
    assert interview_id is not None
    seen: list[datetime] = []
    for _ in range(MOST_PROPOSALS):
        async with services.db.session(case.org.id) as session:
            found = await propose(session, interview_id, now=clock.now())
        assert found is not None
        schedule = (await http.get("/api/candidate/schedule", headers=candidate)).json()
        assert schedule["hold"]["proposed"] is True
        seen.append(found.starts_at)
        async with services.db.session(case.org.id) as session:
            await give_up_holds(session, interview_id, now=clock.now())
    assert len(set(seen)) == 3
    async with services.db.session(case.org.id) as session:
        assert await propose(session, interview_id, now=clock.now()) is None
    schedule = (await http.get("/api/candidate/schedule", headers=candidate)).json()
    assert (schedule["hold"], schedule["may_choose"]) == (None, True)
    assert (await slots(http, candidate))["slots"] != []
