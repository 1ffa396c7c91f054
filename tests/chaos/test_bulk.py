"""Kill any process in the middle of adding many people: everybody is there once, told of once."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest

from interloop.demo import words
from interloop.demo.http import Away, wait_for
from tests.chaos.harm import came_back, kill
from tests.chaos.people import Office
from tests.support.product import Product

VICTIMS = ("worker", "api", "temporal")
ROWS, FILES, BEGUN = 60, 16, 4


@pytest.fixture(scope="module")
async def office(product: Product) -> AsyncIterator[Office]:
    async with Office.open(product) as opened:
        yield opened


class Adding:
    """One job, and what is handed in for it."""

    def __init__(self, office: Office, job_id: str) -> None:
        self.http, self.job_id = office.desk.http, job_id

    @classmethod
    async def begin(cls, office: Office) -> "Adding":
        return cls(office, await office.desk.open_job(words.JOB_TITLE, words.JOB_DESCRIPTION))

    async def hand_in(self, way: str) -> Any:
        """Hand in a list or an archive of people that nobody has heard of."""
        if way == "list":
            return await self.send_list(new_list(), str(uuid4()))
        files = {"archive": ("people.zip", new_archive(), "application/zip")}
        return await self.http.send(
            "POST",
            f"/api/jobs/{self.job_id}/uploads",
            files=files,
            data={"sent_as": str(uuid4())},
        )

    async def send_list(self, data: str, sent_as: str) -> Any:
        return await self.http.send(
            "POST",
            f"/api/jobs/{self.job_id}/lists",
            files={"people": ("people.csv", data, "text/csv")},
            data={"sent_as": sent_as},
        )

    async def uploads(self) -> list[dict[str, Any]]:
        """Return what the page shows; nothing while the API is away."""
        with suppress(Away):
            seen: list[dict[str, Any]] = await self.http.send(
                "GET", f"/api/jobs/{self.job_id}/uploads"
            )
            return seen
        return []

    async def until_read(self, number: int) -> None:
        """Wait until so much was read, and not everything yet."""
        (seen,) = await wait_for(
            self.uploads, lambda seen: bool(seen) and seen[0]["read"] >= number, "the beginning"
        )
        assert seen["state"] == "reading"

    async def finished(self) -> dict[str, Any]:
        """Return the one upload once everything in it was read."""
        (done,) = await wait_for(
            self.uploads,
            lambda seen: bool(seen) and seen[0]["state"] == "done",
            "the end of the upload",
            patience_s=240,
        )
        return dict(done)

    async def people(self) -> list[dict[str, Any]]:
        """Return the people of the job once every journey waits for an invitation."""

        async def look() -> Any:
            return await self.http.send("GET", f"/api/jobs/{self.job_id}/applications")

        def screened(rows: Any) -> bool:
            return all(row["waiting_on"] == "recruiter" for row in rows)

        rows: list[dict[str, Any]] = await wait_for(look, screened, "screening", patience_s=240)
        return rows


def new_list() -> str:
    batch = uuid4().hex[:8]
    rows = [f"Person {n} Nemo;p{n}.{batch}@candidate.example;A-{n}" for n in range(ROWS)]
    return "\n".join(["Name;E-mail;ID", *rows, "Broken;nobody;A-X"])


def new_archive() -> bytes:
    batch, buffer = uuid4().hex[:8], io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(FILES):
            address = f"r{number}.{batch}@candidate.example"
            text = words.RESUME.replace("robin.sample@candidate.example", address)
            made.writestr(f"{number}.txt", f"{text}\nNumber {number} of {batch}\n")
        made.writestr("program.exe", b"MZ\x90\x00" * 500)
    return buffer.getvalue()


async def check_everybody_once(adding: Adding, number: int) -> None:
    """Want everybody in the table, on the job and with a journey, each exactly once."""
    done = await adding.finished()
    states = [item["state"] for item in done["items"]]
    assert (states.count("added"), states.count("refused")) == (number, 1), states
    assert done["read"] == done["total"] == number + 1
    people = await adding.people()
    told = [item["application_id"] for item in done["items"] if item["application_id"]]
    assert sorted(told) == sorted(row["id"] for row in people)
    assert len({row["candidate"]["id"] for row in people}) == number
    for row in people[:3]:
        history = await adding.http.send("GET", f"/api/applications/{row['id']}/history")
        assert [entry["action"] for entry in history].count("application.added") == 1


@pytest.mark.parametrize(
    ("way", "number", "victim"),
    [
        *(("list", ROWS, victim) for victim in VICTIMS),
        # What an archive adds to the way of a list, reading files, happens in the worker alone.
        ("archive", FILES, "worker"),
    ],
)
async def test_everybody_is_taken_in_once_whoever_dies_in_the_middle(
    product: Product, office: Office, way: str, number: int, victim: str
) -> None:
    adding = await Adding.begin(office)
    await adding.hand_in(way)
    await adding.until_read(BEGUN)
    killed = product.pid(victim)
    await kill(product, victim)
    await came_back(product, victim, killed=killed)
    await check_everybody_once(adding, number)


async def test_a_list_whose_api_dies_while_it_is_sent_is_sent_again_and_is_one(
    product: Product, office: Office
) -> None:
    adding = await Adding.begin(office)
    data, sent_as = new_list(), str(uuid4())

    async def send() -> Any:
        with suppress(Away):
            return await adding.send_list(data, sent_as)
        return None

    killed = product.pid("api")
    await asyncio.gather(send(), kill(product, "api"))
    await came_back(product, "api", killed=killed)
    first = await wait_for(send, bool, "the answer")
    again = await send()
    assert again["id"] == first["id"]
    await check_everybody_once(adding, ROWS)
