"""`python -m interloop.supervisor`: one local run, from the first process to a clean end."""

import asyncio
import sys
from collections.abc import Mapping

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


class Run:
    """One run of a stack, told to the terminal and to `run.json`."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._pids: Mapping[str, int] = {}
        self._ready = False

    def hold(self) -> int:
        """Run the stack until a signal comes; return the exit code."""
        folder = self._stack.state_dir
        supervisor = Supervisor(
            self._stack.stages(), folder / "logs", changed=self._changed, say=say
        )
        try:
            return asyncio.run(serve(supervisor, say=say, ready=self._announce))
        finally:
            runfile.remove(folder)

    def _changed(self, pids: Mapping[str, int]) -> None:
        self._pids = pids
        self._write()

    def _announce(self) -> None:
        self._ready = True
        self._write()
        say(block(self._stack.addresses(), self._stack.state_dir / "demo.json"))

    def _write(self) -> None:
        folder = self._stack.state_dir
        runfile.write(folder, self._stack.addresses(), self._pids, ready=self._ready)


def main() -> int:
    """Run the product of this folder; return the exit code."""
    settings = Settings()
    try:
        with runfile.sole_run(settings.state_dir):
            book = PortBook()
            stack = Stack(settings, Ports.pick(book, settings.api_port))
            for sentence in book.moved:
                say(f"  {sentence}")
            return Run(stack).hold()
    except runfile.AlreadyRunning as held:
        say(str(held))
        return 1


if __name__ == "__main__":
    sys.exit(main())
