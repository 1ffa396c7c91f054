"""Ties a process to the supervisor, then becomes it: `leash.py <parent pid> <command...>`.

Linux sends the process SIGTERM when its parent dies (prctl PR_SET_PDEATHSIG, kept over exec).
Elsewhere the warden alone sees to that. A program of its own instead of a `preexec_fn`, because
code between fork and exec may deadlock once the parent has threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Tie this process to its parent and run the command in its place."""
    parent, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit(1)  # the parent died before we could be tied to it
    os.execvp(command[0], command)  # noqa: S606 - the supervisor's own command line


if __name__ == "__main__":
    main(sys.argv[1:])
