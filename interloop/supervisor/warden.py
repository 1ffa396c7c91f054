"""Outlives the supervisor for a moment and ends every process group it left behind.

Reads lines `+<group>` and `-<group>` on its standard input. The end of the input means that the
supervisor is gone, however it died: what is still listed is then ended, grandchildren included.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

GRACE_S = 1.5


def listed(lines: Iterable[str]) -> set[int]:
    """Return the process groups that were added and not taken off again."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def alive(group: int) -> bool:
    """Tell whether the process group has a member."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def end(groups: set[int]) -> None:
    """Ask the groups to end, and after `GRACE_S` seconds make them."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, number)
        deadline = time.monotonic() + GRACE_S
        while any(alive(group) for group in groups) and time.monotonic() < deadline:
            time.sleep(0.02)


if __name__ == "__main__":
    end(listed(sys.stdin))
