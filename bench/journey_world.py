"""A dev server as `make up` starts it, a world on SQLite, and how results are written down."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from temporalio.testing import WorkflowEnvironment

from interloop.network import stay_on_this_machine
from interloop.supervisor.stack import temporal_binary
from tests.journeys.world import World, world
from tests.support.databases import Databases
from tests.support.temporal import KEYS, PATIENCE

RESULTS = Path(__file__).parent / "results"
_PRAGMAS = ("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=normal")


@dataclass(frozen=True)
class Ground:
    """What a bench stands on."""

    here: World
    env: WorkflowEnvironment
    folder: Path

    @property
    def temporal_files(self) -> list[Path]:
        """Return the files of the server's database."""
        return sorted(self.folder.glob("temporal.db*"))


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """Run a server on a file, with the pragmas of `make up`, and lay down an organisation."""
    stay_on_this_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases = Databases(folder / "data")
        async with await WorkflowEnvironment.start_local(
            dev_server_existing_path=temporal_binary(),
            dev_server_startup_timeout=PATIENCE,
            dev_server_database_filename=str(folder / "temporal.db"),
            dev_server_extra_args=_PRAGMAS,
            search_attributes=KEYS,
        ) as env:
            with databases.copy("sqlite") as urls:
                async with world(env, urls) as here:
                    await here.settle()
                    yield Ground(here, env, folder)


def temporal_server() -> psutil.Process:
    """Return the newest `temporal` child of this process."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "start-dev" in " ".join(child.cmdline())][-1]


def server_rss_mb() -> float:
    """Return the resident memory of the server, in MB."""
    return float(temporal_server().memory_info().rss / 1e6)


def commit() -> str:
    """Return the commit that is measured, with `+` where files differ from it."""
    git = ("git", "-C", str(RESULTS.parents[1]))
    short = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, check=True)
    changed = subprocess.run(
        [*git, "diff", "--quiet", "HEAD", "--", ".", ":!bench/results"], check=False
    )
    return short.stdout.decode().strip() + ("+" if changed.returncode else "")


def write(name: str, told: dict[str, Any], line: str, *, met: bool) -> int:
    """Write the result with the machine, print the one last line; return the exit code."""
    machine = {"cpus": os.cpu_count(), "system": platform.platform(), "python": sys.version}
    at = datetime.now(UTC).isoformat(timespec="seconds")
    result = {"at": at, "machine": machine, "load": os.getloadavg(), "met": met, **told}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    print(f"{name}: {line}: {'met' if met else 'MISSED'}")
    return 0 if met else 1


def p95(samples: list[float]) -> float:
    """Return the nearest-rank 95th percentile."""
    return sorted(samples)[min(len(samples) - 1, int(0.95 * len(samples)))]
