"""Runs long commands side by side, with a line of progress, and tells why one failed."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from time import monotonic

from scripts.machine import LOGS, ROOT, STATE, Missing, why

EVERY_S = 5.0
TAIL_LINES = 12

_printing = Lock()


def say(line: str) -> None:
    """Print one whole line, whoever else prints at the same time."""
    with _printing:
        print(line, flush=True)


@dataclass(frozen=True)
class Step:
    """A command with a name for people; `progress` reads its log so far and says where it is."""

    name: str
    command: Sequence[str]
    cwd: Path = ROOT
    env: Mapping[str, str] | None = None
    progress: Callable[[str], str] = lambda _log: ""

    @property
    def log(self) -> Path:
        """File that takes the command's output."""
        return LOGS / f"setup-{self.name.replace(' ', '-')}.log"


def run(step: Step) -> None:
    """Run one step to its end; raise `Missing` with the reason when it fails."""
    STATE.mkdir(mode=0o700, exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    began, done = monotonic(), Event()
    with step.log.open("w") as sink, ThreadPoolExecutor(1) as pool:
        pool.submit(_tell, step, began, done)
        try:
            code = subprocess.run(
                step.command,
                cwd=step.cwd,
                env=step.env,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode
        finally:
            done.set()
    if code != 0:
        raise Missing(_reason(step, code))
    say(f"  done  {step.name}  ({monotonic() - began:.0f} s)")


def side_by_side(*tracks: Callable[[], None]) -> None:
    """Run the tracks at the same time; raise the first failure when all have ended."""
    with ThreadPoolExecutor(len(tracks)) as pool:
        running = [pool.submit(track) for track in tracks]
    for track in running:
        track.result()


def _tell(step: Step, began: float, done: Event) -> None:
    while not done.wait(EVERY_S):
        log = step.log.read_text(errors="replace")
        where = step.progress(log)
        say(f"  ...   {step.name}{': ' if where else ''}{where}  ({monotonic() - began:.0f} s)")


def _reason(step: Step, code: int) -> str:
    log = step.log.read_text(errors="replace")
    known = why(log)
    if known is not None:
        return known
    tail = "\n".join(f"    {line}" for line in log.splitlines()[-TAIL_LINES:])
    place = step.log.relative_to(ROOT)
    return f"{step.name} failed (exit {code}); the whole log is {place}:\n{tail}"


def tell_and_exit(program: Callable[[], int]) -> None:
    """Run a program and leave with its code; what is missing is told without a traceback."""
    try:
        sys.exit(program())
    except Missing as missing:
        say(str(missing))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped; run it again to go on where it was.")
        sys.exit(130)
