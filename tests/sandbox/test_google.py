"""The sandbox's Google answers and refuses as Google's own description in the wheel says."""

import json
import time
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any

import httpx2
import jsonschema_rs
import jwt
import pytest

from tests.sandbox.outside import Outside

DOCUMENT = json.loads(
    files("googleapiclient.discovery_cache.documents").joinpath("calendar.v3.json").read_text()
)
ANN = "ann@larkfield.example"
EVENTS = f"calendars/{ANN}/events"
SCOPES = (
    "https://www.googleapis.com/auth/calendar.events "
    "https://www.googleapis.com/auth/calendar.freebusy"
)
EVENT = {
    "id": "il0123456789",
    "summary": "Interview",
    "start": {"dateTime": "2026-12-07T10:00:00+01:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-12-07T11:00:00+01:00", "timeZone": "Europe/Berlin"},
    "attendees": [{"email": "cand@post.example"}],
    "extendedProperties": {"private": {"interloop_sequence": "0"}},
}
BUSY = {
    "timeMin": "2026-12-07T00:00:00Z",
    "timeMax": "2026-12-08T00:00:00Z",
    "items": [{"id": "primary"}, {"id": "no-address"}],
}


def as_json_schema(node: Any) -> Any:
    """Google's dialect as JSON Schema 2020-12, closed to unknown members."""
    if isinstance(node, list):
        return [as_json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref']}"}
    kept = {
        key: as_json_schema(node[key])
        for key in ("type", "items", "enum", "additionalProperties")
        if key in node and node[key] != "any"
    }
    if "properties" in node:
        kept["properties"] = {k: as_json_schema(v) for k, v in node["properties"].items()}
        kept.setdefault("additionalProperties", False)
    if node.get("format") in {"date", "date-time"}:
        kept["format"] = node["format"]
    return kept


DEFINITIONS = {name: as_json_schema(each) for name, each in DOCUMENT["schemas"].items()}


def fits(name: str, value: object) -> None:
    schema = {"$ref": f"#/$defs/{name}", "$defs": DEFINITIONS}
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(value)


class Client:
    """Somebody who asks the sandbox by plain HTTP."""

    def __init__(self, outside: Outside, http: httpx2.AsyncClient) -> None:
        self.outside, self.http = outside, http
        self.token = ""

    async def signed(self, **changes: object) -> httpx2.Response:
        key = await self.outside.get("/google/console/key")
        now = int(time.time())
        claims = {
            "iss": key["client_email"],
            "sub": ANN,
            "aud": "https://oauth2.googleapis.com/token",
            "iat": now,
            "exp": now + 3600,
            "scope": SCOPES,
        }
        claims.update(changes)
        assertion = jwt.encode(claims, key["private_key"], algorithm="RS256")
        grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
        return await self.http.post("token", data={"grant_type": grant, "assertion": assertion})

    async def sign_in(self, **changes: object) -> None:
        self.token = (await self.signed(**changes)).raise_for_status().json()["access_token"]

    async def ask(self, method: str, path: str, **options: Any) -> httpx2.Response:
        headers = {"authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return await self.http.request(method, f"calendar/v3/{path}", headers=headers, **options)


@pytest.fixture
async def client(outside: Outside) -> AsyncIterator[Client]:
    base = f"{outside.web}/google/"
    async with httpx2.AsyncClient(base_url=base, verify=outside.trust) as http:
        client = Client(outside, http)
        await client.sign_in()
        yield client


async def test_every_answer_is_what_googles_description_says(client: Client) -> None:
    fits("Event", EVENT)
    fits("FreeBusyRequest", BUSY)
    fits("Event", (await client.ask("POST", EVENTS, json=EVENT)).json())
    fits("Event", (await client.ask("GET", f"{EVENTS}/{EVENT['id']}")).json())
    patched = await client.ask("PATCH", f"{EVENTS}/{EVENT['id']}", json={"summary": "Moved"})
    fits("Event", patched.json())
    free_busy = (await client.ask("POST", "freeBusy", json=BUSY)).json()
    fits("FreeBusyResponse", free_busy)
    assert free_busy["calendars"]["no-address"]["errors"][0]["reason"] == "notFound"
    fits("Events", (await client.ask("GET", EVENTS)).json())
    gone = await client.ask("DELETE", f"{EVENTS}/{EVENT['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    again = await client.ask("DELETE", f"{EVENTS}/{EVENT['id']}")
    assert again.status_code == 410
    for error in again.json()["error"]["errors"]:
        fits("Error", {k: v for k, v in error.items() if k != "message"})


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("POST", EVENTS, {"json": EVENT | {"sumary": "typo"}}),
        ("POST", EVENTS, {"json": EVENT | {"id": "Not-Valid"}}),
        ("POST", EVENTS, {"json": EVENT | {"start": {"dateTime": "tomorrow"}}}),
        ("POST", EVENTS, {"json": EVENT | {"start": {"dateTime": "2026-12-07T10:00:00"}}}),
        ("POST", EVENTS, {"json": EVENT | {"end": EVENT["start"], "start": EVENT["end"]}}),
        ("POST", EVENTS, {"json": EVENT | {"attendees": "cand@post.example"}}),
        ("POST", EVENTS, {"json": {k: v for k, v in EVENT.items() if k != "end"}}),
        ("POST", EVENTS, {"json": EVENT, "params": {"sendUpdates": "some"}}),
        ("POST", EVENTS, {"json": EVENT, "params": {"tell": "all"}}),
        ("POST", EVENTS, {"content": b"{"}),
        ("POST", "freeBusy", {"json": {"items": []}}),
        ("POST", "freeBusy", {"json": BUSY | {"timeMax": BUSY["timeMin"]}}),
        ("POST", "freeBusy", {"json": BUSY | {"items": [{"id": "primary"}] * 51}}),
    ],
)
async def test_what_does_not_fit_is_refused(
    client: Client, method: str, path: str, options: dict[str, Any]
) -> None:
    refused = await client.ask(method, path, **options)
    assert refused.status_code == 400, refused.text
    assert refused.json()["error"]["code"] == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "http://127.0.0.1/token"},
        {"iss": "somebody@else.example"},
        {"iat": 1, "exp": 2},
        {"exp": int(time.time()) + 86_400},
    ],
)
async def test_a_claim_that_google_would_not_take_gets_no_token(
    client: Client, changes: dict[str, object]
) -> None:
    refused = await client.signed(**changes)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


