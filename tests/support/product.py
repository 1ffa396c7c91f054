"""The whole product, as `make up` runs it, on ports and in a folder of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 200
STOP_WITHIN_S = 15


class Product:
    """A running stack; what it tells about itself is read anew each time."""

    def __init__(self, state_dir: Path, process: subprocess.Popen[bytes]) -> None:
        self.state_dir = state_dir
        self._process = process

    @property
    def run(self) -> dict[str, Any]:
        """What `run.json` says now: addresses by name and process ids by role."""
        run: dict[str, Any] = json.loads((self.state_dir / "run.json").read_text())
        return run

    @property
    def app(self) -> str:
        """Address of the app."""
        return str(self.run["app"])

    @property
    def inbox(self) -> str:
        """Address of the mail inbox and of the sandbox's control port."""
        return str(self.run["inbox"])

    def pid(self, role: str) -> int:
        """Return the process that plays the role now."""
        return int(self.run["pids"][role])

    def signal(self, role: str, number: signal.Signals) -> int:
        """Send a signal to the process of a role; return its id."""
        pid = self.pid(role)
        os.kill(pid, number)
        return pid

    def person(self, role: str) -> dict[str, str]:
        """Return the demo person of a role: name, email, password."""
        people = json.loads((self.state_dir / "demo.json").read_text())
        person: dict[str, str] = next(each for each in people if each["role"] == role)
        return person

    def wait_until_ready(self) -> None:
        """Return when every process can be used; fail with the supervisor's words otherwise."""
        tick, deadline = Event(), monotonic() + START_WITHIN_S
        while not self._is_ready():
            told = (self.state_dir / "supervisor.log").read_text()
            assert self._process.poll() is None, told
            assert monotonic() < deadline, told
            tick.wait(0.1)

    def _is_ready(self) -> bool:
        try:
            return bool(self.run["ready"])
        except FileNotFoundError:
            return False


@contextmanager
def running_product(state_dir: Path, env: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Run the product while the block lasts; `env` holds further settings."""
    state_dir.mkdir(parents=True, exist_ok=True)
    settings = {
        "INTERLOOP_STATE_DIR": str(state_dir),
        "INTERLOOP_API_PORT": "0",
        "INTERLOOP_PASSWORD_COST": "cheap",
        # The same few people sign in for every test.
        "INTERLOOP_SIGN_INS_BY_ACCOUNT": "1000/minute",
    }
    with (
        (state_dir / "supervisor.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "interloop.supervisor"],
            cwd=ROOT,
            env={**os.environ, **settings, **(env or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        product = Product(state_dir, process)
        try:
            product.wait_until_ready()
            yield product
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_WITHIN_S)
