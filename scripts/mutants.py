"""`make mutants`: seeds one defect at a time and demands that the test named with it turns red.

`tests/mutants.toml` lists them: a name, the file, the text to find (exactly once), the text put in
its place, and the test. The work is done in copies; this folder is not touched.
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.lint.repository import committed
from scripts.machine import PYTHON, ROOT, Missing
from scripts.steps import say, tell_and_exit

LIST = ROOT / "tests" / "mutants.toml"
RED = 1
"""pytest's exit code for failed tests; a defect that breaks the collection proves nothing."""


@dataclass(frozen=True)
class Mutant:
    """One seeded defect and the test that must notice it."""

    name: str
    file: str
    find: str
    replace: str
    test: str

    def apply(self, root: Path) -> str:
        """Put the defect in and return the text that was there."""
        path = root / self.file
        text = path.read_text()
        if text.count(self.find) != 1:
            times = text.count(self.find)
            raise Missing(f"{self.name}: {self.file} holds the text {times} times, not once")
        path.write_text(text.replace(self.find, self.replace))
        return text


def listed() -> tuple[Mutant, ...]:
    """Return the seeded defects of the list."""
    return tuple(Mutant(**each) for each in tomllib.loads(LIST.read_text())["mutant"])


def copy_to(folder: Path) -> Path:
    """Copy what git knows into a folder; return it."""
    for name in committed(ROOT):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return folder


def run_tests(root: Path, tests: set[str]) -> tuple[int, str]:
    """Run tests in a copy; return pytest's exit code and what it said."""
    done = subprocess.run(
        [str(PYTHON), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *sorted(tests)],
        cwd=root,
        # Byte code of the last defect could be taken for this one's: same size, same second.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def noticed(mutant: Mutant, root: Path) -> bool:
    """Tell whether the named test turns red in this copy; print one line."""
    before = mutant.apply(root)
    try:
        code, told = run_tests(root, {mutant.test})
    finally:
        (root / mutant.file).write_text(before)
    red = code == RED
    say(f"  {'red     ' if red else 'SURVIVED'}  {mutant.name}  ({mutant.test})")
    if not red:
        say("\n".join(f"    {line}" for line in told.splitlines()[-5:]))
    return red


def main() -> int:
    """Run every seeded defect, as many at a time as there are cores; return 1 if one survives."""
    mutants = [m for m in listed() if not sys.argv[1:] or m.name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        cores = os.cpu_count() or 1
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(cores):
            copies.put(copy_to(Path(folder) / str(number)))
        code, told = run_tests(Path(folder) / "0", {m.test for m in mutants})
        if code != 0:
            raise Missing(f"the named tests are not green without a defect:\n{told}")

        def on_a_copy(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                return noticed(mutant, copy)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(cores) as pool:
            results = list(pool.map(on_a_copy, mutants))
    say(f"{len(results)} defects seeded, {results.count(False)} survived")
    return 1 if results.count(False) or not results else 0


if __name__ == "__main__":
    tell_and_exit(main)
