"""Reads documents on this machine, each in a process of its own that may die of them."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import timedelta
from pathlib import Path

from interloop.domain.document import ReadDocument, ReadStatus
from interloop.integrations.resume.port import MAX_BYTES

_ROOT = Path(__file__).resolve().parents[3]
_WALL = timedelta(seconds=60)
_AT_ONCE = 2  # each may use 2 GB
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM)

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "UNSTRUCTURED_DISABLE_NOTICE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""Everything the child sees: no key, no database address, no telemetry, one thread a library."""


class LocalReader:
    """A `DocumentReader` that starts a limited process for each document."""

    def __init__(self, *, wall: timedelta = _WALL, at_once: int = _AT_ONCE) -> None:
        self._wall = wall
        self._slots = asyncio.Semaphore(at_once)

    async def read(self, data: bytes, *, filename: str) -> ReadDocument:  # noqa: ARG002 a hint only
        """Read a document; see the port. Cancelling kills the process."""
        if not data.strip():
            return ReadDocument(status=ReadStatus.EMPTY)
        if len(data) > MAX_BYTES:
            return ReadDocument(status=ReadStatus.TOO_LARGE)
        async with self._slots:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "interloop.integrations.resume.worker",
                cwd=_ROOT,
                env=_ENVIRONMENT,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # libraries quote the document in their complaints
                process_group=0,
            )
            try:
                async with asyncio.timeout(self._wall.total_seconds()):
                    answer, _ = await process.communicate(data)
            except TimeoutError:
                return ReadDocument(status=ReadStatus.TIMED_OUT)
            finally:
                await _end(process)
        return _outcome(process, answer)


async def _end(process: Process) -> None:
    """Kill the whole group, so that nothing a parser started stays behind."""
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _outcome(process: Process, answer: bytes) -> ReadDocument:
    if process.returncode == 0:
        return ReadDocument.model_validate_json(answer)
    timed_out = process.returncode in _OUT_OF_TIME
    return ReadDocument(status=ReadStatus.TIMED_OUT if timed_out else ReadStatus.CORRUPT)
