"""After a whole demo nothing of the candidate is readable on disk; erased keys stay erased."""

import asyncio
import base64
import json
import signal
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from interloop.bootstrap import build
from interloop.db.tables import Application
from interloop.demo import words
from interloop.demo.desk import Desk
from interloop.demo.http import Away, DemoFailed, wait_for
from interloop.demo.stack import find_stack
from interloop.security.sealing import ERASED_CLASSES
from interloop.settings import Settings
from tests.chaos.harm import came_back
from tests.chaos.people import hurry
from tests.support.product import ROOT, Product

FACTS = ("Robin Sample", "robin.sample@candidate.example", "+49 30 901820")


@pytest.fixture(scope="module")
async def last_line(product: Product) -> Any:
    """The last line of a demo against the running product."""
    await hurry(product)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "interloop.cli", "demo"),
        cwd=ROOT,
        env={"INTERLOOP_STATE_DIR": str(product.state_dir), "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    return json.loads(said.decode().splitlines()[-1])


def forms(secret: str) -> Iterator[bytes]:
    """The ways in which a text may lie on a disk."""
    for plain in (secret.encode(), secret.encode("utf-16-le"), json.dumps(secret).encode()[1:-1]):
        yield plain
        for shift in range(3):
            # What stands before it shifts the groups of three bytes; the edges are cut off.
            encoded = base64.b64encode(bytes(shift) + plain)
            yield encoded[4:-4]
            yield encoded.translate(bytes.maketrans(b"+/", b"-_"))[4:-4]


def unpacked(data: bytes) -> bytes:
    """What deflate streams in the data hold, as far as they open."""
    found = b""
    for head in (b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08"):
        at = data.find(head)
        while at >= 0:
            with suppress(zlib.error):
                found += zlib.decompressobj(47).decompress(data[at : at + 65_536], 1_000_000)
            at = data.find(head, at + 1)
    return found


def traces(folder: Path, secrets: tuple[str, ...]) -> list[str]:
    """Return file and secret wherever one is readable."""
    wanted = [(secret, form) for secret in secrets for form in forms(secret)]
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        everything = data + unpacked(data)
        found += [f"{path.name}: {secret}" for secret, form in wanted if form in everything]
    return found


def test_the_scan_finds_what_is_there(tmp_path: Path) -> None:
    for number, content in enumerate((*forms(FACTS[0]), zlib.compress(FACTS[0].encode()))):
        (tmp_path / str(number)).write_bytes(b"\0\1" + content + b"\2")
    assert len({line.partition(":")[0] for line in traces(tmp_path, FACTS)}) == number + 1


async def test_a_whole_demo_ends_closed_with_verified_quotes(last_line: dict[str, Any]) -> None:
    assert list(last_line) == [
        *("application", "stage", "outcome", "turns"),
        *("recording_seconds", "marks", "quotes_verified", "seconds"),
    ]
    assert (last_line["stage"], last_line["outcome"]) == ("closed", "hired")
    assert min(last_line["marks"], last_line["quotes_verified"]) > 0
    assert last_line["recording_seconds"] > 5
    assert last_line["turns"] > 10


async def test_nothing_of_the_candidate_is_readable_on_disk(
    product: Product, last_line: dict[str, Any]
) -> None:
    typed = tuple(sentence.strip() for text in words.TYPED for sentence in text.split(".")[:2])
    assert traces(product.state_dir, (*FACTS, *typed, words.REASON)) == []


async def test_erased_keys_take_the_sound_and_leave_the_decision(
    product: Product, last_line: dict[str, Any]
) -> None:
    application_id = last_line["application"]
    desk = await manager(product)
    seen = await desk.application(application_id)
    recording = f"/api/media/interviews/{seen['interview_id']}/recording"
    await desk.http.send("POST", "/api/auth/cookies")
    assert (await desk.http.raw("GET", recording)).content.startswith(b"OggS")
    await erase(product, UUID(application_id))
    # Processes keep an opened key for half a minute; a new one has none.
    killed = product.signal("api", signal.SIGKILL)
    await came_back(product, "api", killed=killed)
    await wait_for(lambda: refusal(desk, recording), lambda code: code != "away", "the API")
    assert "410 key_destroyed" in await refusal(desk, recording)
    decisions = await desk.http.send("GET", f"/api/applications/{application_id}/decisions")
    assert decisions[0]["reason"] == words.REASON
    await desk.http.close()


async def manager(product: Product) -> Desk:
    """Sign in as hiring manager."""
    stack = find_stack(product.state_dir)
    return await Desk.open(stack.app, stack.person("hiring_manager"))


async def refusal(desk: Desk, place: str) -> str:
    """Return why this cannot be had: `away` while the API is, nothing when it can."""
    try:
        await desk.http.raw("GET", place, headers={"range": "bytes=0-99"})
    except Away:
        return "away"
    except DemoFailed as refused:
        return str(refused)
    return ""


async def erase(product: Product, application_id: UUID) -> None:
    """Destroy the candidate's keys as erasure does, in the product's own key store."""
    services = await build(Settings(state_dir=product.state_dir))
    try:
        async with services.db.unscoped("set-up") as session:
            row = await session.get_one(Application, application_id)
        await services.keys.destroy(row.org_id, row.candidate_id, ERASED_CLASSES)
    finally:
        await services.close()