async def test_a_claim_signed_by_another_key_gets_no_token(client: Client) -> None:
    grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    forged = jwt.encode({"iss": "x"}, "secret" * 8, algorithm="HS256")
    refused = await client.http.post("token", data={"grant_type": grant, "assertion": forged})
    assert refused.json()["error"] == "invalid_grant"


async def test_a_token_opens_what_its_scopes_and_its_person_may(client: Client) -> None:
    await client.sign_in(scope="https://www.googleapis.com/auth/calendar.freebusy")
    assert (await client.ask("POST", "freeBusy", json=BUSY)).status_code == 200
    assert (await client.ask("POST", EVENTS, json=EVENT)).status_code == 403
    await client.sign_in(sub="bo@larkfield.example")
    assert (await client.ask("POST", EVENTS, json=EVENT)).status_code == 404
    client.token = "made-up"
    unknown = await client.ask("GET", EVENTS)
    assert unknown.status_code == 401
    assert 'error="invalid_token"' in unknown.headers["www-authenticate"]


async def test_only_the_version_that_the_asker_knows_is_changed(client: Client) -> None:
    first = (await client.ask("POST", EVENTS, json=EVENT)).json()
    path, known = f"{EVENTS}/{EVENT['id']}", {"if-match": first["etag"]}
    moved = await client.ask("PATCH", path, json={"summary": "A"}, headers=known)
    assert moved.status_code == 200
    late = await client.ask("PATCH", path, json={"summary": "B"}, headers=known)
    assert late.status_code == 412
    taken = await client.ask("POST", EVENTS, json=EVENT)
    assert taken.json()["error"]["errors"][0]["reason"] == "duplicate"


async def test_a_sync_token_brings_what_has_changed_since(client: Client) -> None:
    await client.ask("POST", EVENTS, json=EVENT)
    token = (await client.ask("GET", EVENTS)).json()["nextSyncToken"]
    same = await client.ask("GET", EVENTS, params={"syncToken": token})
    assert same.json()["items"] == []
    await client.ask("DELETE", f"{EVENTS}/{EVENT['id']}")
    since = await client.ask("GET", EVENTS, params={"syncToken": token})
    assert [each["status"] for each in since.json()["items"]] == ["cancelled"]
    stale = await client.ask("GET", EVENTS, params={"syncToken": "sync-999"})
    assert (stale.status_code, stale.json()["error"]["errors"][0]["reason"]) == (
        410,
        "fullSyncRequired",
    )


async def test_a_connection_outlives_a_restart_of_the_sandbox(client: Client) -> None:
    grant = await client.outside.get(f"/google/console/grant?subject={ANN}")
    await client.outside.control("reset")
    again = await client.outside.get(f"/google/console/grant?subject={ANN}")
    assert grant == again
    form = {**grant, "grant_type": "refresh_token"}
    assert (await client.http.post("token", data=form)).status_code == 200
