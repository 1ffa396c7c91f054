"""What every measure says of itself: the machine, the figures, the raw samples."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, object]:
    """Describe where this runs, and how busy it is."""
    return {
        "cpus": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "commit": _commit(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def write(name: str, figures: dict[str, Any]) -> None:
    """Store figures and raw samples under bench/results."""
    RESULTS.mkdir(exist_ok=True)
    told = {"machine": machine(), **figures}
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=1) + "\n")


def quantile(samples: list[float], share: float) -> float:
    """Return the sample that `share` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip()
