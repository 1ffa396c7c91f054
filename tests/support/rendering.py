"""Renders one attempt in a process with limits of time and memory, and says what came out."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from interloop.domain.errors import Unreadable
from interloop.emails import Words, render, template_of
from tests.support.injections import SECRET

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 1.0
MEMORY_MB = 64


class Renderer:
    """A child that has loaded the product and renders what it is handed, one line each."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def render(self, source: str, value: str) -> dict[str, Any]:
        """Return {outcome, subject, text, html, seconds, mb}; outcome `killed` when it died."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([source, value]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"outcome": "killed"}
        return answer


@contextmanager
def renderer() -> Iterator[Renderer]:
    """Run the child while the block lasts."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.rendering"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "INTERLOOP_LIVE_VOICE": SECRET},
    ) as process:
        yield Renderer(process)
        process.kill()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _serve() -> None:
    """Answer each line; address space may grow by 64 MB only, and the processor by 30 s in all."""
    render(template_of("offer", "en", Words(subject="s", text="{{ link }}")), {})
    for line in sys.stdin:
        source, value = json.loads(line)
        _limit()
        before, began = _peak_mb(), time.perf_counter()
        answer: dict[str, Any]
        try:
            words = Words(subject=source, text=source)
            mail = render(template_of("invite", "en", words), {"candidate_name": value})
            answer = {"outcome": "plain text", **mail.model_dump()}
        except Unreadable as refused:
            answer = {"outcome": refused.code}
        except MemoryError:
            answer = {"outcome": "out of memory"}
        answer["seconds"] = time.perf_counter() - began
        answer["mb"] = _peak_mb() - before
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _limit() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(spent.ru_utime + spent.ru_stime) + 3
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


if __name__ == "__main__":
    _serve()
