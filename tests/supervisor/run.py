"""A small run of the real supervisor: `run.py <folder> [broken]`."""

import asyncio
import sys
from pathlib import Path

from interloop.supervisor import readiness, runfile
from interloop.supervisor.child import Errand, Program
from interloop.supervisor.serve import serve
from interloop.supervisor.supervisor import Supervisor

folder, kinds = Path(sys.argv[1]), sys.argv[2:]
WORK = str(Path(__file__).with_name("work.py"))


def program(name: str, manner: str = "polite") -> Program:
    return Program(
        name=name,
        command=(sys.executable, WORK, name, str(folder), manner),
        ready=readiness.file(folder / f"{name}.ready"),
    )


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


complaint = "print('no such table'); raise SystemExit(3)" if "broken" in kinds else "print(1)"
supervisor = Supervisor(
    (
        (program("first"),),
        (Errand("errand", ((sys.executable, "-c", complaint),)),),
        (program("second"), program("deaf", "deaf")),
    ),
    folder / "logs",
    changed=lambda pids: runfile.write(folder, {"app": "nowhere"}, pids, ready=True),
    say=say,
)
try:
    with runfile.sole_run(folder):
        sys.exit(asyncio.run(serve(supervisor, say=say, ready=lambda: say("all up"))))
except runfile.AlreadyRunning as held:
    say(str(held))
    sys.exit(1)
