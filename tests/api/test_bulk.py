"""A zip of resumes: each file has its own outcome, and nobody is added twice."""

import asyncio
import io
import stat
import zipfile
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import func, select
from temporalio.testing import WorkflowEnvironment

from activities.bulk import BulkSteps
from api.context import Context
from interloop.db.tables import Application, BulkItem, Candidate
from interloop.domain.bulk import ItemRef
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.api.conftest import Org, bearer
from tests.api.test_intake import TEXT, Desk
from tests.api.test_steering import until
from tests.api.working import at, posting
from tests.support import documents
from workflows.worker import make_worker

ANNA = TEXT.replace("Jordan Vale", "Anna Reed").replace("jordan.vale", "anna.reed")
NAMELESS = TEXT.replace("jordan.vale@example.test", "")


def archive(files: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def with_link(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def flagged(data: bytes) -> bytes:
    """Say of the only entry that it is encrypted, in both of its headers."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


@pytest.fixture
async def desk(http: httpx2.AsyncClient, ours: Org, context: Context) -> Desk:
    desk = Desk(http, bearer(context, ours[Role.recruiter]), "")
    desk.job_id = await desk.open_job()
    return desk


async def upload(desk: Desk, data: bytes, sent_as: UUID | None = None) -> httpx2.Response:
    return await desk.http.post(
        f"/api/jobs/{desk.job_id}/uploads",
        headers=desk.headers,
        files={"archive": ("people.zip", data, "application/zip")},
        data={"sent_as": str(sent_as or new_id())},
    )


async def test_an_archive_that_is_sent_twice_is_one_upload_and_leaves_nothing_beside_it(
    desk: Desk, services: Services, ours: Org
) -> None:
    sent_as, data = new_id(), archive({"a.txt": TEXT, "b.txt": ANNA})
    answers = await asyncio.gather(*(upload(desk, data, sent_as) for _ in range(3)))
    answers.append(await upload(desk, data, sent_as))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    async with services.db.read(ours.id) as session:
        items = list(await session.scalars(select(BulkItem)))
    kept = [key async for key in services.storage.keys(f"bulk/{ours.id}")]
    assert sorted(kept) == sorted(item.object_key or "" for item in items)
    assert len(items) == 2
    other = await upload(desk, archive({"a.txt": TEXT}), sent_as)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


REFUSED = {
    "a way out of the folder": ("../../etc/cv.txt", TEXT, "bad_path"),
    "an absolute path": ("/etc/cv.txt", TEXT, "bad_path"),
    "a Windows drive": ("C:\\cv.txt", TEXT, "bad_path"),
    "an archive in the archive": ("more.zip", archive({"a.txt": TEXT}), "nested_archive"),
    "an empty file": ("cv.txt", b"", "empty"),
    "a bomb": ("cv.txt", bytes(9_000_000), "zip_bomb"),
    "eleven megabytes": ("cv.pdf", bytes(range(256)) * 45_000, "too_large"),
}


@pytest.mark.parametrize(("name", "data", "code"), REFUSED.values(), ids=REFUSED)
async def test_what_is_not_taken_is_refused_by_itself_with_its_reason(
    desk: Desk, name: str, data: bytes | str, code: str
) -> None:
    method = zipfile.ZIP_STORED if code == "too_large" else zipfile.ZIP_DEFLATED
    answer = await upload(desk, archive({name: data, "good.txt": TEXT}, method=method))
    assert answer.status_code == 202
    first, second = answer.json()["items"]
    assert (first["state"], first["code"]) == ("refused", code)
    assert (second["state"], second["code"]) == ("waiting", None)


async def test_links_and_locked_files_are_refused(desk: Desk) -> None:
    (link,) = (await upload(desk, with_link("cv.txt"))).json()["items"]
    (locked,) = (await upload(desk, flagged(archive({"cv.txt": TEXT})))).json()["items"]
    assert (link["code"], locked["code"]) == ("bad_path", "encrypted")


async def test_what_is_no_archive_of_files_is_refused_as_a_whole(desk: Desk) -> None:
    many = archive({f"{number}.txt": "x" for number in range(501)})
    only_litter = archive({"__MACOSX/cv.txt": "x", ".DS_Store": "x"})
    codes = [
        (await upload(desk, data)).json()["code"]
        for data in (b"no zip at all", many, only_litter, documents.make_docx("A resume"))
    ]
    assert codes == ["not_a_zip", "too_many_files", "no_files", "no_files"]


async def test_names_of_files_are_sealed(desk: Desk, services: Services, ours: Org) -> None:
    await upload(desk, archive({"jordan vale.txt": TEXT}))
    async with services.db.read(ours.id) as session:
        item = (await session.scalars(select(BulkItem))).one()
    assert b"jordan" not in item.name_sealed
    kept = [key async for key in services.storage.keys("bulk")]
    assert len(kept) == 1
    assert b"Jordan" not in await services.storage.get(kept[0])


class TestReading:
    """With a worker: every file is read, once."""

    @pytest.fixture
    def settings(self, settings: Settings, temporal: WorkflowEnvironment) -> Settings:
        return at(temporal, settings)

    @pytest.fixture
    async def services(self, settings: Settings) -> AsyncIterator[Services]:
        async with posting(settings) as opened:
            yield opened

    async def finished(self, desk: Desk) -> Any:
        path = f"/api/jobs/{desk.job_id}/uploads"
        # A step that its worker left is tried again once its pulse is missed.
        done = await until(
            lambda: desk.get(path), lambda seen: seen[0]["state"] == "done", patience_s=60
        )
        return done[0]

    async def test_each_file_has_its_outcome_and_nobody_is_added_twice(
        self, desk: Desk, services: Services, ours: Org
    ) -> None:
        data = archive(
            {
                "jordan.txt": TEXT,
                "jordan again.txt": TEXT + "\nSent a second time.\n",
                "sub/anna.txt": ANNA,
                "no address.txt": NAMELESS,
                "scan.pdf": documents.scan_pdf(),
                "program.exe": b"MZ\x90\x00" * 500,
            }
        )
        async with make_worker(await connect(services), services):
            assert (await upload(desk, data)).status_code == 202
            seen = await self.finished(desk)
            outcomes = [(i["state"], i["code"]) for i in seen["items"]]
            assert {outcomes[0], outcomes[1]} == {("added", None), ("already_there", "same_email")}
            assert outcomes[2:] == [
                ("added", None),
                ("added", None),
                ("refused", "no_text"),
                ("refused", "not_a_document"),
            ]
            assert seen["items"][2]["candidate"] == "Anna Reed"
            assert [i["needs_email"] for i in seen["items"]][3] is True
            application = seen["items"][2]["application_id"]
            path = f"/api/applications/{application}"
            await until(lambda: desk.get(path), lambda page: page["next_step"] == "invite")
        async with services.db.read(ours.id) as session:
            counts = [
                await session.scalar(select(func.count(table.id)))
                for table in (Candidate, Application)
            ]
        assert counts == [3, 3]
        assert [key async for key in services.storage.keys("bulk")] == []

    async def test_a_step_that_runs_twice_adds_once(
        self, desk: Desk, services: Services, ours: Org
    ) -> None:
        await upload(desk, archive({"jordan.txt": TEXT}))
        async with services.db.read(ours.id) as session:
            item = (await session.scalars(select(BulkItem))).one()
        steps, ref = BulkSteps(services), ItemRef(org_id=ours.id, item_id=item.id)
        first, second = await steps.take_in_file(ref), await steps.take_in_file(ref)
        assert first == second
        assert first.application_id is not None

    async def test_an_upload_goes_on_with_another_worker(
        self, desk: Desk, services: Services
    ) -> None:
        people = {
            f"{n}.txt": TEXT.replace("jordan.vale", f"person{n}") + f"\nNumber {n}\n"
            for n in range(12)
        }
        client = await connect(services)
        async with make_worker(client, services):
            await upload(desk, archive(people))
            path = f"/api/jobs/{desk.job_id}/uploads"
            await until(lambda: desk.get(path), lambda seen: seen[0]["read"] >= 2)
        async with make_worker(client, services):
            seen = await self.finished(desk)
        assert [item["state"] for item in seen["items"]] == ["added"] * 12
