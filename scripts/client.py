"""`make client`: writes the documents of API and room and their types; `--check` only compares."""

import subprocess
import sys
import tempfile
from pathlib import Path

from api import openapi
from scripts import room
from scripts.install import FRONTEND, node
from scripts.machine import Missing
from scripts.steps import tell_and_exit

SCHEMA = FRONTEND / "src" / "api" / "schema.d.ts"
ROOM_SCHEMA = FRONTEND / "src" / "candidate" / "room" / "schema.d.ts"
GENERATOR = FRONTEND / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


def typescript(text: str) -> str:
    """Return the TypeScript that belongs to an OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        source.write_text(text)
        command = [str(node().node), str(GENERATOR), str(source), "-o", str(target)]
        done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Missing(f"the client could not be generated:\n{done.stdout}{done.stderr}")
        return target.read_text()


def main() -> int:
    """Write all files, or with `--check` return 1 when one differs from what is committed."""
    text, messages = openapi.document(), room.document()
    fresh = {
        openapi.TARGET: text,
        SCHEMA: typescript(text),
        room.TARGET: messages,
        ROOM_SCHEMA: typescript(messages),
    }
    stale = [path for path, wanted in fresh.items() if not _says(path, wanted)]
    if "--check" not in sys.argv[1:]:
        for path in stale:
            path.write_text(fresh[path])
        return 0
    for path in stale:
        print(f"{path.relative_to(FRONTEND.parent)} is stale: run `make client`")
    return 1 if stale else 0


def _says(path: Path, wanted: str) -> bool:
    return path.exists() and path.read_text() == wanted


if __name__ == "__main__":
    tell_and_exit(main)
