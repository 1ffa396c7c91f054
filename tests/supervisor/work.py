"""A process with a child of its own: `work.py <name> <folder> <polite|deaf>`.

A polite one ends when asked and writes its name to `order`; a deaf one has to be made to.
"""

import signal
import subprocess
import sys
import types
from pathlib import Path

name, folder, manner = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
grandchild = subprocess.Popen(["sleep", "300"])


def leave(_number: int, _frame: types.FrameType | None) -> None:
    with (folder / "order").open("a") as order:
        order.write(f"{name}\n")
    grandchild.kill()
    sys.exit(0)


signal.signal(signal.SIGTERM, leave if manner == "polite" else signal.SIG_IGN)
(folder / f"{name}.grandchild").write_text(str(grandchild.pid))
(folder / f"{name}.ready").touch()
while True:
    signal.pause()
