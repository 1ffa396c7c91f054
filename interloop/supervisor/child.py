"""One process of a local run: started on a leash in its own group, ended with all its children."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from interloop.supervisor import leash
from interloop.supervisor.readiness import Ready

LOG_LIMIT_BYTES = 20 * 1024 * 1024


class StartFailed(Exception):
    """A process did not become usable; the message is for the person at the terminal."""


@dataclass(frozen=True)
class Program:
    """What runs all the time, and how to see that it can be used."""

    name: str
    command: tuple[str, ...]
    ready: Ready
    env: Mapping[str, str] = field(default_factory=dict)
    within_s: float = 180


@dataclass(frozen=True)
class Errand:
    """What runs once, one command after the other, before the next stage."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    env: Mapping[str, str] = field(default_factory=dict)


async def spawn(
    command: tuple[str, ...], env: Mapping[str, str], log: Path
) -> asyncio.subprocess.Process:
    """Start a command on the leash, in its own process group, its output appended to `log`.

    Its own group, because Ctrl-C at the terminal would otherwise reach it before the
    supervisor can end things in order.
    """
    with _sink(log) as sink:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sink,
            stderr=asyncio.subprocess.STDOUT,
            # Seven processes load the same code: who starts first leaves it compiled.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **env},
            process_group=0,
        )


def _sink(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def end_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to the whole group that `pid` leads; nothing happens when it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(pid, number)


async def stop(process: asyncio.subprocess.Process, grace_s: float) -> None:
    """End a process and its children: asked first, made after `grace_s` seconds."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace_s)
    end_group(process.pid, signal.SIGKILL)
    await process.wait()


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, indented for the terminal."""
    text = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
