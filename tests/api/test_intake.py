"""Adding candidates: what is taken, what is refused, and that refusals leave nothing."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from api.context import Context
from interloop.db.tables import Application, Candidate, Job, Resume
from interloop.domain.roles import Role
from interloop.services import Services
from tests.api.conftest import Org, bearer
from tests.support import documents

TEXT = """Jordan Vale
jordan.vale@example.test  +1 212 555 0143

Experience
Backend engineer, Python and PostgreSQL, four years.
"""
JOB = {
    "title": "Backend engineer",
    "description": "You have:\n- Python\n- PostgreSQL\n- clear writing\n",
}


class Desk:
    """A recruiter at work on one job."""

    def __init__(self, http: httpx2.AsyncClient, headers: dict[str, str], job_id: str) -> None:
        self.http, self.headers, self.job_id = http, headers, job_id

    async def add(self, data: bytes, file: str = "cv.txt", **fields: str) -> httpx2.Response:
        return await self.http.post(
            f"/api/jobs/{self.job_id}/applications",
            headers=self.headers,
            files={"resume": (file, data)},
            data=fields,
        )

    async def get(self, path: str) -> Any:
        answer = await self.http.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def open_job(self) -> str:
        answer = await self.http.post("/api/jobs", json=JOB, headers=self.headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture
async def desk(http: httpx2.AsyncClient, ours: Org, context: Context) -> Desk:
    desk = Desk(http, bearer(context, ours[Role.recruiter]), "")
    desk.job_id = await desk.open_job()
    return desk


async def counts(services: Services, org: Org) -> tuple[int, int, int, int]:
    async with services.db.read(org.id) as session:
        rows = [
            await session.scalar(select(func.count(table.id))) or 0
            for table in (Candidate, Resume, Application)
        ]
    files = [key async for key in services.storage.keys("resumes")]
    return rows[0], rows[1], rows[2], len(files)


async def test_a_job_starts_with_requirements_a_draft_and_its_opener(desk: Desk) -> None:
    job = await desk.get(f"/api/jobs/{desk.job_id}")
    plan = await desk.get(f"/api/jobs/{desk.job_id}/plan")
    assert [r["text"] for r in job["requirements"]["items"]][:2] == ["Python", "PostgreSQL"]
    assert [m["role"] for m in job["members"]] == ["recruiter"]
    assert plan["live"] is None
    assert 4 <= len(plan["draft"]["plan"]["questions"]) <= 6
    assert job["plan_published"] is False


async def test_a_candidate_is_read_from_the_resume(desk: Desk) -> None:
    added = (await desk.add(TEXT.encode())).json()
    # Temporal is away in these tests; the sweep starts the journey later.
    assert added["journey"] == "waiting"
    page = await desk.get(f"/api/applications/{added['id']}")
    assert page["contact"]["name"] == "Jordan Vale"
    assert page["contact"]["email"] == "jordan.vale@example.test"
    assert page["stage"] == "screening"
    resume = await desk.get(f"/api/applications/{added['id']}/resume")
    span = resume["contact"]["email"]
    assert resume["text"][span["start"] : span["end"]] == "jordan.vale@example.test"
    assert (resume["filename"], resume["status"]) == ("cv.txt", "ok")


async def test_a_typed_address_beats_the_one_in_the_resume(desk: Desk) -> None:
    added = (await desk.add(TEXT.encode(), name="Jo Vale", email="jo@example.test")).json()
    page = await desk.get(f"/api/applications/{added['id']}")
    assert (page["contact"]["name"], page["contact"]["email"]) == ("Jo Vale", "jo@example.test")


async def test_a_resume_without_an_address_is_taken(desk: Desk) -> None:
    answer = await desk.add(TEXT.replace("jordan.vale@example.test", "").encode())
    page = await desk.get(f"/api/applications/{answer.json()['id']}")
    assert (answer.status_code, page["contact"]["email"]) == (201, None)


async def test_a_missing_address_is_typed_later(desk: Desk) -> None:
    added = (await desk.add(TEXT.replace("jordan.vale@example.test", "").encode())).json()
    path = f"/api/applications/{added['id']}/contact"
    page = await desk.http.put(path, headers=desk.headers, json={"email": "j@example.test"})
    assert page.json()["contact"]["email"] == "j@example.test"
    other = (await desk.add(TEXT.encode())).json()
    taken = await desk.http.put(
        f"/api/applications/{other['id']}/contact",
        headers=desk.headers,
        json={"email": "J@example.test "},
    )
    assert taken.status_code == 422
    taken = await desk.http.put(
        f"/api/applications/{other['id']}/contact",
        headers=desk.headers,
        json={"email": "J@EXAMPLE.test"},
    )
    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")


BAD: dict[str, Callable[[], bytes]] = {
    "encrypted": documents.encrypted_pdf,
    "corrupt": documents.truncated_pdf,
    "no_text": documents.scan_pdf,
    "empty": lambda: b"",
    "not_a_document": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@pytest.mark.parametrize("code", BAD)
async def test_an_unusable_document_is_refused_and_leaves_nothing(
    desk: Desk, services: Services, ours: Org, code: str
) -> None:
    answer = await desk.add(BAD[code](), "cv.pdf")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await counts(services, ours) == (0, 0, 0, 0)


async def test_more_than_ten_megabytes_are_refused(
    desk: Desk, services: Services, ours: Org
) -> None:
    answer = await desk.add(bytes(11 * 1024 * 1024), "cv.pdf")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert await counts(services, ours) == (0, 0, 0, 0)


async def test_sixty_megabytes_are_not_even_read(desk: Desk) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="resume"; filename="a.pdf"\r\n\r\n'
        while sent < 60:
            sent += 1
            yield bytes(1024 * 1024)

    answer = await desk.http.post(
        f"/api/jobs/{desk.job_id}/applications",
        headers=desk.headers | {"content-type": "multipart/form-data; boundary=b"},
        content=endless(),
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    announced = await desk.http.post(
        f"/api/jobs/{desk.job_id}/applications",
        headers=desk.headers
        | {"content-type": "multipart/form-data; boundary=b", "content-length": "62914560"},
        content=b"--b",
    )
    assert announced.status_code == 413


async def test_the_same_person_twice_names_the_first_application(
    desk: Desk, services: Services, ours: Org
) -> None:
    first = (await desk.add(TEXT.encode())).json()
    by_mail = await desk.add(b"Jordan V.\nJORDAN.VALE@example.test\nPython and more.")
    assert (by_mail.status_code, by_mail.json()["code"]) == (409, "same_email")
    assert by_mail.json()["id"] == first["id"]
    by_file = await desk.add(TEXT.encode(), email="other@example.test")
    assert (by_file.status_code, by_file.json()["code"]) == (409, "same_document")
    assert by_file.json()["id"] == first["id"]
    assert await counts(services, ours) == (1, 1, 1, 1)


async def test_two_recruiters_at_once_add_one_candidate(
    desk: Desk, services: Services, ours: Org
) -> None:
    answers = await asyncio.gather(*(desk.add(TEXT.encode()) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    created = next(a for a in answers if a.status_code == 201)
    assert {a.json()["id"] for a in answers} == {created.json()["id"]}
    assert await counts(services, ours) == (1, 1, 1, 1)


async def test_a_person_known_from_another_job_stays_one_person(
    desk: Desk, services: Services, ours: Org
) -> None:
    first = (await desk.add(TEXT.encode())).json()
    desk.job_id = await desk.open_job()
    second = (await desk.add(TEXT.encode())).json()
    assert first["candidate_id"] == second["candidate_id"]
    assert (await counts(services, ours))[0] == 1


async def test_no_word_of_a_person_stands_in_the_open(
    desk: Desk, services: Services, ours: Org
) -> None:
    await desk.add(TEXT.encode())
    async with services.db.read(ours.id) as session:
        candidate = (await session.execute(select(Candidate))).scalar_one()
        resume = (await session.execute(select(Resume))).scalar_one()
    stored = await services.storage.get(resume.object_key)
    sealed = [v for row in (candidate, resume) for v in vars(row).values() if isinstance(v, bytes)]
    for blob in (*sealed, stored):
        assert b"Jordan" not in blob
        assert b"jordan.vale" not in blob


async def test_an_uploaded_description_becomes_text(desk: Desk) -> None:
    files = {"file": ("job.txt", JOB["description"].encode())}
    answer = await desk.http.post("/api/documents/description", headers=desk.headers, files=files)
    assert answer.json()["status"] == "ok"
    assert "PostgreSQL" in answer.json()["text"]
    files = {"file": ("job.pdf", documents.encrypted_pdf())}
    answer = await desk.http.post("/api/documents/description", headers=desk.headers, files=files)
    assert answer.json() == {"status": "encrypted", "pages": 0, "text": ""}


async def test_members_are_set_and_strangers_refused(
    desk: Desk, ours: Org, theirs: Org, services: Services
) -> None:
    path = f"/api/jobs/{desk.job_id}/members"
    mine = {"user_id": str(ours[Role.recruiter].id), "role": "recruiter"}
    manager = {"user_id": str(ours[Role.hiring_manager].id), "role": "hiring_manager"}
    foreign = {"user_id": str(theirs[Role.recruiter].id), "role": "recruiter"}
    put = await desk.http.put(path, headers=desk.headers, json={"members": [mine, manager]})
    assert {m["role"] for m in put.json()} == {"recruiter", "hiring_manager"}
    put = await desk.http.put(path, headers=desk.headers, json={"members": [mine, foreign]})
    assert (put.status_code, put.json()["code"]) == (404, "unknown_user")
    assert len(await desk.get(path)) == 2
    async with services.db.read(ours.id) as session:
        assert await session.scalar(select(func.count(Job.id))) == 1
