"""A file that only grows by whole pieces, durably, even while its disk fails now and then."""

import hashlib
import os
from io import FileIO
from pathlib import Path
from typing import Protocol


class Sink(Protocol):
    """Where sealed bytes go."""

    def append(self, data: bytes) -> None:
        """Add the whole piece, durably, or raise `OSError` and add nothing."""
        ...


class FileSink:
    """One new file, made at the first piece; not thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Return the checksum of everything written so far, hex."""
        return self._digest.hexdigest()

    def append(self, data: bytes) -> None:
        """Write and sync; a piece that cannot be written whole is cut off again."""
        file = self._file or self._open()
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            os.fdatasync(file.fileno())
        except OSError:
            file.truncate(self.size)
            file.seek(self.size)
            raise
        self._digest.update(data)
        self.size += len(data)

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> FileIO:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = FileIO(self._path, "x")
        return self._file
