"""Webhooks over a real line to the sandbox's receiver, which verifies by the reference library."""

from datetime import UTC, datetime

import pytest

from interloop.integrations.webhooks.http import HttpHooks
from interloop.integrations.webhooks.port import HookAnswer
from interloop.security.webhooks import new_secret, signed_headers
from tests.sandbox.outside import Outside

BODY = b'{"type":"webhook.test","timestamp":"2026-11-28T10:00:00+00:00","data":{"a":"b"}}'


async def post(
    outside: Outside, *, secret: str = "", ours: str | None = None, url: str = "", **more: float
) -> HookAnswer:
    hooks = HttpHooks(outside.web if ours is None else ours, **more)
    headers = signed_headers("msg_1", datetime.now(UTC), BODY, [secret or new_secret()])
    try:
        return await hooks.post(url or f"{outside.web}/hooks/careers", headers, BODY)
    finally:
        await hooks.close()


async def test_a_signed_webhook_is_taken_and_shown(outside: Outside) -> None:
    secret = new_secret()
    await outside.control("hooks/secrets", secrets=[secret])
    assert (await post(outside, secret=secret)).taken
    (came,) = await outside.get("/api/hooks")
    assert (came["message_id"], came["type"], came["data"]) == ("msg_1", "webhook.test", {"a": "b"})


async def test_what_another_secret_signed_is_not_taken(outside: Outside) -> None:
    await outside.control("hooks/secrets", secrets=[new_secret()])
    assert (await post(outside)).status == 401
    assert await outside.get("/api/hooks") == []


@pytest.mark.parametrize(
    ("kind", "status", "error", "came"),
    [
        ("500", 500, None, 0),
        ("410", 410, None, 0),
        ("302", 302, None, 0),
        ("slow", None, "timed_out", 1),
        ("lost", None, "line_broke", 1),
    ],
)
async def test_each_failure_has_its_name_and_none_is_success(
    outside: Outside, kind: str, status: int | None, error: str | None, came: int
) -> None:
    await outside.control("hooks/fault", kind=kind)
    answer = await post(outside, timeout_s=0.5)
    assert (answer.status, answer.error) == (status, error)
    assert not answer.taken
    assert answer.gone is (kind == "410")
    assert len(await outside.get("/api/hooks")) == came


async def test_without_the_sandbox_nothing_on_this_machine_is_reached(outside: Outside) -> None:
    port = outside.ports["web"]
    for url, error in (
        (f"http://127.0.0.1:{port}/hooks", "not_https"),
        (f"https://127.0.0.1:{port}/hooks", "address_refused"),
        # A name is judged by what it resolves to.
        (f"https://localhost:{port}/hooks", "address_refused"),
        ("https://no-such-name.invalid/hooks", "line_broke"),
    ):
        answer = await post(outside, ours="", url=url)
        assert (answer.status, answer.error) == (None, error)
    assert await outside.get("/api/hooks") == []


async def test_nobody_listens(outside: Outside) -> None:
    answer = await post(outside, ours="http://127.0.0.1:1", url="http://127.0.0.1:1/hooks")
    assert answer.error == "unreachable"
