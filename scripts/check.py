"""`make check`: everything that is known without running the product, one line each."""

import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic

from scripts import install
from scripts.machine import PYTHON, ROOT, VENV
from scripts.steps import say, tell_and_exit

BIN = VENV / "bin"


@dataclass(frozen=True)
class Check:
    """A command that ends with 0 when all is well."""

    name: str
    command: Sequence[str]
    in_frontend: bool = False

    def run(self) -> bool:
        """Run it, print one line, and all it said when it failed."""
        began = monotonic()
        done = subprocess.run(
            self.command,
            cwd=install.FRONTEND if self.in_frontend else ROOT,
            env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        passed = done.returncode == 0
        seconds = monotonic() - began
        told = "" if passed else f"\n{done.stdout.rstrip()}"
        say(f"  {'ok    ' if passed else 'FAILED'}  {self.name}  ({seconds:.1f} s){told}")
        return passed


def checks() -> tuple[Check, ...]:
    """Return all checks, the long ones first."""
    python, node = str(PYTHON), str(install.node().node)
    modules = install.FRONTEND / "node_modules"
    biome, tsc = (
        str(modules / part) for part in ("@biomejs/biome/bin/biome", "typescript/bin/tsc")
    )
    return (
        Check("types (mypy strict)", (str(BIN / "mypy"),)),
        Check("types (tsc)", (node, tsc, "--noEmit"), in_frontend=True),
        Check("client is what the API says", (python, "-m", "scripts.client", "--check")),
        Check("migrations make the models", (python, "-m", "scripts.migrations")),
        Check("style (Biome)", (node, biome, "check", "."), in_frontend=True),
        Check("dependencies (deptry)", (str(BIN / "deptry"), ".")),
        Check("locks hold what is declared", (python, "-m", "scripts.locks")),
        Check("installed packages agree", (python, "-m", "pip", "check")),
        Check("third parties are named", (python, "-m", "scripts.notices", "--check")),
        Check("import contracts", (str(BIN / "lint-imports"), "--no-logo")),
        Check("rules of the house", (python, "-m", "scripts.lint")),
        Check("style (ruff)", (str(BIN / "ruff"), "check", "--quiet", ".")),
        Check("format (ruff)", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
    )


def main() -> int:
    """Run every check; return 1 when one failed."""
    install.everything(install.DEVELOPMENT)
    began = monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = list(pool.map(Check.run, checks()))
    failed = passed.count(False)
    say(f"{len(passed)} checks, {failed} failed, {monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    tell_and_exit(main)
