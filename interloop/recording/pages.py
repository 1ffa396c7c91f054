"""Pages on a disk that only this process can read, for as long as it lives.

Each of 64 KiB is AES-256-GCM under a key that is never stored. The nonce is the page's number and
how often it was written: a page that is written anew uses no key stream twice, and an old page that
is put back does not open. The file has no name: the system frees it with the process, and what a
disk still holds then is noise.
"""

import os
import tempfile
from array import array
from collections import OrderedDict
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from interloop.domain.errors import Unreadable

PAGE = 64 * 1024
_TAG = 16
_AT_HAND = 8
"""Pages that are held open: whoever reads three streams, or moves what was written, needs them."""


class Pages:
    """As many pages as the disk has room for, zeros where nothing was written; eight in memory."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Without a name from its first byte on; where the system cannot, nameless at once.
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see `close`
        self._aead = AESGCM(os.urandom(32))
        self._writings = array("Q")
        self._open: OrderedDict[int, bytearray] = OrderedDict()
        self._changed: set[int] = set()

    def page(self, number: int, *, changes: bool) -> bytearray:
        """Return a page as it is now, for the caller to change when it says so.

        `ValueError` after `close`, `Unreadable` when the disk gives back what was not put there.
        """
        if self._file.closed:
            raise ValueError("spool is closed")
        page = self._open.get(number)
        if page is None:
            if len(self._open) >= _AT_HAND:
                self._put_back(*self._open.popitem(last=False))
            page = self._open[number] = self._fetched(number)
        self._open.move_to_end(number)
        if changes:
            self._changed.add(number)
        return page

    def close(self) -> None:
        """Forget everything."""
        self._open.clear()
        self._file.close()

    def _fetched(self, number: int) -> bytearray:
        if number >= len(self._writings) or not self._writings[number]:
            return bytearray(PAGE)
        self._file.seek(number * (PAGE + _TAG))
        sealed = self._file.read(PAGE + _TAG) or b""
        try:
            return bytearray(self._aead.decrypt(self._nonce(number), sealed, None))
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable("spool was altered", code="seal_broken") from wrong

    def _put_back(self, number: int, page: bytearray) -> None:
        if number not in self._changed:
            return
        self._changed.discard(number)
        self._writings.extend([0] * (number + 1 - len(self._writings)))
        self._writings[number] += 1
        rest = memoryview(self._aead.encrypt(self._nonce(number), bytes(page), None))
        self._file.seek(number * (PAGE + _TAG))
        while rest:
            # A disk that is nearly full takes a part, then says that it is full.
            rest = rest[self._file.write(rest) or 0 :]

    def _nonce(self, number: int) -> bytes:
        return number.to_bytes(4, "big") + self._writings[number].to_bytes(8, "big")
