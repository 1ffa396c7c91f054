"""Where the kill tests write down what each interview cost; `make chaos` makes a table of it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """What one killed interview lost; `case` names what was killed."""

    case: str
    finished: bool
    turns_lost: int
    turns_doubled: int
    effects_doubled: int
    """Mails and other outside effects that happened once more than somebody asked for."""
    audio_lost_s: float
    back_s: float


def record(figures: Figures) -> None:
    """Append the figures to the file that `INTERLOOP_FIGURES` names, if it names one."""
    named = os.environ.get("INTERLOOP_FIGURES")
    if named:
        append(Path(named), figures)


def append(path: Path, figures: Figures) -> None:
    """Append the figures to this file, as one line of JSON."""
    with path.open("a") as file:
        file.write(json.dumps(asdict(figures)) + "\n")
