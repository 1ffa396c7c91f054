"""Brings the packages and the built frontend up to date, doing only what has changed."""

import hashlib
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts import machine
from scripts.machine import PYTHON, ROOT, VENV, Node
from scripts.steps import Step, run, say, side_by_side

FRONTEND = ROOT / "frontend"
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
BROKEN_OFF = VENV / ".installing"
BUILT_FROM = ("src", "public", "scripts")


def everything(lock: str = RUNTIME) -> None:
    """Install the packages of the lock and the frontend's, side by side, and build the frontend."""
    _virtual_environment()
    found = node()

    def frontend() -> None:
        _node_modules(found)
        _build(found)

    side_by_side(lambda: _python_packages(lock), frontend)


def _virtual_environment() -> None:
    if VENV.is_symlink():
        return
    # A pip that was killed leaves half a package, which the next one takes for a whole one.
    if PYTHON.exists() and not BROKEN_OFF.exists():
        return
    machine.check_python()
    machine.check_venv()
    machine.check_space()
    run(Step("virtual environment", (sys.executable, "-m", "venv", "--clear", str(VENV))))


def node() -> Node:
    """Return a Node that the frontend's tools support, taken from PyPI when there is none."""
    found = machine.node_of_machine()
    if found is not None:
        return found
    if machine.node_of_wheel() is None:
        say("  Node 20.19 or newer is not here: taking it from PyPI.")
        _pip("node", "requirements-node.lock")
    found = machine.node_of_wheel()
    if found is None:
        raise machine.Missing("There is no Node for this machine on PyPI: install Node 20.19+.")
    return found


def pip(lock: str) -> tuple[str, ...]:
    """Return the words that install a lock with plain pip and the site's own settings.

    The lock is whole, so pip resolves nothing: asked to, it takes a pin with an extra for
    unpinned as soon as a newer version is out. It compiles what it installs: left to the first
    import, every process would compile it anew wherever PYTHONDONTWRITEBYTECODE is set, and
    start three times slower.
    """
    options = ("--require-hashes", "--no-deps", "--progress-bar", "off", "--no-input")
    return (str(PYTHON), "-m", "pip", "install", *options, "-r", lock)


def _python_packages(lock: str) -> None:
    # Who links to an environment shares it with others and keeps it up to date.
    if VENV.is_symlink():
        return
    # The development lock holds the other one: who has it needs nothing more.
    fresh = {name: digest([ROOT / name], str(PYTHON)) for name in (RUNTIME, DEVELOPMENT)}
    stamps = {name: VENV / f".installed-{name}" for name in fresh}
    if any(is_fresh(stamps[name], fresh[name]) for name in {lock, DEVELOPMENT}):
        return
    count = len(re.findall(r"^[\w.-]+==", (ROOT / lock).read_text(), re.MULTILINE))
    _pip("Python packages", lock, progress=lambda log: pip_progress(log, count))
    stamps[lock].write_text(fresh[lock])


def _pip(name: str, lock: str, progress: Callable[[str], str] = lambda _log: "") -> None:
    BROKEN_OFF.touch()
    run(Step(name, pip(lock), progress=progress))
    BROKEN_OFF.unlink()


def pip_progress(log: str, count: int) -> str:
    """Say how far pip is, from what it printed."""
    if "Installing collected packages" in log:
        return "installing"
    return f"{len(re.findall(r'^Collecting ', log, re.MULTILINE))} of {count} fetched"


def _node_modules(node: Node) -> None:
    stamp = FRONTEND / "node_modules" / ".installed"
    fresh = digest([FRONTEND / "package-lock.json", FRONTEND / "package.json"], node.version)
    if is_fresh(stamp, fresh):
        return
    options = ("--no-audit", "--no-fund", "--loglevel", "error")
    run(Step("frontend packages", (*node.npm, "ci", *options), cwd=FRONTEND, env=node.env()))
    stamp.write_text(fresh)


def _build(node: Node) -> None:
    stamp = FRONTEND / "node_modules" / ".built"
    fresh = digest(_built_from(), node.version)
    if is_fresh(stamp, fresh) and (FRONTEND / "dist" / "index.html").exists():
        return
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    command = (str(node.node), str(vite), "build")
    run(Step("frontend build", command, cwd=FRONTEND, env=node.env()))
    stamp.write_text(fresh)


def _built_from() -> list[Path]:
    loose = [path for path in FRONTEND.iterdir() if path.is_file()]
    deep = [path for name in BUILT_FROM for path in (FRONTEND / name).rglob("*") if path.is_file()]
    return [*loose, *deep]


def digest(files: Iterable[Path], *words: str) -> str:
    """Return the hash of files by name and content, and of words."""
    sum_of = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        sum_of.update(f"\0{file.relative_to(ROOT)}\0".encode())
        sum_of.update(file.read_bytes())
    return sum_of.hexdigest()


def is_fresh(stamp: Path, value: str) -> bool:
    """Tell whether the stamp of the last time says the same."""
    return stamp.exists() and stamp.read_text() == value
