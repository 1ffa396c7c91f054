"""`run.json`: what runs, where, under which process ids; and the lock that keeps it to one run."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another supervisor holds this folder of state."""


@contextmanager
def sole_run(state_dir: Path) -> Iterator[None]:
    """Hold the folder's lock; raise `AlreadyRunning` when another process has it.

    The lock ends with the process that holds it, however that dies.
    """
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (state_dir / "supervisor.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyRunning(_told(state_dir)) from held
        yield


def _told(state_dir: Path) -> str:
    try:
        run = json.loads((state_dir / "run.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return "Interloop is starting in another terminal already."
    pid = run["pids"]["supervisor"]
    return f"Interloop runs already at {run['app']}; stop it with Ctrl-C there, or `kill {pid}`."


def write(
    state_dir: Path, addresses: Mapping[str, str], pids: Mapping[str, int], *, ready: bool
) -> None:
    """Replace `run.json` in one step, so that a reader never sees half of it.

    `ready` is false until every process could be used once.
    """
    run = {**addresses, "ready": ready, "pids": {"supervisor": os.getpid(), **pids}}
    fresh = state_dir / "run.json.new"
    fresh.write_text(json.dumps(run, indent=2) + "\n")
    fresh.replace(state_dir / "run.json")


def remove(state_dir: Path) -> None:
    """Say that nothing runs any more."""
    (state_dir / "run.json").unlink(missing_ok=True)
