"""What staff see and hear of an interview."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.context import Context
from interloop.domain.roles import Role
from interloop.security.sealing import ERASED_CLASSES
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.api.world import ANSWER, GAP, SOUND, Case, make_case


@pytest.fixture
async def case(services: Services, ours: Org) -> Case:
    return await make_case(services, ours)


@pytest.fixture
def headers(context: Context, case: Case) -> dict[str, str]:
    return bearer(context, case.members[Role.recruiter])


async def audit_of(http: httpx2.AsyncClient, context: Context, case: Case) -> list[Any]:
    admin = bearer(context, case.org[Role.admin])
    entries: list[Any] = (await http.get("/api/audit", headers=admin)).json()["entries"]
    return [entry["action"] for entry in entries]


async def test_words_times_and_gaps_are_shown(
    http: httpx2.AsyncClient, context: Context, case: Case, headers: dict[str, str]
) -> None:
    page = (await http.get(f"/api/interviews/{case.interview_id}", headers=headers)).json()
    assert [(t["speaker"], t["evidence"]) for t in page["turn_list"]] == [
        ("interviewer", False),
        ("candidate", True),
        # A recogniser that calls itself unreliable backs nothing until the candidate confirms.
        ("candidate", False),
    ]
    assert page["turn_list"][1]["text"] == ANSWER
    assert page["recording"]["gaps"] == [GAP.model_dump(mode="json")]
    assert page["recording"]["filled_ms"] == 40
    assert page["live"] is None
    assert page["candidate"]["name"] == "Robin Larch"
    assert "interview.viewed" in await audit_of(http, context, case)


async def test_a_recording_is_played_by_ranges(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    url = f"/api/media/interviews/{case.interview_id}/recording"
    whole = await http.get(url, headers=headers)
    assert (whole.status_code, whole.content) == (200, SOUND)
    assert whole.headers["accept-ranges"] == "bytes"
    size = len(SOUND)
    for asked, start, end in (
        ("bytes=0-", 0, size),
        ("bytes=65530-65545", 65530, 65546),
        ("bytes=-100", size - 100, size),
        (f"bytes={size - 1}-", size - 1, size),
        ("bytes=5-99999999", 5, size),
    ):
        part = await http.get(url, headers=headers | {"range": asked})
        assert (part.status_code, part.content) == (206, SOUND[start:end])
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    beyond = await http.get(url, headers=headers | {"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=9-3", "seconds=1-2", "bytes=1-2,5-6", "bytes=x"):
        assert (await http.get(url, headers=headers | {"range": odd})).status_code == 200


async def test_the_media_cookie_opens_media_and_nothing_else(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    url = f"/api/media/interviews/{case.interview_id}/recording"
    assert (await http.get(url)).status_code == 401
    await http.post("/api/auth/cookies", headers=headers)
    assert (await http.get(url)).status_code == 200
    assert (await http.get("/api/jobs")).status_code == 401


async def test_a_resume_file_is_an_attachment(
    http: httpx2.AsyncClient, case: Case, headers: dict[str, str]
) -> None:
    answer = await http.get(f"/api/media/resumes/{case.resume_id}", headers=headers)
    assert answer.content == b"Robin"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''robin.txt"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")


async def test_after_erasure_only_the_decision_opens(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    path = f"/api/applications/{case.application_id}"
    body = {"kind": "reject", "reason": "needs more PostgreSQL"}
    await http.post(f"{path}/decisions", headers=headers, json=body)
    await services.keys.destroy(case.org.id, case.candidate_id, ERASED_CLASSES)
    page = (await http.get(path, headers=headers)).json()
    assert page["candidate"]["name"] is None
    for gone in (
        f"{path}/resume",
        f"/api/interviews/{case.interview_id}",
        f"/api/media/interviews/{case.interview_id}/recording",
        f"/api/media/resumes/{case.resume_id}",
    ):
        answer = await http.get(gone, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (410, "key_destroyed")
    decisions = (await http.get(f"{path}/decisions", headers=headers)).json()
    assert decisions[0]["reason"] == "needs more PostgreSQL"


async def test_an_altered_recording_does_not_play(
    http: httpx2.AsyncClient, services: Services, case: Case, headers: dict[str, str]
) -> None:
    key = f"recordings/{case.org.id}/{case.interview_id}"
    path = Path(services.settings.recordings_dir) / key
    sealed = bytearray(path.read_bytes())
    sealed[100] ^= 1
    await services.storage.put(key, bytes(sealed))
    answer = await http.get(f"/api/media/interviews/{case.interview_id}/recording", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "seal_broken")


async def test_history_tells_what_happened_and_not_who_looked(
    http: httpx2.AsyncClient, context: Context, case: Case, headers: dict[str, str]
) -> None:
    path = f"/api/applications/{case.application_id}"
    await http.get(path, headers=headers)
    await http.put(f"{path}/contact", headers=headers, json={"phone": "+44 20 7946 0958"})
    history = (await http.get(f"{path}/history", headers=headers)).json()
    assert [(h["action"], h["actor"]["role"]) for h in history] == [("contact.edited", "recruiter")]
    assert "application.viewed" in await audit_of(http, context, case)
