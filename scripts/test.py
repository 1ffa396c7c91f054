"""`make test`: gets what the tests need, runs them in a fixed arrangement, ends with one line.

Three files at a time on two cores, since much of it waits for timers, voices and processes. What
speaks SQL runs on SQLite and on PostgreSQL; what starts processes and kills them, and the browser,
on SQLite. The browser has processes of its own: Playwright's synchronous interface keeps an event
loop running, and no other test could start one.
PostgreSQL is this machine's, else the one of the development lock.
"""

import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from scripts import install
from scripts.machine import PYTHON, ROOT
from scripts.steps import Step, run, say, tell_and_exit

IN_A_BROWSER = frozenset({"browser"})
PROCESSES = frozenset({"chaos", "gateway", "supervisor"})
NO_TESTS = frozenset({"support"})
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH = 80
_THREE_AT_A_TIME = ("-n", "3", "--dist", "loadfile")
# Else files with one test come last, and the longest of all is one.
_AS_ORDERED = ("--no-loadscope-reorder",)


@dataclass(frozen=True)
class Batch:
    """Folders of tests, and the options that they alone are run with."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...]

    def run(self, report: Path) -> int:
        """Run pytest on the folders; write its results to `report`, return its exit code."""
        arranged = (*_THREE_AT_A_TIME, *self.options, f"--junitxml={report}")
        command = [str(PYTHON), "-m", "pytest", "-q", *arranged]
        say(f"\n{self.name}: {', '.join(self.folders)}")
        return subprocess.run(
            [*command, *(f"tests/{folder}" for folder in self.folders)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode


def batches() -> tuple[Batch, ...]:
    """Return every folder of tests, in the batch it belongs to."""
    folders = sorted(p.name for p in (ROOT / "tests").iterdir() if any(p.glob("**/test_*.py")))
    beside = tuple(name for name in folders if name not in PROCESSES | IN_A_BROWSER | NO_TESTS)
    processes = tuple(name for name in folders if name in PROCESSES)
    browsed = tuple(name for name in folders if name in IN_A_BROWSER)
    return tuple(
        batch
        for batch in (
            Batch("On both databases", beside, ("--db", "both")),
            Batch("Processes", processes, ("--db", "sqlite")),
            Batch("In a browser", browsed, (*_AS_ORDERED, "--db", "sqlite")),
        )
        if batch.folders
    )


def main() -> int:
    """Run everything; return 1 when anything failed or did not run."""
    install.everything(install.DEVELOPMENT)
    get_browser()
    began = monotonic()
    codes = [run_frontend_tests()]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, batch in enumerate(batches()):
            report = Path(folder) / f"{number}.xml"
            codes.append(batch.run(report))
            counts.update(tally(report))
    say(closing_line(counts, monotonic() - began))
    # A skipped test is one that something was missing for: that is a failure here.
    return 1 if any(codes) or counts["skipped"] or not counts["passed"] else 0


def get_browser() -> None:
    """Find a Chromium, else install Debian's, else Playwright's own; raise when none comes."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(Step("package lists", ("apt-get", "update", "-q")))
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(Step("chromium", ("apt-get", "install", "-y", "-q", "chromium"), env=env))
    else:
        run(Step("chromium", (str(PYTHON), "-m", "playwright", "install", "chromium")))


def run_frontend_tests() -> int:
    """Run the frontend's unit tests; return their exit code."""
    node = install.node()
    vitest = install.FRONTEND / "node_modules" / "vitest" / "vitest.mjs"
    say("\nFrontend")
    return subprocess.run(
        [str(node.node), str(vitest), "run", "--reporter=dot"],
        cwd=install.FRONTEND,
        env=node.env(),
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def tally(report: Path) -> Counter[str]:
    """Return how many tests passed, failed, could not start, were skipped, by pytest's report.

    A report that was never written counts as an error: the run broke off.
    """
    if not report.exists():
        return Counter(errors=1)
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - our own pytest wrote it
    counts: Counter[str] = Counter()
    for suite in suites:
        failed, errors, skipped = (
            int(suite.get(name, 0)) for name in ("failures", "errors", "skipped")
        )
        passed = int(suite.get("tests", 0)) - failed - errors - skipped
        counts.update(passed=passed, failed=failed, errors=errors, skipped=skipped)
    return counts


def closing_line(counts: Counter[str], seconds: float) -> str:
    """Return the line that pytest would close with, had it been one run."""
    words = [f"{counts[name]} {name}" for name in ("failed", "passed", "skipped") if counts[name]]
    if counts["errors"]:
        words.append(f"{counts['errors']} error{'s' if counts['errors'] > 1 else ''}")
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    told = ", ".join(words) or "no tests ran"
    text = f" {told} in {seconds:.2f}s ({hours}:{minutes:02}:{rest:02}) "
    return text.center(WIDTH, "=")


if __name__ == "__main__":
    tell_and_exit(main)
