"""Signing in, staying signed in, and being thrown out."""

from datetime import timedelta

import httpx2
import jwt
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from interloop.db.tables import AuditEntry
from interloop.domain.clock import FixedClock
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import PASSWORD, Org, browser


async def sign_in(
    http: httpx2.AsyncClient, email: str, password: str = PASSWORD
) -> httpx2.Response:
    return await http.post("/api/auth/sign-in", json={"email": email, "password": password})


async def actions(services: Services, org: Org) -> list[str]:
    async with services.db.read(org.id) as session:
        statement = select(AuditEntry.action).order_by(AuditEntry.seq)
        return list((await session.execute(statement)).scalars())


async def test_a_signed_in_person_is_known(http: httpx2.AsyncClient, ours: Org) -> None:
    token = (await sign_in(http, ours[Role.recruiter].email)).json()["access_token"]
    me = await http.get("/api/me", headers={"authorization": f"Bearer {token}"})
    assert me.json()["role"] == "recruiter"
    assert "invite" in me.json()["permissions"]
    assert "see_audit" not in me.json()["permissions"]


async def test_an_address_is_known_in_any_case(http: httpx2.AsyncClient, ours: Org) -> None:
    answer = await sign_in(http, f" {ours[Role.admin].email.upper()} ")
    assert answer.status_code == 200


async def test_a_wrong_password_and_an_unknown_person_look_alike(
    http: httpx2.AsyncClient, ours: Org, services: Services
) -> None:
    wrong = await sign_in(http, ours[Role.admin].email, "no")
    unknown = await sign_in(http, "nobody@example.test", "no")
    assert wrong.status_code == unknown.status_code == 401
    ids = ("request_id",)
    assert {k: v for k, v in wrong.json().items() if k not in ids} == {
        k: v for k, v in unknown.json().items() if k not in ids
    }
    assert "sign_in.failed" in await actions(services, ours)


async def test_guessing_a_password_is_slowed_down(http: httpx2.AsyncClient, ours: Org) -> None:
    answers = [await sign_in(http, ours[Role.admin].email, str(n)) for n in range(11)]
    assert [a.status_code for a in answers] == [401] * 10 + [429]
    assert answers[-1].json()["code"] == "too_many_attempts"


async def test_a_closed_account_opens_nothing(
    http: httpx2.AsyncClient, ours: Org, services: Services
) -> None:
    user = ours[Role.recruiter]
    token = (await sign_in(http, user.email)).json()["access_token"]
    async with services.db.session(ours.id) as session:
        (await session.get_one(type(user), user.id)).disabled_at = services.clock.now()
    me = await http.get("/api/me", headers={"authorization": f"Bearer {token}"})
    assert (me.status_code, me.json()["code"]) == (401, "account_closed")
    assert (await sign_in(http, user.email)).status_code == 401
    assert (await http.post("/api/auth/refresh")).status_code == 401


async def test_a_refresh_token_is_used_once(
    http: httpx2.AsyncClient, app: FastAPI, ours: Org, services: Services, clock: FixedClock
) -> None:
    await sign_in(http, ours[Role.recruiter].email)
    stolen = http.cookies["interloop_refresh"]
    assert (await http.post("/api/auth/refresh")).status_code == 200
    clock.at += timedelta(seconds=11)
    async with browser(app) as thief:
        thief.cookies.set("interloop_refresh", stolen, path="/api/auth")
        assert (await thief.post("/api/auth/refresh")).status_code == 401
    # Nobody can tell who the thief is, so everybody signs in again.
    assert (await http.post("/api/auth/refresh")).status_code == 401
    assert "refresh.reused" in await actions(services, ours)


async def test_two_tabs_that_wake_together_both_stay_signed_in(
    http: httpx2.AsyncClient, app: FastAPI, ours: Org, clock: FixedClock
) -> None:
    await sign_in(http, ours[Role.recruiter].email)
    async with browser(app) as twin:
        twin.cookies.set("interloop_refresh", http.cookies["interloop_refresh"], path="/api/auth")
        assert (await http.post("/api/auth/refresh")).status_code == 200
        clock.at += timedelta(seconds=9)
        assert (await twin.post("/api/auth/refresh")).status_code == 200
    assert (await http.post("/api/auth/refresh")).status_code == 200


async def test_a_refresh_that_another_site_sends_is_refused(
    http: httpx2.AsyncClient, ours: Org
) -> None:
    await sign_in(http, ours[Role.recruiter].email)
    foreign = await http.post("/api/auth/refresh", headers={"sec-fetch-site": "cross-site"})
    other = await http.post("/api/auth/refresh", headers={"origin": "http://evil.test"})
    assert (foreign.status_code, other.status_code) == (403, 403)
    own = await http.post("/api/auth/refresh", headers={"origin": "http://interloop.test"})
    assert own.status_code == 200


async def test_signing_out_ends_the_refresh_token(http: httpx2.AsyncClient, ours: Org) -> None:
    await sign_in(http, ours[Role.recruiter].email)
    secret = http.cookies["interloop_refresh"]
    assert (await http.post("/api/auth/sign-out")).status_code == 204
    http.cookies.set("interloop_refresh", secret, path="/api/auth")
    assert (await http.post("/api/auth/refresh")).status_code == 401


async def test_a_token_lives_ten_minutes(
    http: httpx2.AsyncClient, ours: Org, clock: FixedClock
) -> None:
    token = (await sign_in(http, ours[Role.recruiter].email)).json()["access_token"]
    header = {"authorization": f"Bearer {token}"}
    clock.at += timedelta(minutes=9, seconds=59)
    assert (await http.get("/api/me", headers=header)).status_code == 200
    clock.at += timedelta(seconds=10)
    late = await http.get("/api/me", headers=header)
    assert (late.status_code, late.json()["code"]) == (401, "token_expired")


@pytest.mark.parametrize("kind", ["media", "events", "codec", "temporal"])
async def test_a_path_cookie_is_no_access_token(
    http: httpx2.AsyncClient, ours: Org, kind: str
) -> None:
    token = (await sign_in(http, ours[Role.admin].email)).json()["access_token"]
    header = {"authorization": f"Bearer {token}"}
    answer = await http.post("/api/auth/cookies", headers=header)
    cookies = {c.name: c for c in http.cookies.jar}
    assert answer.status_code == 204
    cookie = cookies[f"interloop_{kind}"]
    assert cookie.path in {"/api/media", "/api/events", "/codec", "/temporal"}
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "strict"
    misused = {"authorization": f"Bearer {cookie.value}"}
    assert (await http.get("/api/me", headers=misused)).status_code == 401


async def test_an_unsigned_or_altered_token_is_refused(http: httpx2.AsyncClient, ours: Org) -> None:
    token = (await sign_in(http, ours[Role.auditor].email)).json()["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    forged = jwt.encode(
        claims, "", algorithm="none", headers={"kid": jwt.get_unverified_header(token)["kid"]}
    )
    for bad in (forged, token[:-4] + "AAAA", "x", ""):
        answer = await http.get("/api/me", headers={"authorization": f"Bearer {bad}"})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
