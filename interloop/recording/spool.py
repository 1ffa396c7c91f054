"""A file for work in progress: large, unreadable to others, and gone with its process."""

import io
from pathlib import Path
from threading import Lock
from typing import Any

from interloop.recording.pages import PAGE, Pages


class Spool(io.RawIOBase):
    """Bytes to write, read and seek in any order; memory does not grow with them.

    One thread at a time works with it; another one may close it meanwhile, and the first is told so
    by `ValueError`.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is made when it is not there; its disk must have room for what is written."""
        super().__init__()
        self._pages = Pages(folder)
        self._lock = Lock()
        self._at = 0
        self.size = 0
        """How many bytes were written so far."""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def seekable(self) -> bool:
        """Tell that any place can be gone to."""
        return True

    def tell(self) -> int:
        """Return the place at which the next byte is read or written."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; beyond the end there are zeros once something is written there."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}
        self._at = max(0, base[whence] + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes from here; `Unreadable` when the disk gives other ones back."""
        wanted = max(0, self.size - self._at)
        wanted = wanted if size < 0 else min(size, wanted)
        parts: list[bytes] = []
        with self._lock:
            while wanted:
                number, start = divmod(self._at, PAGE)
                page = memoryview(self._pages.page(number, changes=False))
                parts.append(bytes(page[start : start + wanted]))
                wanted -= len(parts[-1])
                self._at += len(parts[-1])
        return b"".join(parts)

    def write(self, data: Any, /) -> int:
        """Write all of it from here on."""
        rest = memoryview(data).cast("B")
        length = len(rest)
        with self._lock:
            while rest:
                number, start = divmod(self._at, PAGE)
                fits = min(len(rest), PAGE - start)
                page = self._pages.page(number, changes=True)
                page[start : start + fits] = rest[:fits]
                rest = rest[fits:]
                self._at += fits
                self.size = max(self.size, self._at)
        return length

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.close()
        super().close()
