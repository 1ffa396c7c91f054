"""How long a newcomer waits: a cold `make up` beside a cold `pip install` and a cold `npm ci`.

`python -m bench.cold_start` clones this repository three times, each with empty package caches,
and writes bench/results/cold_start.json. The bar: `make up` takes at most 1.3 times the slower of
the other two, and 30 s. A second start of the same clone shows what is left when all is installed.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "bench" / "results" / "cold_start.json"
FACTOR, REST_S, PATIENCE_S = 1.3, 30.0, 1200.0


def main() -> int:
    """Measure, write the result, print one line; return 1 when the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        pip_s = pip_install(here / "pip")
        npm_s = npm_ci(here / "npm")
        stack = clone(here / "up")
        up_s, again_s = start(stack, here / "up-cache"), start(stack, here / "up-cache")
    bar_s = FACTOR * max(pip_s, npm_s) + REST_S
    told = {
        "machine": {"cpus": os.cpu_count(), "system": platform.platform(), "python": sys.version},
        "load": os.getloadavg(),
        "pip_install_s": round(pip_s, 1),
        "npm_ci_s": round(npm_s, 1),
        "make_up_s": round(up_s, 1),
        "bar_s": round(bar_s, 1),
        "second_make_up_s": round(again_s, 1),
    }
    RESULT.write_text(json.dumps(told, indent=2) + "\n")
    say = sys.stdout.write
    say(f"cold make up {up_s:.0f} s, bar {bar_s:.0f} s (pip {pip_s:.0f} s, npm {npm_s:.0f} s); ")
    say(f"second make up {again_s:.1f} s\n")
    return 0 if up_s <= bar_s else 1


def pip_install(folder: Path) -> float:
    """Return the seconds of a locked install into a new environment."""
    clone(folder)
    began = monotonic()
    run(folder, sys.executable, "-m", "venv", "venv")
    pip = str(folder / "venv" / "bin" / "pip")
    run(folder, pip, "install", "-q", "--require-hashes", "--no-deps", "-r", "requirements.lock")
    return monotonic() - began


def npm_ci(folder: Path) -> float:
    """Return the seconds of a clean npm install."""
    clone(folder)
    began = monotonic()
    run(folder / "frontend", "npm", "ci", "--silent", "--no-audit", "--no-fund")
    return monotonic() - began


def start(stack: Path, cache: Path) -> float:
    """Return the seconds until `make up` has a stack to show; stop it again."""
    began = monotonic()
    up = subprocess.Popen(
        ["make", "--no-print-directory", "up"],
        cwd=stack,
        env=cold(cache),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not is_ready(stack / "var" / "run.json"):
            if up.poll() is not None or monotonic() - began > PATIENCE_S:
                raise SystemExit("make up did not come up")
            sleep(0.1)
        return monotonic() - began
    finally:
        os.killpg(up.pid, signal.SIGINT)
        up.wait(30)


def is_ready(file: Path) -> bool:
    """Tell whether every process of the stack could be used once."""
    return file.exists() and json.loads(file.read_text())["ready"] is True


def clone(folder: Path) -> Path:
    """Clone what is committed; return the folder."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    return folder


def run(folder: Path, *command: str) -> None:
    """Run a command with empty caches of its own."""
    subprocess.run(command, cwd=folder, env=cold(folder / "cache"), check=True)


def cold(cache: Path) -> dict[str, str]:
    """Return the environment with package caches in this folder."""
    caches = {"PIP_CACHE_DIR": str(cache / "pip"), "npm_config_cache": str(cache / "npm")}
    return {**os.environ, **caches}


if __name__ == "__main__":
    sys.exit(main())
