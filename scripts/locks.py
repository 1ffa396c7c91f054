"""Checks that the locks pin, with hashes, every dependency that `pyproject.toml` declares."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.install import DEVELOPMENT, RUNTIME
from scripts.machine import ROOT

MARKER = r"(?: ;[^\\\n]*[^\\\n ])?"
HASH = r"( \\\n    --hash=sha256:)?"
PIN = re.compile(rf"^([\w.-]+)==([\w.!+-]+){MARKER}{HASH}", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Return version by canonical name; of a package pinned twice, the last."""
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(lock)}


def problems(lock: str, declared: Iterable[str]) -> Iterator[str]:
    """Return one line for each declared dependency that is missing or pinned outside its range."""
    pinned = pins(lock)
    for text in declared:
        wanted = Requirement(text)
        version = pinned.get(canonicalize_name(wanted.name))
        if version is None:
            yield f"{wanted.name} is not pinned"
        elif not wanted.specifier.contains(version, prereleases=True):
            yield f"{wanted.name} is pinned at {version}, declared {wanted.specifier}"
    yield from (f"{name} has no hash" for name, _, hashed in PIN.findall(lock) if not hashed)
    if re.search(r"https?://|--index|--find-links", lock):
        yield "the lock names a registry"


def main() -> int:
    """Print what is wrong with the locks; return 1 when something is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    declared = [*project["project"]["dependencies"], *(r for rs in extras.values() for r in rs)]
    wanted = {
        RUNTIME: declared,
        DEVELOPMENT: [*declared, *project["dependency-groups"]["dev"]],
        "requirements-node.lock": [],
    }
    found = [
        f"{name}: {problem}; run `make lock`"
        for name, requirements in wanted.items()
        for problem in problems((ROOT / name).read_text(), requirements)
    ]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
