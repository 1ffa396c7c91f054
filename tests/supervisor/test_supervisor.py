"""The supervisor keeps what it started, and leaves nothing behind however it ends."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import psutil
import pytest

PATIENCE_S = 15
ROOT = Path(__file__).parents[2]
NAMES = ("first", "second", "deaf")


class Run:
    """One supervisor with three processes, each of which has a child."""

    def __init__(self, folder: Path, *kinds: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.supervisor.run", str(folder), *kinds],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def pids(self) -> dict[str, int]:
        pids: dict[str, int] = json.loads((self.folder / "run.json").read_text())["pids"]
        return pids

    def everybody(self) -> list[int]:
        grandchildren = [int((self.folder / f"{n}.grandchild").read_text()) for n in NAMES]
        return [*self.pids().values(), *grandchildren]

    def end(self) -> None:
        with self.process as process:
            process.kill()

    def heard(self) -> str:
        return self.process.communicate(timeout=PATIENCE_S)[0]

    def wait_for(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return
        pytest.fail(f"the supervisor never said: {words}")


def lives(pid: int) -> bool:
    try:
        status: str = psutil.Process(pid).status()
    except psutil.NoSuchProcess:
        return False
    return status != psutil.STATUS_ZOMBIE


def eventually(fact: Callable[[], bool]) -> None:
    tick, deadline = Event(), monotonic() + PATIENCE_S
    while not fact():
        assert monotonic() < deadline
        tick.wait(0.02)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    started = Run(tmp_path)
    try:
        started.wait_for("all up")
        yield started
    finally:
        started.end()


def test_killing_the_supervisor_leaves_no_process(run: Run) -> None:
    everybody = run.everybody()
    assert all(lives(pid) for pid in everybody)
    run.process.kill()
    run.process.wait()
    eventually(lambda: not any(lives(pid) for pid in everybody))


def test_ctrl_c_ends_all_in_reverse_order_within_five_seconds(run: Run) -> None:
    everybody = run.everybody()
    began = monotonic()
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE_S) == 0
    assert monotonic() - began < 5
    assert not any(lives(pid) for pid in everybody)
    assert (run.folder / "order").read_text().split() == ["second", "first"]


def test_a_killed_process_comes_back_and_its_children_do_not_linger(run: Run) -> None:
    before = run.pids()["second"]
    grandchild = int((run.folder / "second.grandchild").read_text())
    os.kill(before, signal.SIGKILL)
    eventually(lambda: run.pids()["second"] != before and lives(run.pids()["second"]))
    eventually(lambda: not lives(grandchild))
    assert lives(run.pids()["first"])


def test_a_process_that_was_stopped_is_left_alone(run: Run) -> None:
    pids = run.pids()
    os.kill(pids["first"], signal.SIGSTOP)
    os.kill(pids["second"], signal.SIGKILL)
    eventually(lambda: run.pids()["second"] != pids["second"])
    assert run.pids()["first"] == pids["first"]
    assert psutil.Process(pids["first"]).status() == psutil.STATUS_STOPPED


def test_a_stopped_process_does_not_hold_up_the_end(run: Run) -> None:
    first = run.pids()["first"]
    os.kill(first, signal.SIGSTOP)
    began = monotonic()
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(PATIENCE_S) == 0
    assert monotonic() - began < 5
    assert not lives(first)


def test_a_second_run_says_so_and_harms_nothing(run: Run) -> None:
    pids = run.pids()
    second = Run(run.folder)
    said = second.heard()
    assert second.process.returncode == 1
    assert "runs already" in said
    assert str(pids["supervisor"]) in said
    assert run.pids() == pids
    assert all(lives(pid) for pid in pids.values())


def test_a_failed_start_tells_why_and_leaves_nothing(tmp_path: Path) -> None:
    broken = Run(tmp_path, "broken")
    said = broken.heard()
    assert broken.process.returncode == 1
    assert "errand failed (exit 3)" in said
    assert "no such table" in said
    assert not lives(int((tmp_path / "first.grandchild").read_text()))
