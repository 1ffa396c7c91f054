"""A sealed file that can be read from the middle: fixed chunks, each authenticated by itself.

Head: "ILF1" | key version (4 bytes, big endian) | salt (16) | plain size (8). Then 64 KiB chunks,
each AES-256-GCM under HKDF-SHA-256 (RFC 5869) of the box's key with the salt; the chunk's number is
the nonce, place and head are associated data, so that chunks cannot be moved, dropped or cut off.
"""

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interloop.domain.errors import Unreadable
from interloop.security.sealing import Box

_MAGIC = b"ILF1"
_HEAD = struct.Struct(">4sI16sQ")
_TAG = 16
CHUNK = 64 * 1024
HEAD_BYTES = _HEAD.size


class Plain(Protocol):
    """What is read to be sealed: a file, from its beginning on."""

    def read(self, size: int, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        ...


def seal_file(data: bytes, box: Box, *, place: str) -> bytes:
    """Return the sealed file of `data`, bound to `place`."""
    return b"".join(seal_pieces(io.BytesIO(data), len(data), box, place=place))


def seal_pieces(plain: Plain, size: int, box: Box, *, place: str) -> Iterator[bytes]:
    """Yield the sealed file of the next `size` bytes of `plain`, chunk by chunk.

    `Unreadable` when there are fewer.
    """
    salt = os.urandom(16)
    head = _HEAD.pack(_MAGIC, box.version, salt, size)
    aead = _aead(box, salt)
    bound = head + place.encode()
    yield head
    for number, at in enumerate(range(0, size, CHUNK)):
        chunk = plain.read(min(CHUNK, size - at))
        if len(chunk) < min(CHUNK, size - at):
            raise Unreadable("file is shorter than was said", code="seal_broken")
        yield aead.encrypt(_nonce(number), chunk, bound)


@dataclass(frozen=True)
class Stretch:
    """Where the sealed chunks of a range stand in the file: bytes [start, end)."""

    start: int
    end: int
    first: int


class SealedFile:
    """Opens ranges of one sealed file, given its head."""

    def __init__(self, head: bytes, box: Box, *, place: str) -> None:
        """`head`: the first `HEAD_BYTES` of the file; `Unreadable` when it is none."""
        if len(head) != _HEAD.size or not head.startswith(_MAGIC):
            raise Unreadable("not a sealed file", code="seal_broken")
        _, _, salt, self.size = _HEAD.unpack(head)
        self._aead = _aead(box, salt)
        self._bound = head + place.encode()

    def stretch(self, start: int, end: int) -> Stretch:
        """Return which bytes of the sealed file hold the plain bytes [start, end)."""
        first, last = start // CHUNK, max(start, end - 1) // CHUNK
        sealed = CHUNK + _TAG
        return Stretch(
            start=HEAD_BYTES + first * sealed, end=HEAD_BYTES + (last + 1) * sealed, first=first
        )

    def open(self, sealed: bytes, stretch: Stretch, *, start: int, end: int) -> bytes:
        """Return the plain bytes [start, end) from the sealed bytes of their stretch."""
        step = CHUNK + _TAG
        plain = b"".join(
            self._chunk(stretch.first + number, sealed[at : at + step])
            for number, at in enumerate(range(0, len(sealed), step))
        )
        if len(plain) < end - stretch.first * CHUNK:
            raise Unreadable("sealed file was cut off", code="seal_broken")
        return plain[start - stretch.first * CHUNK : end - stretch.first * CHUNK]

    def _chunk(self, number: int, sealed: bytes) -> bytes:
        try:
            return self._aead.decrypt(_nonce(number), sealed, self._bound)
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable("sealed file was altered", code="seal_broken") from wrong


def _aead(box: Box, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"interloop sealed file").derive(box.key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
