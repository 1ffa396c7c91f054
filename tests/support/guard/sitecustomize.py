"""Keeps each Python process that a test starts on this machine; its folder is on PYTHONPATH."""

import runpy
from pathlib import Path

# By file name: a room that may not know the product does not get it loaded by its tests.
NETWORK = Path(__file__).resolve().parents[3] / "interloop" / "network.py"

runpy.run_path(str(NETWORK))["stay_on_this_machine"]()
