"""Temporal Web behind our door, and the codec that opens payloads for those who may see them."""

import re
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request
from temporalio.api.common.v1 import Payload

from api.context import Context
from interloop.domain.roles import Role
from interloop.settings import Settings
from tests.api.conftest import BASE, Org, bearer
from tests.api.serving import served

SECRET = b'{"application_id":"1"}'


@pytest.fixture
async def web() -> AsyncIterator[tuple[str, list[Request]]]:
    """A stand-in for Temporal's own web server, which lies outside the building."""
    seen: list[Request] = []
    outside = FastAPI()

    @outside.api_route("/temporal/{path:path}", methods=["GET", "POST"])
    async def page(request: Request, path: str) -> dict[str, str]:
        seen.append(request)
        return {"path": path, "query": request.url.query}

    async with served(outside) as address:
        yield address, seen


@pytest.fixture
def settings(settings: Settings, web: tuple[str, list[Request]]) -> Settings:
    return settings.model_copy(update={"temporal_web_url": web[0]})


async def test_those_who_watch_may_read_and_only_admins_steer(
    http: httpx2.AsyncClient, context: Context, ours: Org, web: tuple[str, list[Request]]
) -> None:
    path = "/temporal/api/v1/namespaces"
    ops, admin = bearer(context, ours[Role.hr_ops]), bearer(context, ours[Role.admin])
    read = await http.get(f"{path}?pageSize=2", headers=ops)
    assert read.json() == {"path": "api/v1/namespaces", "query": "pageSize=2"}
    assert (await http.post(path, headers=ops)).status_code == 403
    # A query changes nothing, though it is sent by POST.
    query = f"{path}/interloop/workflows/journey-1/query/__temporal_workflow_metadata"
    assert (await http.post(query, headers=ops)).status_code == 200
    assert (await http.post(path, headers=admin)).status_code == 200
    recruiter = bearer(context, ours[Role.recruiter])
    assert (await http.get(path, headers=recruiter)).status_code == 403


async def test_our_credentials_stay_on_this_side(
    http: httpx2.AsyncClient, context: Context, ours: Org, web: tuple[str, list[Request]]
) -> None:
    await http.post("/api/auth/cookies", headers=bearer(context, ours[Role.hr_ops]))
    http.cookies.set("theirs", "1", path="/temporal")
    assert (await http.get("/temporal/")).status_code == 200
    sent = web[1][-1].headers
    assert sent["cookie"] == "theirs=1"
    assert "authorization" not in sent


async def test_another_site_steers_nothing(
    http: httpx2.AsyncClient, context: Context, ours: Org
) -> None:
    await http.post("/api/auth/cookies", headers=bearer(context, ours[Role.admin]))
    answer = await http.post("/temporal/api/v1/x", headers={"origin": "http://evil.test"})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def words(http: httpx2.AsyncClient, content: str, **more: str) -> httpx2.Response:
    return await http.get("/temporal/render", params={"content": content, **more})


async def test_a_workflows_words_are_shown_to_those_who_watch_and_nobody_else_is_asked(
    http: httpx2.AsyncClient, context: Context, ours: Org, web: tuple[str, list[Request]]
) -> None:
    assert (await words(http, "Hello.")).status_code == 401
    await http.post("/api/auth/cookies", headers=bearer(context, ours[Role.hr_ops]))
    home = context.services.settings.app_url
    content = f"Waits & waits.\nUntil then.\n\n[The candidate's page]({home}/applications/1)"
    shown = await words(http, content, theme="dark", overrideTheme="background", compact="false")
    assert shown.headers["content-type"].startswith("text/html")
    assert 'data-theme="dark"' in shown.text
    assert "<p>Waits &amp; waits.<br>Until then.</p>" in shown.text
    assert f'<a href="{home}/applications/1" target="_blank"' in shown.text
    assert web[1] == []


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "[Sign in](http://evil.test/)",
        "[Sign in](javascript:alert(1))",
        '[x](http://127.0.0.1:8000/"onclick="alert(1))',
        "<img src=x onerror=alert(1)>",
    ],
)
async def test_words_of_anybody_run_nothing_and_lead_nowhere_else(
    http: httpx2.AsyncClient, context: Context, ours: Org, content: str
) -> None:
    await http.post("/api/auth/cookies", headers=bearer(context, ours[Role.hr_ops]))
    shown = await words(http, content)
    body = shown.text.partition("<main>")[2]
    assert set(re.findall(r"<(\w+)", body)) <= {"p", "a"}
    assert "evil" not in "".join(re.findall(r"<a [^>]*>", body))
    assert 'onclick="' not in body
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


async def sealed(context: Context) -> dict[str, Any]:
    payload = Payload(metadata={"encoding": b"json/plain"}, data=SECRET)
    one = (await context.codec.encode([payload]))[0]
    metadata = {key: b64encode(value).decode() for key, value in one.metadata.items()}
    return {"payloads": [{"metadata": metadata, "data": b64encode(one.data).decode()}]}


async def actions(http: httpx2.AsyncClient, context: Context, ours: Org) -> list[str]:
    headers = bearer(context, ours[Role.auditor])
    return [e["action"] for e in (await http.get("/api/audit", headers=headers)).json()["entries"]]


async def test_those_who_may_see_payloads_in_the_open_and_it_is_written_down(
    http: httpx2.AsyncClient, context: Context, ours: Org
) -> None:
    await http.post("/api/auth/cookies", headers=bearer(context, ours[Role.hr_ops]))
    answer = await http.post(
        "/codec/decode?preserveStorageRefs=true",
        json=await sealed(context),
        headers={"origin": BASE, "x-namespace": "interloop"},
    )
    assert answer.json()["payloads"][0]["data"] == b64encode(SECRET).decode()
    assert (await actions(http, context, ours))[0] == "payloads.decoded"


@pytest.mark.parametrize("who", ["nobody", "recruiter", "foreign site"])
async def test_everybody_else_gets_back_what_they_sent(
    http: httpx2.AsyncClient, context: Context, ours: Org, who: str
) -> None:
    headers = {"foreign site": {"origin": "http://evil.test"}}.get(who, {})
    role = {"recruiter": Role.recruiter, "foreign site": Role.admin}.get(who)
    if role is not None:
        await http.post("/api/auth/cookies", headers=bearer(context, ours[role]))
    body = await sealed(context)
    answer = await http.post("/codec/decode", json=body, headers=headers)
    assert (answer.status_code, answer.json()) == (200, body)
    assert "payloads.decoded" not in await actions(http, context, ours)


async def test_payloads_of_a_lost_key_stay_sealed(
    http: httpx2.AsyncClient, context: Context, ours: Org
) -> None:
    body = await sealed(context)
    lost = b64encode(b"no-such-key").decode()
    body["payloads"][0]["metadata"]["encryption-key-id"] = lost
    headers = bearer(context, ours[Role.admin])
    answer = await http.post("/codec/decode", json=body, headers=headers)
    assert (answer.status_code, answer.json()) == (200, body)
