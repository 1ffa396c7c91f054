"""`make chaos`: kill tests, failpoints, then a storm; prints what they cost, a line a case.

The kill tests end the one process at the one moment; the failpoints end it before, during and
after each outside effect; the storm kills, stops and reloads at random while several interviews
run. `ROUNDS` says how often the kill tests are held, 0 leaves them and the failpoints out;
`MINUTES` how long the storm lasts. Each run is appended to bench/results/chaos.json.
"""

import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scripts import install
from scripts.machine import PYTHON, ROOT
from scripts.steps import say, tell_and_exit

ROUNDS, MINUTES = 10, 10.0
SURE = 0.95
RESULTS = ROOT / "bench" / "results" / "chaos.json"
HEAD = ("case", "interviews", "finished", "turns lost", "doubled", "effects", "audio lost s")
SPREAD = ("back s, median", "worst")


def main() -> int:
    """Run the kill tests as often as the first argument says; return 1 when a round failed."""
    install.everything(install.DEVELOPMENT)
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    minutes = float(sys.argv[2]) if sys.argv[2:] else MINUTES
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.jsonl"
        file.touch()
        for number in range(1, rounds + 1):
            say(f"Round {number} of {rounds}")
            failed += one_round(file) != 0
        if rounds:
            say("Every moment of every outside effect")
            failed += told_by("tests.chaos.failing", str(file)) is None
        kills = storm(minutes, file) if minutes else 0
        failed += kills is None
        figures = [json.loads(line) for line in file.read_text().splitlines()]
    say(table(figures))
    say(bounds(figures))
    runs = keep(figures, rounds=rounds, failed=failed, minutes=minutes, kills=kills or 0)
    say(f"{rounds} rounds, {failed} failed; {kills or 0} kills in {minutes:g} min of storm")
    say(f"all {len(runs)} runs kept: {so_far(runs)}")
    return 1 if failed or not all(is_whole(each) for each in figures) else 0


def one_round(figures: Path) -> int:
    """Run the kill tests once; return pytest's exit code."""
    return subprocess.run(
        [str(PYTHON), "-m", "pytest", "-q", "--no-header", "tests/chaos/test_kills.py"],
        cwd=ROOT,
        env={**os.environ, "INTERLOOP_FIGURES": str(figures)},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def storm(minutes: float, figures: Path) -> int | None:
    """Hold interviews in bad weather; return how many kills there were, none when it failed."""
    say(f"Storm of {minutes:g} min")
    seed = str(int(time.time()))
    told = told_by("tests.chaos.storm", str(minutes), str(figures), seed)
    return None if told is None else int(told.split()[0])


def told_by(module: str, *arguments: str) -> str | None:
    """Run a program of ours, say what it says; return its last line, none when it failed."""
    command = [str(PYTHON), "-m", module, *arguments]
    last = None
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as running:
        for line in running.stdout or ():
            last = line.rstrip()
            say(last)
    return last if running.returncode == 0 else None


def is_whole(figures: Mapping[str, Any]) -> bool:
    """Tell whether this interview was finished and nothing of it is missing or there twice."""
    counted = ("turns_lost", "turns_doubled", "effects_doubled")
    return bool(figures["finished"]) and not any(figures[key] for key in counted)


def bounds(figures: list[Mapping[str, Any]]) -> str:
    """Return how many interviews in a hundred may be harmed, at most, by what was seen.

    One-sided Clopper and Pearson (1934): the share p at which so few of n would be seen with a
    probability of 1 - `SURE`.
    """
    harmed, seen = sum(not is_whole(each) for each in figures), len(figures)
    if not seen:
        return "nothing was seen"
    low, high = harmed / seen, 1.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        terms = (
            math.comb(seen, k) * middle**k * (1 - middle) ** (seen - k) for k in range(harmed + 1)
        )
        low, high = (middle, high) if sum(terms) > 1 - SURE else (low, middle)
    return f"{harmed} of {seen} interviews harmed; at most {high:.2%} by {SURE:.0%} confidence"


def keep(figures: list[Mapping[str, Any]], **about: float) -> list[dict[str, Any]]:
    """Append this run, raw, with its machine and how it was brought about; return all runs."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    machine = {"cpus": os.cpu_count(), "system": platform.platform(), "python": sys.version}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    before = json.loads(RESULTS.read_text())["runs"] if RESULTS.exists() else []
    runs = [*before, {"at": at, "machine": machine, **about, "figures": figures}]
    RESULTS.write_text(json.dumps({"runs": runs}, indent=1) + "\n")
    return runs


def so_far(runs: Iterable[Mapping[str, Any]]) -> str:
    """Sum up every run that was kept."""
    runs = list(runs)
    kills = sum(run["kills"] for run in runs)
    return f"{kills} kills in storms; " + bounds([f for run in runs for f in run["figures"]])


def table(figures: Iterable[Mapping[str, Any]]) -> str:
    """Return the figures summed up, a line for each case and one for all."""
    cases: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in figures:
        cases[each["case"]].append(each)
        cases["all"].append(each)
    everything = cases.pop("all", [])
    rows = [(*HEAD, *SPREAD), *(_row(name, cases[name]) for name in sorted(cases))]
    rows.append(_row("all", everything))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(name: str, figures: list[Mapping[str, Any]]) -> tuple[str, ...]:
    back = sorted(each["back_s"] for each in figures)
    sums = [sum(each[key] for each in figures) for key in ("finished", "turns_lost")]
    sums += [sum(each[key] for each in figures) for key in ("turns_doubled", "effects_doubled")]
    lost = sum(each["audio_lost_s"] for each in figures)
    spread = (f"{back[len(back) // 2]:.1f}", f"{back[-1]:.1f}") if back else ("-", "-")
    return (name, str(len(figures)), *(str(each) for each in sums), f"{lost:.1f}", *spread)


if __name__ == "__main__":
    tell_and_exit(main)
