"""Picks the ports of a local run and says which of the usual ones were taken."""

import secrets
import socket
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
_NOBODYS = range(15_000, 32_000)
"""Below what systems give to outgoing connections (from 32,768 on Linux, from 49,152 elsewhere)."""


def is_free(port: int) -> bool:
    """Tell whether this machine lets us listen on the loopback port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Without it a port in TIME_WAIT after the last run counts as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_port() -> int:
    """Return a free port that nobody but a listener takes before we listen on it."""
    for _ in range(50):
        port = secrets.choice(_NOBODYS)
        if is_free(port):
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@dataclass
class PortBook:
    """Gives each listener its own port; `moved` keeps the sentences about those that moved."""

    given: set[int] = field(default_factory=set)
    moved: list[str] = field(default_factory=list)

    def pick(self, what: str, usual: int) -> int:
        """Return the usual port, or the next free one within a hundred, or any free one.

        With `usual` 0 any free port is meant and nothing is said.
        """
        nearby = range(usual, usual + 100) if usual else ()
        port = next((p for p in nearby if p not in self.given and is_free(p)), None)
        while port is None or port in self.given:
            port = any_port()
        self.given.add(port)
        if usual and port != usual:
            self.moved.append(f"Port {usual} is taken: {what} listens on {port}.")
        return port
