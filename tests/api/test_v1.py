"""The door for other systems: keys, one journey a request, pages, withdrawal, limits."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from api.app import create_app
from api.build import build_context
from api.context import Context
from api.idempotency import LEASE
from interloop.db.tables import Application, AuditEntry, IdempotentRequest, Job
from interloop.domain.clock import FixedClock
from interloop.domain.roles import Role
from interloop.security.api_keys import Scope
from interloop.services import Services
from tests.api.conftest import Org, bearer, browser
from tests.api.world import Case, make_case

RESUME = b"Jordan Vale\njordan.vale@example.test\n\nBackend engineer, Python, four years.\n"


class System:
    """Another system with a key."""

    def __init__(self, http: httpx2.AsyncClient, key: str, job_id: str) -> None:
        self.http, self.job_id = http, job_id
        self.headers = {"authorization": f"Bearer {key}"}

    async def send(
        self, once: str | None = "req-1", resume: bytes = RESUME, **fields: str
    ) -> httpx2.Response:
        headers = self.headers | ({"idempotency-key": once} if once else {})
        return await self.http.post(
            "/v1/applications",
            headers=headers,
            files={"resume": ("cv.txt", resume)},
            data={"job_id": self.job_id, **fields},
        )

    async def get(self, path: str) -> httpx2.Response:
        return await self.http.get(path, headers=self.headers)


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def system(http: httpx2.AsyncClient, case: Case) -> System:
    return System(http, case.api_key, str(case.job_id))


async def made(services: Services, case: Case) -> int:
    """How many applications stand beside the one that was there."""
    async with services.db.read(case.org.id) as session:
        return (await session.scalar(select(func.count(Application.id))) or 0) - 1


async def test_a_request_starts_a_journey(system: System, services: Services, case: Case) -> None:
    answer = await system.send(email="jo@example.test")
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert answer.headers["location"] == f"/v1/applications/{told['id']}"
    assert (told["job_id"], told["stage"], told["outcome"]) == (system.job_id, "screening", None)
    assert (await system.get(answer.headers["location"])).json() == told
    async with services.db.read(case.org.id) as session:
        added = await session.scalar(
            select(AuditEntry).where(AuditEntry.action == "application.added")
        )
    assert added is not None
    assert (added.actor_kind, str(added.actor_id)) == ("api_key", case.outside["api_key_id"])


async def test_the_same_request_twice_is_answered_the_same(
    system: System, services: Services, case: Case
) -> None:
    first, second = await system.send(), await system.send()
    assert (second.status_code, second.content) == (201, first.content)
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await made(services, case) == 1


async def test_the_same_request_many_times_at_once_starts_one_journey(
    system: System, services: Services, case: Case
) -> None:
    answers = await asyncio.gather(*(system.send() for _ in range(12)))
    done = [answer for answer in answers if answer.status_code == 201]
    others = [answer for answer in answers if answer.status_code != 201]
    assert done
    assert len({answer.content for answer in done}) == 1
    assert {(a.status_code, a.json()["code"]) for a in others} <= {(409, "idempotency_in_flight")}
    assert all(answer.headers["retry-after"] == "1" for answer in others)
    assert await made(services, case) == 1


OTHERS: dict[str, Callable[[System], Any]] = {
    "document": lambda system: system.send(resume=RESUME + b"More."),
    "field": lambda system: system.send(email="other@example.test"),
}


@pytest.mark.parametrize("other", OTHERS)
async def test_the_same_key_with_another_request_is_refused(
    system: System, services: Services, case: Case, other: str
) -> None:
    await system.send()
    answer = await OTHERS[other](system)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")
    assert await made(services, case) == 1


async def test_without_an_idempotency_key_nothing_is_done(
    system: System, services: Services, case: Case
) -> None:
    answer = await system.send(once=None)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
    assert await made(services, case) == 0


async def test_a_refused_request_frees_its_key(
    system: System, services: Services, case: Case
) -> None:
    refused = await system.send(resume=b"\x89PNG\r\n\x1a\n" + bytes(500))
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_document")
    assert (await system.send()).status_code == 201


async def test_work_left_by_a_process_that_died_is_taken_up_again(
    system: System, services: Services, case: Case, clock: FixedClock
) -> None:
    await system.send()
    async with services.db.session(case.org.id) as session:
        row = (await session.execute(select(IdempotentRequest))).scalar_one()
        row.status = row.answer = None
    assert (await system.send()).json()["code"] == "idempotency_in_flight"
    clock.at += LEASE
    # It is at work: it finds the person whom this test could not take away again.
    assert (await system.send()).json()["code"] == "same_email"


async def test_a_key_of_a_request_is_kept_for_a_day_and_for_its_own_system(
    system: System, services: Services, case: Case, clock: FixedClock
) -> None:
    first = await system.send()
    neighbour = await make_case(services, case.org)
    other = System(system.http, neighbour.api_key, str(neighbour.job_id))
    assert (await other.send()).json()["id"] != first.json()["id"]
    clock.at += timedelta(hours=24, seconds=1)
    later = await system.send()
    assert (later.status_code, later.json()["code"]) == (409, "same_email")


async def test_the_same_person_is_named_by_their_application(system: System) -> None:
    first = await system.send()
    again = await system.send(once="req-2")
    assert (again.status_code, again.json()["id"]) == (409, first.json()["id"])


async def test_a_closed_or_unknown_job_takes_nobody(
    system: System, services: Services, case: Case, theirs: Org
) -> None:
    foreign = await make_case(services, theirs)
    system.job_id = str(foreign.job_id)
    assert (await system.send()).status_code == 404
    system.job_id = str(case.job_id)
    async with services.db.session(case.org.id) as session:
        (await session.get_one(Job, case.job_id)).closed_at = services.clock.now()
    answer = await system.send()
    assert (answer.status_code, answer.json()["code"]) == (409, "job_closed")
    assert await made(services, case) == 0


async def test_pages_hold_each_application_once(
    system: System, services: Services, case: Case
) -> None:
    ids = [str(case.application_id)]
    for number in range(6):
        answer = await system.send(f"req-{number}", RESUME + b"%d" % number, email=f"{number}@x.yz")
        ids.append(answer.json()["id"])
    seen: list[str] = []
    page = await system.get("/v1/applications?limit=3")
    while True:
        seen += [item["id"] for item in page.json()["items"]]
        if page.json()["next"] is None:
            assert "link" not in page.headers
            break
        address = page.headers["link"].partition("<")[2].partition(">")[0]
        assert page.headers["link"].endswith('>; rel="next"')
        # Somebody new on top moves nothing on the pages below.
        await system.send(
            f"new-{len(seen)}", RESUME + b"n%d" % len(seen), email=f"n{len(seen)}@x.yz"
        )
        page = await system.get("/v1" + address.partition("/v1")[2])
    assert seen == ids[::-1]


async def test_filters_narrow_the_list(system: System, case: Case) -> None:
    added = (await system.send()).json()["id"]
    for query, expected in (
        ("stage=screening", [added]),
        ("stage=in_review", [str(case.application_id)]),
        (f"job_id={system.job_id}&waiting_on=system", [added]),
        ("outcome=hired", []),
    ):
        page = (await system.get(f"/v1/applications?{query}")).json()
        assert [item["id"] for item in page["items"]] == expected
    for query in ("stage=nowhere", "cursor=nonsense", "limit=0", "limit=201"):
        assert (await system.get(f"/v1/applications?{query}")).status_code == 422


async def test_jobs_are_listed_in_pages(system: System, case: Case) -> None:
    page = (await system.get("/v1/jobs?limit=1")).json()
    assert [item["id"] for item in page["items"]] == [str(case.job_id)]
    assert page["next"] is None


async def test_while_temporal_is_away_a_withdrawal_is_not_promised(
    system: System, case: Case
) -> None:
    path = f"/v1/applications/{case.application_id}/withdraw"
    answer = await system.http.post(path, headers=system.headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "temporal_away")


async def test_no_word_and_no_mark_leaves_by_this_door(system: System) -> None:
    answer = (await system.send(name="Jordan Vale")).json()
    assert set(answer) == {
        *("id", "job_id", "created_at", "stage", "stage_since"),
        *("outcome", "waiting_on", "next_step", "due_at"),
    }


async def test_a_key_is_shown_once_and_ends_when_it_is_revoked(
    http: httpx2.AsyncClient, case: Case, context: Context, services: Services
) -> None:
    admin = bearer(context, case.members[Role.admin])
    body = {"name": "Careers site", "scopes": ["jobs:read"]}
    created = (await http.post("/api/api-keys", headers=admin, json=body)).json()
    assert created["key"].startswith("il_test_")
    listed = await http.get("/api/api-keys", headers=admin)
    assert created["key"] not in listed.text
    assert created["key"].rpartition("_")[2] not in listed.text
    key = {"authorization": f"Bearer {created['key']}"}
    assert (await http.get("/v1/jobs", headers=key)).status_code == 200
    used = (await http.get("/api/api-keys", headers=admin)).json()[0]
    assert used["last_used_at"] is not None
    for _ in range(2):
        path = f"/api/api-keys/{created['id']}/revoke"
        assert (await http.post(path, headers=admin)).status_code == 200
    answer = await http.get("/v1/jobs", headers=key)
    assert (answer.status_code, answer.json()["code"]) == (401, "key_revoked")


async def test_a_key_ends_on_its_day(
    http: httpx2.AsyncClient, case: Case, context: Context, clock: FixedClock
) -> None:
    admin = bearer(context, case.members[Role.admin])
    body = {"name": "For a day", "scopes": ["jobs:read"], "days": 1}
    created = (await http.post("/api/api-keys", headers=admin, json=body)).json()
    key = {"authorization": f"Bearer {created['key']}"}
    assert (await http.get("/v1/jobs", headers=key)).status_code == 200
    clock.at += timedelta(days=1)
    assert (await http.get("/v1/jobs", headers=key)).json()["code"] == "key_expired"


@pytest.mark.parametrize("spoil", [lambda k: k[:-1] + ("0" if k[-1] != "0" else "1"), str.upper])
async def test_a_wrong_secret_opens_nothing(
    system: System, case: Case, spoil: Callable[[str], str]
) -> None:
    system.headers = {"authorization": f"Bearer {spoil(case.api_key)}"}
    answer = await system.get("/v1/jobs")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_all_processes_count_together_and_say_how_long_to_wait(
    system: System, services: Services, case: Case, clock: FixedClock
) -> None:
    second = await build_context(services)
    async with browser(create_app(second)) as http:
        twin = System(http, case.api_key, system.job_id)
        first = await system.get("/v1/jobs")
        limit = int(first.headers["ratelimit-limit"])
        assert first.headers["ratelimit-remaining"] == str(limit - 1)
        for _ in range(limit // 2):
            await system.get("/v1/jobs")
        for _ in range(limit - 1 - limit // 2):
            last = await twin.get("/v1/jobs")
        assert (last.status_code, last.headers["ratelimit-remaining"]) == (200, "0")
        for door in (system, twin):
            refused = await door.get("/v1/jobs")
            assert refused.status_code == 429
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["code"] == "too_many_attempts"
            assert refused.headers["ratelimit-policy"] == f"{limit};w=60"
        clock.at += timedelta(seconds=int(refused.headers["retry-after"]))
        assert (await twin.get("/v1/jobs")).status_code == 200
    await second.web.aclose()


async def test_what_a_key_was_refused_is_written_down(
    http: httpx2.AsyncClient, case: Case, context: Context, services: Services
) -> None:
    admin = bearer(context, case.members[Role.admin])
    body = {"name": "Reader", "scopes": [Scope.jobs_read]}
    created = (await http.post("/api/api-keys", headers=admin, json=body)).json()
    key = {"authorization": f"Bearer {created['key']}"}
    answer = await http.get("/v1/applications", headers=key)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    entry = (await http.get("/api/audit", headers=admin)).json()["entries"][0]
    assert (entry["action"], entry["actor_kind"]) == ("refused", "api_key")
    assert (entry["noun_id"], entry["details"]) == (created["id"], {"scope": "applications:read"})
