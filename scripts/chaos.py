"""`make chaos`: repeats the kill tests and prints what they cost, a line for each case."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts import install
from scripts.machine import PYTHON, ROOT
from scripts.steps import say, tell_and_exit

ROUNDS = 10
RESULTS = ROOT / "bench" / "results" / "chaos.json"
HEAD = ("case", "interviews", "finished", "turns lost", "doubled", "mails doubled", "audio lost s")
SPREAD = ("back s, median", "worst")


def main() -> int:
    """Run the kill tests as often as the first argument says; return 1 when a round failed."""
    install.everything(install.DEVELOPMENT)
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.jsonl"
        file.touch()
        for number in range(1, rounds + 1):
            say(f"Round {number} of {rounds}")
            failed += one_round(file) != 0
        figures = [json.loads(line) for line in file.read_text().splitlines()]
        say(table(figures))
        keep(figures, rounds=rounds, failed=failed)
    say(f"{rounds} rounds, {failed} with a failed test")
    return 1 if failed else 0


def one_round(figures: Path) -> int:
    """Run the kill tests once; return pytest's exit code."""
    return subprocess.run(
        [str(PYTHON), "-m", "pytest", "-q", "--no-header", "tests/chaos/test_kills.py"],
        cwd=ROOT,
        env={**os.environ, "INTERLOOP_FIGURES": str(figures)},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def keep(figures: list[Mapping[str, Any]], *, rounds: int, failed: int) -> None:
    """Write the raw figures beside what machine they are from."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    machine = {"cpus": os.cpu_count(), "system": platform.platform(), "python": sys.version}
    told = {"machine": machine, "rounds": rounds, "failed_rounds": failed, "figures": figures}
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")


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
    sums += [sum(each[key] for each in figures) for key in ("turns_doubled", "mails_doubled")]
    lost = sum(each["audio_lost_s"] for each in figures)
    spread = (f"{back[len(back) // 2]:.1f}", f"{back[-1]:.1f}") if back else ("-", "-")
    return (name, str(len(figures)), *(str(each) for each in sums), f"{lost:.1f}", *spread)


if __name__ == "__main__":
    tell_and_exit(main)
