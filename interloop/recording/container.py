"""Sealed segment files: a header, then length-prefixed AEAD records, only ever appended.

Header: "ILR1" | key version (4 bytes, big endian) | salt (16). Record: length (4) | kind (1) |
AES-256-GCM output. The file's key is HKDF-SHA-256 (RFC 5869) of the media key with the salt, so
the record number is a nonce that never repeats; place, header, kind and number are associated
data. Kinds: packets (each: ms on the interview clock (4) | length (4) | bytes), and the index
that ends a file which was closed in order.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interloop.domain.errors import Unreadable
from interloop.integrations.audio.port import Packet
from interloop.security.sealing import Box

_MAGIC = b"ILR1"
_HEADER = struct.Struct(">4sI16s")
_RECORD = struct.Struct(">IB")
_PACKET = struct.Struct(">II")
_INDEX = struct.Struct(">III")
_PACKETS_KIND, _INDEX_KIND = 0, 1


@dataclass(frozen=True)
class SegmentContent:
    """What a segment file holds; `closed`: it ends with its index."""

    packets: tuple[Packet, ...]
    closed: bool


def place_of_segment(segment_id: UUID) -> str:
    """Return the place a segment's bytes are bound to."""
    return f"segment:{segment_id}"


class SegmentWriter:
    """Appends sealed records to an open file; not thread-safe."""

    def __init__(self, file: BinaryIO, box: Box, place: str) -> None:
        salt = os.urandom(16)
        header = _HEADER.pack(_MAGIC, box.version, salt)
        self._file = file
        self._sealer = _Sealer(box, header, place)
        self._pending = bytearray()
        self.records = 0
        self.packets = 0
        self.end_ms = 0
        self._write(header)

    @property
    def pending(self) -> int:
        """Return how many bytes wait for the next record."""
        return len(self._pending)

    def add(self, packet: Packet) -> None:
        """Keep a packet for the next record."""
        self._pending += _PACKET.pack(packet.at_ms, len(packet.data)) + packet.data
        self.packets += 1
        self.end_ms = max(self.end_ms, packet.at_ms)

    def seal(self) -> None:
        """Write what is pending as one record; it survives this process from here on."""
        if self._pending:
            self._append(_PACKETS_KIND, bytes(self._pending))
            self._pending.clear()

    def close(self) -> None:
        """Seal the rest and the index; the file stays open for its owner to close."""
        self.seal()
        self._append(_INDEX_KIND, _INDEX.pack(self.records, self.packets, self.end_ms))

    def _append(self, kind: int, plain: bytes) -> None:
        sealed = self._sealer.seal(kind, self.records, plain)
        self.records += 1
        self._write(_RECORD.pack(len(sealed), kind) + sealed)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._file.flush()
        os.fdatasync(self._file.fileno())


def read_segment(data: bytes, box: Box, place: str) -> SegmentContent:
    """Return the packets of a segment file.

    A file cut off in the middle of a record is read up to the last whole one; one that was
    altered raises `Unreadable` with code `seal_broken`.
    """
    if len(data) < _HEADER.size:
        return SegmentContent((), closed=False)
    header = data[: _HEADER.size]
    if not header.startswith(_MAGIC):
        raise Unreadable("not a segment", code="seal_broken")
    sealer = _Sealer(box, header, place)
    packets: list[Packet] = []
    closed = False
    for number, (kind, sealed) in enumerate(_records(data)):
        plain = sealer.open(kind, number, sealed)
        if kind == _INDEX_KIND:
            closed = True
        else:
            packets += _packets(plain)
    return SegmentContent(tuple(packets), closed=closed)


class _Sealer:
    def __init__(self, box: Box, header: bytes, place: str) -> None:
        _, _, salt = _HEADER.unpack(header)
        key = HKDF(SHA256(), 32, salt, b"interloop segment").derive(box.key)
        self._aead = AESGCM(key)
        self._bound = header + place.encode()

    def seal(self, kind: int, number: int, plain: bytes) -> bytes:
        return self._aead.encrypt(number.to_bytes(12, "big"), plain, self._ad(kind))

    def open(self, kind: int, number: int, sealed: bytes) -> bytes:
        try:
            return self._aead.decrypt(number.to_bytes(12, "big"), sealed, self._ad(kind))
        except InvalidTag as wrong:
            raise Unreadable("segment was altered", code="seal_broken") from wrong

    def _ad(self, kind: int) -> bytes:
        return self._bound + bytes([kind])


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEADER.size
    while at + _RECORD.size <= len(data):
        length, kind = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        if at + length > len(data):
            return
        yield kind, data[at : at + length]
        at += length


def _packets(plain: bytes) -> Iterator[Packet]:
    at = 0
    while at < len(plain):
        at_ms, length = _PACKET.unpack_from(plain, at)
        at += _PACKET.size
        yield Packet(at_ms, plain[at : at + length])
        at += length
