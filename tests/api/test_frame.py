"""What every answer has, how errors look, and how the pages are served."""

from pathlib import Path

import httpx2
import pytest

from api.context import Context
from interloop.domain.roles import Role
from tests.api.conftest import Org, bearer


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>staff</title>")
    (folder / "candidate.html").write_text("<title>candidate</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "main-abc.js").write_text("let a = 1")
    (folder / "assets" / "main-abc.js.br").write_bytes(b"packed")
    (tmp_path / "secret.txt").write_text("no")
    return folder


async def test_every_answer_carries_the_headers(http: httpx2.AsyncClient) -> None:
    for path in ("/health/live", "/api/me", "/", "/api/nothing"):
        headers = (await http.get(path)).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "connect-src 'self' ws://127.0.0.1:*" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["permissions-policy"].startswith("camera=(self), microphone=(self)")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


async def test_temporal_web_may_frame_itself_and_nobody_else_may(http: httpx2.AsyncClient) -> None:
    policy = (await http.get("/temporal/render")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")


async def test_an_answer_of_the_api_is_never_kept(http: httpx2.AsyncClient) -> None:
    assert (await http.get("/api/me")).headers["cache-control"] == "no-store"


async def test_the_request_id_is_the_callers_or_a_new_one(http: httpx2.AsyncClient) -> None:
    kept = await http.get("/api/me", headers={"x-request-id": "abc-12345"})
    assert kept.headers["x-request-id"] == kept.json()["request_id"] == "abc-12345"
    odd = await http.get("/api/me", headers={"x-request-id": "x\tinjected line"})
    assert "injected" not in odd.headers["x-request-id"]


async def test_errors_are_problem_documents(
    http: httpx2.AsyncClient, ours: Org, context: Context
) -> None:
    headers = bearer(context, ours[Role.recruiter])
    answers = {
        401: await http.get("/api/me"),
        403: await http.get("/api/audit", headers=headers),
        404: await http.get("/api/nothing"),
        405: await http.delete("/api/me"),
        422: await http.post("/api/jobs", headers=headers, json={"title": ""}),
    }
    for status, answer in answers.items():
        assert answer.status_code == answer.json()["status"] == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"]
    fields = {f["field"] for f in answers[422].json()["fields"]}
    assert fields == {"body.title", "body.description"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"title": "\\u0000", "description": "x"}', b"\xff\xfe", b"null"]
)
async def test_a_broken_body_is_the_senders_fault(
    http: httpx2.AsyncClient, ours: Org, context: Context, body: bytes
) -> None:
    headers = bearer(context, ours[Role.recruiter]) | {"content-type": "application/json"}
    answer = await http.post("/api/jobs", headers=headers, content=body)
    assert 200 <= answer.status_code < 500


async def test_pages_are_told_apart_and_asked_again(http: httpx2.AsyncClient, dist: Path) -> None:
    for path, title in (
        ("/", "staff"),
        ("/jobs/1", "staff"),
        ("/c/", "candidate"),
        ("/c/room", "candidate"),
    ):
        page = await http.get(path)
        assert (page.status_code, page.text) == (200, f"<title>{title}</title>")
        assert page.headers["cache-control"] == "no-cache"
    assert (await http.get("/favicon.svg")).headers["cache-control"] == "no-cache"


async def test_assets_are_kept_for_ever_and_sent_packed(
    http: httpx2.AsyncClient, dist: Path
) -> None:
    plain = await http.get("/assets/main-abc.js", headers={"accept-encoding": "identity"})
    assert plain.text == "let a = 1"
    assert "immutable" in plain.headers["cache-control"]
    assert plain.headers["content-type"].startswith("text/javascript")
    async with http.stream("GET", "/assets/main-abc.js", headers={"accept-encoding": "br"}) as raw:
        assert raw.headers["content-encoding"] == "br"
        assert b"".join([part async for part in raw.aiter_raw()]) == b"packed"


@pytest.mark.parametrize(
    "path",
    ["/assets/none.js", "/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"],
)
async def test_nothing_outside_the_build_is_served(
    http: httpx2.AsyncClient, dist: Path, path: str
) -> None:
    answer = await http.get(path)
    assert answer.text != "no"
    assert answer.status_code == 404


async def test_without_a_build_the_api_says_so(http: httpx2.AsyncClient) -> None:
    page = await http.get("/")
    assert page.status_code == 503
    assert "not built yet" in page.text
    assert (await http.get("/health/live")).status_code == 200


async def test_ready_says_what_is_away(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "ok": False,
        "database": "ok",
        "migrations": "ok",
        "temporal": "away",
    }


async def test_a_wrong_method_is_told_all_right_ones(http: httpx2.AsyncClient) -> None:
    for method, path, allowed in (
        ("DELETE", "/api/jobs", "GET, POST"),
        ("GET", "/v1/applications/x/withdraw", "POST"),
        ("GET", "/api/auth/sign-in", "POST"),
        ("PUT", "/jobs", "GET, HEAD"),
    ):
        answer = await http.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
        assert answer.json()["code"] == "method_not_allowed"
