"""Every route, asked by every role, member and stranger, and by another organisation."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI

from api.access import CandidateOnly, KeyOnly, Public, Routes, StaffOnly, check_walls, walls
from api.app import create_app
from api.context import Context
from api.links import candidate_token
from interloop.db.tables import User
from interloop.domain.roles import Role
from interloop.security.api_keys import Scope
from interloop.security.permissions import TABLE, Permission, may
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.outside import api_key
from tests.api.world import Case, make_case

PUBLIC = {
    ("POST", "/api/auth/sign-in"),
    ("POST", "/api/auth/refresh"),
    ("POST", "/api/auth/sign-out"),
    ("POST", "/api/candidate/links/redeem"),
    ("POST", "/api/candidate/session"),
    ("POST", "/codec/decode"),
    ("POST", "/codec/encode"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/version"),
    ("GET", "/{path:path}"),
    ("HEAD", "/{path:path}"),
}
OUTSIDE_OPENAPI = {
    "/codec/decode",
    "/codec/encode",
    "/temporal",
    "/temporal/render",
    "/temporal/api/v1/namespaces/{namespace}/workflows/{workflow}/query/{kind}",
    "/temporal/{path:path}",
    "/{path:path}",
}
ENDLESS = ("GET", "/api/events")
LET_IN = {200, 201, 202, 204, 206, 409, 422, 503}
"""Past the wall: done, or refused for another reason. Nobody listens where Temporal should be."""

Table = dict[tuple[str, str], Public | CandidateOnly | StaffOnly | KeyOnly | None]


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def table(app: FastAPI) -> Table:
    return walls(app)


def staff_walls(table: Table) -> Iterator[tuple[str, str, StaffOnly]]:
    for (method, path), wall in table.items():
        if isinstance(wall, StaffOnly) and (method, path) != ENDLESS:
            yield method, path, wall


def address(path: str, case: Case) -> str:
    return re.sub(r"\{(\w+)(:path)?\}", lambda m: case.params()[m[1]], path)


async def test_the_walk_sees_what_openapi_tells(app: FastAPI, table: Table) -> None:
    assert {path for _, path in table} == set(app.openapi()["paths"]) | OUTSIDE_OPENAPI
    assert len(table) > 50


async def test_only_these_doors_are_open_to_everybody(table: Table) -> None:
    assert {route for route, wall in table.items() if isinstance(wall, Public)} == PUBLIC


async def test_an_application_with_a_route_without_a_wall_does_not_start(
    context: Context,
) -> None:
    app, loose = create_app(context), APIRouter(prefix="/api")

    @loose.get("/loose")
    async def forgotten() -> None:
        """A route nobody thought about."""

    app.include_router(loose)
    with pytest.raises(RuntimeError, match="GET /api/loose"):
        check_walls(app)


async def test_every_permission_stands_in_the_table_and_guards_a_route(table: Table) -> None:
    assert set(TABLE) == set(Permission)
    used = {wall.permission for wall in table.values() if isinstance(wall, StaffOnly)}
    # The codec asks for its own by hand: a stranger gets an echo, no refusal.
    assert used | {Permission.decode_payloads} == set(Permission)


async def test_nobody_gets_in_without_a_token(
    http: httpx2.AsyncClient, case: Case, table: Table
) -> None:
    for (method, path), wall in table.items():
        if isinstance(wall, Public):
            continue
        answer = await http.request(method, address(path, case))
        assert answer.status_code == 401, f"{method} {path}"


async def test_a_candidate_gets_into_no_page_of_staff_and_staff_into_none_of_theirs(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context
) -> None:
    token = candidate_token(context, case.org.id, case.application_id)
    candidate = {"authorization": f"Bearer {token}"}
    admin = bearer(context, case.members[Role.admin])
    for (method, path), wall in table.items():
        if isinstance(wall, Public):
            continue
        headers = admin if isinstance(wall, CandidateOnly) else candidate
        answer = await http.request(method, address(path, case), headers=headers)
        assert answer.status_code == 401, f"{method} {path}"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("member", [True, False], ids=["member", "stranger"])
async def test_each_role_gets_exactly_where_the_table_says(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context, role: Role, member: bool
) -> None:
    asker = case.members[role] if member else case.org[role]
    headers = bearer(context, asker)
    for method, path, wall in staff_walls(table):
        answer = await http.request(method, address(path, case), headers=headers)
        about_a_job = "_id}" in path
        allowed = may(role, wall.permission, member=member or not about_a_job)
        expected = LET_IN if allowed else {403}
        assert answer.status_code in expected, f"{method} {path} {role}: {answer.text}"


async def test_another_organisation_finds_nothing_of_ours(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context, theirs: Org
) -> None:
    other = await make_case(context.services, theirs)
    for method, path, wall in staff_walls(table):
        if "_id}" not in path:
            continue
        asker = next(
            user for user in everybody(other) if may(user.role, wall.permission, member=True)
        )
        answer = await http.request(method, address(path, case), headers=bearer(context, asker))
        assert answer.status_code == 404, f"{method} {path}: {answer.text}"


def everybody(case: Case) -> list[User]:
    return list(case.members.values())


async def test_a_candidate_reaches_only_their_own_words(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context, theirs: Org
) -> None:
    neighbour = await make_case(context.services, case.org)
    stranger = await make_case(context.services, theirs)
    for other in (neighbour, stranger):
        token = candidate_token(context, other.org.id, other.application_id)
        answer = await http.put(
            f"/api/candidate/turns/{case.turn_id}",
            json={"text": "not mine"},
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 404


async def test_a_candidate_gets_into_every_page_of_theirs(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context
) -> None:
    token = candidate_token(context, case.org.id, case.application_id)
    headers = {"authorization": f"Bearer {token}"}
    # Whoever takes their consent back is let in nowhere that needs it.
    last = ("POST", "/api/candidate/consent/withdraw")
    for (method, path), wall in sorted(table.items(), key=lambda each: each[0] == last):
        if isinstance(wall, CandidateOnly):
            answer = await http.request(method, address(path, case), headers=headers, json={})
            assert answer.status_code in LET_IN | {410}, f"{method} {path}: {answer.text}"


def key_walls(table: Table) -> Iterator[tuple[str, str, KeyOnly]]:
    for (method, path), wall in table.items():
        if isinstance(wall, KeyOnly):
            yield method, path, wall


async def key_for(services: Services, case: Case, *scopes: Scope) -> dict[str, str]:
    row, text = api_key(services, case.org.id, case.members[Role.admin], scopes=scopes)
    async with services.db.session(case.org.id) as session:
        session.add(row)
    return {"authorization": f"Bearer {text}"}


@pytest.mark.parametrize("held", Scope)
async def test_a_key_gets_exactly_where_its_scope_says(
    http: httpx2.AsyncClient, case: Case, table: Table, services: Services, held: Scope
) -> None:
    headers = await key_for(services, case, held)
    for method, path, wall in key_walls(table):
        answer = await http.request(method, address(path, case), headers=headers)
        expected = LET_IN | {400} if wall.scope is held else {403}
        assert answer.status_code in expected, f"{method} {path}: {answer.text}"


async def test_a_key_gets_into_no_page_of_staff_or_candidates_and_they_into_none_of_keys(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context
) -> None:
    key = {"authorization": f"Bearer {case.api_key}"}
    admin = bearer(context, case.members[Role.admin])
    for (method, path), wall in table.items():
        if isinstance(wall, Public):
            continue
        headers = admin if isinstance(wall, KeyOnly) else key
        answer = await http.request(method, address(path, case), headers=headers)
        assert answer.status_code == 401, f"{method} {path}"


async def test_a_key_of_another_organisation_finds_nothing_of_ours(
    http: httpx2.AsyncClient, case: Case, table: Table, context: Context, theirs: Org
) -> None:
    other = await make_case(context.services, theirs)
    headers = {"authorization": f"Bearer {other.api_key}"}
    asked = [(method, path) for method, path, _ in key_walls(table) if "_id}" in path]
    assert asked
    for method, path in asked:
        answer = await http.request(method, address(path, case), headers=headers)
        assert answer.status_code == 404, f"{method} {path}: {answer.text}"


async def test_a_key_can_do_these_things_and_never_decide(table: Table) -> None:
    assert {(method, path) for method, path, _ in key_walls(table)} == {
        ("GET", "/v1/jobs"),
        ("GET", "/v1/applications"),
        ("POST", "/v1/applications"),
        ("GET", "/v1/applications/{application_id}"),
        ("POST", "/v1/applications/{application_id}/withdraw"),
    }
    assert {scope.value for scope in Scope} == {
        "jobs:read",
        "applications:read",
        "applications:write",
    }


@pytest.mark.parametrize(
    ("prefix", "wall"),
    [("/api", KeyOnly(Scope.applications_write)), ("/v1", Permission.decide)],
)
async def test_a_door_for_keys_among_the_pages_of_staff_does_not_start(
    context: Context, prefix: str, wall: KeyOnly | Permission
) -> None:
    app, stray = create_app(context), Routes("stray", prefix=prefix)

    @stray.post("/applications/{application_id}/decisions-by-key", wall)
    async def decide_by_key() -> None:
        """A door somebody would like to have."""

    app.include_router(stray.router)
    with pytest.raises(RuntimeError, match="decisions-by-key"):
        check_walls(app)


async def test_a_refusal_is_written_down(
    http: httpx2.AsyncClient, case: Case, context: Context
) -> None:
    auditor, admin = bearer(context, case.org[Role.auditor]), bearer(context, case.org[Role.admin])
    await http.get(f"/api/applications/{case.application_id}", headers=auditor)
    page = (await http.get("/api/audit", headers=admin)).json()
    newest = page["entries"][0]
    assert (newest["action"], newest["actor"]["id"]) == ("refused", str(case.org[Role.auditor].id))
    assert newest["details"] == {"permission": "see_applications"}


async def test_an_id_that_is_none_is_not_found(
    http: httpx2.AsyncClient, case: Case, context: Context
) -> None:
    headers = bearer(context, case.members[Role.recruiter])
    for wrong in ("nonsense", "00000000-0000-0000-0000-000000000000", "%00", "1" * 400):
        answer = await http.get(f"/api/jobs/{wrong}", headers=headers)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
