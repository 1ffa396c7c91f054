"""Encryption in fixed chunks: any range opens without the rest.

"ILC1" | key version (4, big endian) | salt (16) | plain size (8), then AES-256-GCM of each 64 KiB.
The key is HKDF-SHA-256 of the media key with the salt; the chunk's number is the nonce; header and
place are associated data, so that no chunk can be moved, dropped at the end, or taken elsewhere.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interloop.domain.errors import Unreadable
from interloop.security.sealing import Box

CHUNK = 64 * 1024
_TAG = 16
_MAGIC = b"ILC1"
_HEADER = struct.Struct(">4sI16sQ")
HEADER_SIZE = _HEADER.size


def seal(plain: bytes, box: Box, place: str) -> bytes:
    """Return the sealed object."""
    header = _HEADER.pack(_MAGIC, box.version, os.urandom(16), len(plain))
    aead = _aead(header, box)
    chunks = [
        aead.encrypt(_nonce(n), plain[at : at + CHUNK], header + place.encode())
        for n, at in enumerate(range(0, len(plain), CHUNK))
    ]
    return header + b"".join(chunks)


def plain_size(header: bytes) -> int:
    """Return the size of what was sealed; `Unreadable` for a foreign header."""
    if len(header) < HEADER_SIZE or not header.startswith(_MAGIC):
        raise Unreadable("not a sealed object", code="seal_broken")
    size: int = _HEADER.unpack(header[:HEADER_SIZE])[3]
    return size


def span(start: int, end: int) -> tuple[int, int]:
    """Return the bytes [from, to) of the object that hold the plain bytes [start, end)."""
    first, last = start // CHUNK, (end - 1) // CHUNK
    whole = CHUNK + _TAG
    return HEADER_SIZE + first * whole, HEADER_SIZE + (last + 1) * whole


def open_span(
    header: bytes, sealed: bytes, box: Box, *, place: str, wanted: tuple[int, int]
) -> bytes:
    """Return the `wanted` plain bytes [start, end) of a span read as `span` says."""
    start, end = wanted
    aead, first = _aead(header, box), start // CHUNK
    whole = CHUNK + _TAG
    try:
        plain = b"".join(
            aead.decrypt(_nonce(first + n), sealed[at : at + whole], header + place.encode())
            for n, at in enumerate(range(0, len(sealed), whole))
        )
    except InvalidTag as wrong:
        raise Unreadable("object was altered", code="seal_broken") from wrong
    skip = first * CHUNK
    return plain[start - skip : end - skip]


def _aead(header: bytes, box: Box) -> AESGCM:
    salt = _HEADER.unpack(header[:HEADER_SIZE])[2]
    return AESGCM(HKDF(SHA256(), 32, salt, b"interloop chunks").derive(box.key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
