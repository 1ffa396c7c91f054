"""What must not be committed: registry hosts, local paths, people's files, keys, big files."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

LIMIT_BYTES = 1_500_000

FORBIDDEN_SUFFIXES = (
    *(".pdf", ".doc", ".docx", ".odt", ".rtf"),
    *(".wav", ".mp3", ".ogg", ".opus", ".webm", ".mp4", ".m4a", ".flac"),
    *(".pem", ".key", ".p12", ".pfx", ".crt"),
    *(".db", ".sqlite", ".sqlite3", ".zip", ".whl", ".onnx", ".tflite", ".bin"),
)

# In pieces, so that this file does not find itself.
FORBIDDEN_WORDS = {
    "a registry's host": re.compile(
        r"files\.python" + r"hosted|pypi\." + r"org|registry\.npm" + r"js|npmjs\." + r"org",
        re.IGNORECASE,
    ),
    "a local path": re.compile(r"(?<![\w.])/(?:home|Users|root|work)" + r"/[\w.-]+"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----"),
    "a vendor's key": re.compile(r"\bAI" + r"za[0-9A-Za-z_-]{35}\b"),
}


def committed(root: Path) -> list[str]:
    """Return the files that git knows or would add, with forward slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def scan(root: Path) -> Iterator[str]:
    """Return one line for each thing that must not be in the repository."""
    for name in committed(root):
        path = root / name
        if path.suffix.lower() in FORBIDDEN_SUFFIXES:
            yield f"{name}: files of this kind are made by the tests, not committed"
            continue
        if path.stat().st_size > LIMIT_BYTES:
            yield f"{name}: {path.stat().st_size} bytes, over {LIMIT_BYTES}"
        yield from _words(name, path.read_text(errors="ignore"))


def _words(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in FORBIDDEN_WORDS.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}"
