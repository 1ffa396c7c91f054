"""Sealed segment files: a header, then length-prefixed AEAD records, only ever appended.

Header: "ILR1" | key version (4 bytes, big endian) | salt (16). Record: length (4) | kind (1) |
AES-256-GCM output. The file's key is HKDF-SHA-256 (RFC 5869) of the media key with the salt, so
the record number is a nonce that never repeats; place, header, kind and number are associated
data. Kinds: packets (each: ms on the interview clock (4) | length (4) | bytes), the index that
ends a file which was closed in order (records, packets, last ms), and what was left out on purpose
(each: from ms (4) | to ms (4) | packets (4) | reason (1)).
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interloop.domain.errors import Unreadable
from interloop.domain.recording import GapReason
from interloop.integrations.audio.port import Packet
from interloop.recording.sink import Sink
from interloop.security.sealing import Box

_MAGIC = b"ILR1"
_HEADER = struct.Struct(">4sI16s")
_RECORD = struct.Struct(">IB")
_PACKET = struct.Struct(">II")
_INDEX = struct.Struct(">III")
_LEFT_OUT = struct.Struct(">IIIB")
_PACKETS_KIND, _INDEX_KIND, _LEFT_OUT_KIND = 0, 1, 2
_REASONS = (GapReason.paused, GapReason.disk_behind)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch [start, end) that arrived and was not recorded, in ms, and why."""

    start_ms: int
    end_ms: int
    packets: int
    reason: GapReason


@dataclass(frozen=True)
class SegmentContent:
    """What a segment file holds; `closed`: it ends with its index."""

    packets: tuple[Packet, ...]
    closed: bool
    left_out: tuple[LeftOut, ...] = ()


def place_of_segment(segment_id: UUID) -> str:
    """Return the place a segment's bytes are bound to."""
    return f"segment:{segment_id}"


class SegmentWriter:
    """Seals records and appends them to a sink; not thread-safe.

    A record the sink did not take stays as it was sealed and is offered again: sealing other words
    under its number would use a nonce twice.
    """

    def __init__(self, sink: Sink, box: Box, place: str) -> None:
        header = _HEADER.pack(_MAGIC, box.version, os.urandom(16))
        self._sink = sink
        self._sealer = _Sealer(box, header, place)
        self._pending = bytearray()
        self._left_out = bytearray()
        self._unwritten = bytearray(header)
        self.records = 0
        self.packets = 0
        self.end_ms = 0

    @property
    def pending(self) -> int:
        """Return how many bytes wait for the next record."""
        return len(self._pending)

    @property
    def unwritten(self) -> int:
        """Return how many sealed bytes the sink did not take yet."""
        return len(self._unwritten)

    def add(self, packet: Packet) -> None:
        """Keep a packet for the next record."""
        self._pending += _PACKET.pack(packet.at_ms, len(packet.data)) + packet.data
        self.packets += 1
        self.end_ms = max(self.end_ms, packet.at_ms)

    def leave_out(self, stretch: LeftOut) -> None:
        """Keep a note on what is not recorded for the next record."""
        number = _REASONS.index(stretch.reason)
        self._left_out += _LEFT_OUT.pack(stretch.start_ms, stretch.end_ms, stretch.packets, number)

    def seal(self) -> None:
        """Write what is pending; once this returns it survives the process.

        Raises `OSError` when the sink does not take it; the next call offers it again.
        """
        for kind, waiting in ((_LEFT_OUT_KIND, self._left_out), (_PACKETS_KIND, self._pending)):
            if waiting:
                self._append(kind, bytes(waiting))
                waiting.clear()
        self._write()

    def close(self) -> None:
        """Seal the rest and the index; the sink stays open for its owner to close."""
        self.seal()
        self._append(_INDEX_KIND, _INDEX.pack(self.records, self.packets, self.end_ms))
        self._write()

    def _append(self, kind: int, plain: bytes) -> None:
        sealed = self._sealer.seal(kind, self.records, plain)
        self.records += 1
        self._unwritten += _RECORD.pack(len(sealed), kind) + sealed

    def _write(self) -> None:
        if self._unwritten:
            self._sink.append(bytes(self._unwritten))
            self._unwritten.clear()


class SegmentReader:
    """Reads a segment file piece by piece, as far as it has grown."""

    def __init__(self, box: Box, place: str) -> None:
        self._box = box
        self._place = place
        self._rest = bytearray()
        self._sealer: _Sealer | None = None
        self._number = 0
        self._packets = 0
        self.closed = False
        self.left_out: list[LeftOut] = []

    def feed(self, data: bytes) -> list[Packet]:
        """Return the packets of every record that these bytes complete.

        `Unreadable` with code `seal_broken` when a record was altered, moved or dropped.
        """
        self._rest += data
        found: list[Packet] = []
        for kind, sealed in self._records():
            found += self._open(kind, sealed)
        return found

    def _records(self) -> Iterator[tuple[int, bytes]]:
        if self._sealer is None:
            if len(self._rest) < _HEADER.size:
                return
            header = bytes(self._rest[: _HEADER.size])
            if not header.startswith(_MAGIC):
                raise _broken()
            self._sealer = _Sealer(self._box, header, self._place)
            del self._rest[: _HEADER.size]
        at = 0
        while at + _RECORD.size <= len(self._rest):
            length, kind = _RECORD.unpack_from(self._rest, at)
            if at + _RECORD.size + length > len(self._rest):
                break
            at += _RECORD.size + length
            yield kind, bytes(self._rest[at - length : at])
        del self._rest[:at]

    def _open(self, kind: int, sealed: bytes) -> list[Packet]:
        assert self._sealer is not None
        plain = self._sealer.open(kind, self._number, sealed)
        if self.closed:
            raise _broken()
        if kind == _INDEX_KIND:
            records, packets, _ = _INDEX.unpack(plain)
            if (records, packets) != (self._number, self._packets):
                raise _broken()
            self.closed = True
        self._number += 1
        if kind == _LEFT_OUT_KIND:
            self.left_out += (
                LeftOut(start, end, packets, _REASONS[number])
                for start, end, packets, number in _LEFT_OUT.iter_unpack(plain)
            )
        found = list(_packets(plain)) if kind == _PACKETS_KIND else []
        self._packets += len(found)
        return found


def read_segment(data: bytes, box: Box, place: str) -> SegmentContent:
    """Return what a segment file holds.

    A file cut off in the middle of a record is read up to the last whole one; one that was
    altered raises `Unreadable` with code `seal_broken`.
    """
    reader = SegmentReader(box, place)
    packets = reader.feed(data)
    return SegmentContent(tuple(packets), closed=reader.closed, left_out=tuple(reader.left_out))


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
        except (InvalidTag, ValueError) as wrong:
            raise _broken() from wrong

    def _ad(self, kind: int) -> bytes:
        return self._bound + bytes([kind])


def _broken() -> Unreadable:
    return Unreadable("segment was altered", code="seal_broken")


def _packets(plain: bytes) -> Iterator[Packet]:
    at = 0
    while at < len(plain):
        at_ms, length = _PACKET.unpack_from(plain, at)
        at += _PACKET.size
        yield Packet(at_ms, plain[at : at + length])
        at += length
