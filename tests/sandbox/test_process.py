"""Starting, stopping and restarting the process."""

import asyncio
import signal
import time
from pathlib import Path

import httpx2
import pytest

from tests.sandbox.calling import call, heard, sound
from tests.sandbox.outside import Outside, start


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def running(pid: str) -> bool:
    """Neither gone nor ended and waiting for its new parent to collect it."""
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and bool(command.read_bytes())


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_at_once_in_the_middle_of_a_call(
    tmp_path: Path, number: signal.Signals
) -> None:
    outside = await start(tmp_path)
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.answer(step="ask", say="Why do you want this job?")
        await candidate.until(lambda message: message.data)
        asked = time.monotonic()
        outside.process.send_signal(number)
        assert await outside.process.wait() == 0
        assert time.monotonic() - asked < 3  # one second, and three on a busy machine
    await outside.stop()


async def test_killed_and_started_again_it_is_the_same_for_its_clients(tmp_path: Path) -> None:
    first = await start(tmp_path)
    async with call(first) as candidate:
        await candidate.begin()
        first.process.kill()
        await first.process.wait()
    second = await start(tmp_path, first.ports)
    try:
        assert second.ports == first.ports
        async with httpx2.AsyncClient(base_url=first.google, verify=first.trust) as http:
            assert (await http.get("/health")).json()["status"] == "ok"
        async with call(first) as candidate:
            await candidate.begin()
            assert await candidate.turn(step="ask", say="Why?") == "Why?"
    finally:
        await first.stop()
        await second.stop()


async def test_its_recogniser_ends_with_it_even_when_it_is_killed(tmp_path: Path) -> None:
    outside = await start(tmp_path)
    (child,) = children(outside.process.pid)
    outside.process.kill()
    await outside.stop()
    async with asyncio.timeout(5):
        while running(child):  # noqa: ASYNC110  a killed process tells nobody
            await asyncio.sleep(0.01)


async def test_nothing_of_a_mail_or_an_answer_is_written_to_disk(tmp_path: Path) -> None:
    outside = await start(tmp_path)
    await outside.stop()
    assert names(tmp_path) == {"tls.crt", "tls.key", "google.key", "ports.json"}


async def test_both_ports_answer_for_health(outside: Outside) -> None:
    health = await outside.get("/health")
    assert health["status"] == "ok"
    assert health["voice"] == "espeak-ng"


async def test_without_its_optional_packages_the_call_still_has_a_sound(tmp_path: Path) -> None:
    broken = tmp_path / "instead"
    broken.mkdir()
    (broken / "espeakng_loader.py").write_text("def get_library_path(): return '/nowhere.so'")
    (broken / "pocketsphinx.py").write_text("raise ImportError")
    outside = await start(tmp_path / "state", instead=broken)
    try:
        assert (await outside.get("/health"))["voice"] == "tones"
        async with call(outside) as candidate:
            await candidate.speak(b"\0" * 32_000)
            words = await candidate.until(lambda message: heard(message) is not None)
            assert heard(words) == ""
            assert await candidate.turn(step="ask", say="Why?") == "Why?"
            assert sound(candidate.messages)
    finally:
        await outside.stop()
