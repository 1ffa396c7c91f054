"""`python -m interloop.supervisor`: one local run, from the first process to a clean end."""

import asyncio
import sys

from interloop.settings import Settings
from interloop.supervisor import runfile
from interloop.supervisor.block import block
from interloop.supervisor.ports import PortBook
from interloop.supervisor.serve import serve
from interloop.supervisor.stack import Ports, Stack
from interloop.supervisor.supervisor import Supervisor


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


def run(stack: Stack) -> int:
    """Run the stack until a signal comes; return the exit code."""
    supervisor = Supervisor(
        stack.stages(),
        stack.state_dir / "logs",
        changed=lambda pids: runfile.write(stack.state_dir, stack.addresses(), pids),
        say=say,
    )
    demo = stack.state_dir / "demo.json"
    try:
        return asyncio.run(
            serve(supervisor, say=say, ready=lambda: say(block(stack.addresses(), demo)))
        )
    finally:
        runfile.remove(stack.state_dir)


def main() -> int:
    """Run the product of this folder; return the exit code."""
    settings = Settings()
    try:
        with runfile.sole_run(settings.state_dir):
            book = PortBook()
            stack = Stack(settings, Ports.pick(book, settings.api_port))
            for sentence in book.moved:
                say(f"  {sentence}")
            return run(stack)
    except runfile.AlreadyRunning as held:
        say(str(held))
        return 1


if __name__ == "__main__":
    sys.exit(main())
