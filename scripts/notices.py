"""`make notices`: writes THIRD_PARTY.md from the metadata of what is installed and locked."""

import json
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata

from scripts.install import FRONTEND, RUNTIME
from scripts.locks import pins
from scripts.machine import ROOT

TARGET = ROOT / "THIRD_PARTY.md"
LONGEST = 60
SEE = "see the package"
BESIDE_METADATA = {
    "colorama": "BSD-3-Clause",
    "espeakng-loader": "wraps espeak-ng, GPL-3.0-or-later: see above",
    "httpx2-jsfetch": "only on Emscripten: see the package",
    "tzdata": "Apache-2.0",
}
"""Packages that are not installed on every platform, or whose metadata says nothing."""

HEAD = """\
# Third-party software

Interloop itself is licensed under Apache-2.0 (see LICENSE). It is built on the packages below,
which `make up` installs from the registries; none of their code is in this repository. Made by
`make notices` from the packages' own metadata; their licence texts come with them.

## What to mind

- `espeakng-loader` brings **espeak-ng, which is GPL-3.0-or-later**. It is optional (the extra
  `voice`), it gives the sandbox's interviewer a voice, and only the sandbox process loads it: a
  separate program that imports nothing of the product and that the product does not import. A
  production installation leaves the extra out.
- `av`, needed by `aiortc`, is BSD, but its ready-made builds bundle FFmpeg (LGPL-3.0-or-later as
  configured) together with **x264 and x265, which are GPL-2.0-or-later**. We use Opus and VP8
  only. Nobody who installs from the registry has to do anything; who passes on an image with that
  build in it passes on those libraries too, and can build `av` against an FFmpeg without them.
- `psycopg` and `psycopg-binary` are LGPL-3.0; they are used as they come, unchanged.
- `certifi` is MPL-2.0, unchanged as well.

## What only tests use

PostgreSQL (PostgreSQL licence), Chromium (BSD-3-Clause) and the packages of
`requirements-dev.lock` that are not listed here are used to build and test, and are not shipped.
"""


def main() -> int:
    """Write the file, or with `--check` return 1 when it misses a package."""
    wanted = document()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(wanted)
        return 0
    missing = [name for name in packages() if f"| {name} |" not in TARGET.read_text()]
    for name in missing:
        print(f"THIRD_PARTY.md does not name {name}: run `make notices`")
    return 1 if missing else 0


def document() -> str:
    """Return the text of THIRD_PARTY.md."""
    python = [f"| {name} | {licence_of(name)} |" for name in packages()]
    browser = [f"| {name} | {licence} |" for name, licence in browser_packages()]
    head = ["| Package | Licence |", "| --- | --- |"]
    return "\n".join(
        (HEAD, "## Python", "", *head, *python, "", "## In the browser", "", *head, *browser, "")
    )


def packages() -> list[str]:
    """Return the names in the runtime lock."""
    return sorted(pins((ROOT / RUNTIME).read_text()))


def licence_of(name: str) -> str:
    """Return what an installed package says about its licence, in a few words."""
    if name in BESIDE_METADATA:
        return BESIDE_METADATA[name]
    try:
        told = metadata(name).json
    except PackageNotFoundError:
        return SEE
    return next(filter(None, _said(told)), SEE)


def _said(told: Mapping[str, str | list[str]]) -> Iterator[str]:
    yield str(told.get("license_expression", ""))
    classifiers = [c for c in told.get("classifier", []) if c.startswith("License ::")]
    yield ", ".join(c.rpartition(" :: ")[2] for c in classifiers if not c.endswith("Approved"))
    lines = str(told.get("license", "")).strip().splitlines()
    yield lines[0] if lines and len(lines[0]) <= LONGEST else ""


def browser_packages() -> list[tuple[str, str]]:
    """Return name and licence of the packages that reach the browser."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    shipped = {
        path.rpartition("node_modules/")[2]: entry.get("license", SEE)
        for path, entry in lock["packages"].items()
        if path and not entry.get("dev")
    }
    return sorted(shipped.items())


if __name__ == "__main__":
    sys.exit(main())
