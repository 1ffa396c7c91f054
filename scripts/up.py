"""`make up`: installs what is missing, builds the frontend, becomes the supervisor."""

import os

from interloop.supervisor.runfile import AlreadyRunning, sole_run
from scripts import install
from scripts.machine import PYTHON, ROOT, STATE, Missing
from scripts.steps import tell_and_exit


def main() -> int:
    """Prepare this folder and become the supervisor; refuse while one runs here."""
    try:
        # Nothing may change under a running stack. The lock is let go of before the supervisor
        # takes it: whoever is faster then wins, and the other says so.
        with sole_run(STATE):
            install.everything()
    except AlreadyRunning as held:
        raise Missing(str(held)) from held
    os.chdir(ROOT)
    command = [str(PYTHON), "-m", "interloop.supervisor"]
    os.execv(PYTHON, command)  # noqa: S606 - our own program


if __name__ == "__main__":
    tell_and_exit(main)
