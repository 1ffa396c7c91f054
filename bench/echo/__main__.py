"""What the gateway adds to a voice, beside what pipecat adds: alternating runs, one core each side.

`python -m bench.echo [ROUNDS]` installs the peer into `.tools/peers` once, runs both echoes under
the same callers and writes bench/results/echo.json. Bars (issue "The live call"): p50 at ten calls
at most 0.4 of the peer's, processor time a call at most 0.6; p95 at twenty calls, with recording
and voice activity on our side only, at most 0.35; ours at forty at most 3 times ours at ten.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any

import psutil

from bench.told import write
from interloop.supervisor.ports import any_port

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".tools" / "peers"
PEER = "pipecat-ai[webrtc]==1.14.0"
SECONDS, ROUNDS = 12.0, 5
KINDS = {
    "ours": (sys.executable, "-m", "bench.echo.ours"),
    "pipecat": (str(PEERS / "bin" / "python"), "-m", "bench.echo.pipecat_server"),
}
Run = dict[str, Any]


def main() -> int:
    """Measure, write, print one line; return 1 when a bar is missed."""
    install_peer()
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    runs: list[Run] = []
    for number in range(rounds):
        plan = [("ours", 10, ""), ("pipecat", 10, ""), ("ours", 20, "full"), ("pipecat", 20, "")]
        plan += [("ours", 40, "full"), ("ours", 10, "full")]
        # Every other round backwards: whatever the machine does meanwhile hits both alike.
        for kind, calls, mode in plan if number % 2 == 0 else reversed(plan):
            runs.append(one_run(kind, calls, mode))
            print(*(f"{k}={v}" for k, v in runs[-1].items() if k != "ms"), flush=True)
    ratios = ratios_of(runs)
    write("echo", {"peer": PEER, "seconds": SECONDS, "ratios": ratios, "runs": runs})
    print("echo:", ", ".join(f"{k} {v['ratio']} (bar {v['bar']})" for k, v in ratios.items()))
    return 0 if all(each["ratio"] <= each["bar"] for each in ratios.values()) else 1


def one_run(kind: str, calls: int, mode: str) -> Run:
    """Run one server on one core and the callers on the other."""
    port = str(any_port())
    server = start("0", *KINDS[kind], port, *([mode] if mode else []))
    try:
        wait_for(int(port), server)
        process = psutil.Process(server.pid)
        held = start(
            "1", sys.executable, "-m", "bench.echo.callers", str(calls), str(SECONDS),
            f"http://127.0.0.1:{port}/offer", kind,
        )  # fmt: skip
        assert held.stdout is not None
        # An empty line says that every call is up: what came before is not measured.
        held.stdout.readline()
        before = process.cpu_times()
        sleep(SECONDS)
        after = process.cpu_times()
        told = json.loads(held.stdout.readline())
        held.wait()
        used = after.user + after.system - before.user - before.system
        rss = process.memory_info().rss >> 20
    finally:
        server.kill()
        server.wait()
    ms = told["ms"]
    return {
        "kind": kind,
        "mode": mode or "plain",
        "calls": calls,
        "p50_ms": quantile(ms, 0.5),
        "p95_ms": quantile(ms, 0.95),
        "lost": told["lost"],
        "cpu_per_call": round(used / SECONDS / calls, 4),
        "rss_mib": rss,
        "ms": ms,
    }


def ratios_of(runs: list[Run]) -> dict[str, dict[str, float]]:
    """Return each measure of the issue: median of ours by median of the other, and its bar."""

    def of(kind: str, calls: int, mode: str, key: str) -> float:
        wanted = {"kind": kind, "calls": calls, "mode": mode}
        return median(run[key] for run in runs if wanted.items() <= run.items())

    pairs = {
        "p50_at_10": (("ours", 10, "plain"), ("pipecat", 10, "plain"), "p50_ms", 0.4),
        "cpu_at_10": (("ours", 10, "plain"), ("pipecat", 10, "plain"), "cpu_per_call", 0.6),
        "p95_at_20": (("ours", 20, "full"), ("pipecat", 20, "plain"), "p95_ms", 0.35),
        "p95_at_40_by_10": (("ours", 40, "full"), ("ours", 10, "full"), "p95_ms", 3.0),
    }
    told: dict[str, dict[str, float]] = {}
    for name, (ours, other, key, bar) in pairs.items():
        mine, theirs = of(*ours, key), of(*other, key)
        told[name] = {"ours": mine, "other": theirs, "ratio": round(mine / theirs, 3), "bar": bar}
    return told


def quantile(values: list[float], share: float) -> float:
    """Return the value below which this share lies; infinite without any."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("inf")


def start(core: str, *command: str) -> "subprocess.Popen[str]":
    """Start a program on one core."""
    pinned = ("taskset", "-c", core, *command)
    return subprocess.Popen(pinned, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def wait_for(port: int, server: "subprocess.Popen[str]") -> None:
    """Return once somebody listens at the port."""
    while not any(c.laddr.port == port for c in psutil.net_connections("tcp4") if c.laddr):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        sleep(0.1)


def install_peer() -> None:
    """Install the peer, in an environment of its own."""
    if not (PEERS / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        pip = str(PEERS / "bin" / "pip")
        subprocess.run([pip, "install", "--quiet", PEER, "aiohttp", "pydantic"], check=True)


if __name__ == "__main__":
    sys.exit(main())
