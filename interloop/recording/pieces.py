"""Pieces of voice that a candidate's device kept: read as they are sent, sealed as they are stored.

A piece is a row of packets: ms on the interview clock (4 bytes, big endian) | length (4) | Opus.
"""

import struct
from collections.abc import Sequence
from itertools import pairwise

from interloop.domain.errors import TooLarge, Unreadable
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentWriter
from interloop.security.sealing import Box

MAX_PIECE_BYTES = 64 * 1024
_PACKET = struct.Struct(">II")
_MOST_BYTES = 1275
"""The largest Opus frame (RFC 6716, 3.2.1)."""

_MOST_APART_MS = 60
_LONGEST_MS = 10_000
_LATEST_MS = 24 * 3600 * 1000


def read_piece(data: bytes) -> tuple[Packet, ...]:
    """Return the packets of a piece.

    `TooLarge` beyond 64 KiB; `Unreadable` with code `bad_piece` when it is none: packets in order
    of time, at most 60 ms apart, no longer than 10 s together.
    """
    if len(data) > MAX_PIECE_BYTES:
        raise TooLarge("a piece may have 64 KiB", code="too_large")
    packets: list[Packet] = []
    at = 0
    while at < len(data):
        if at + _PACKET.size > len(data):
            raise _bad()
        at_ms, length = _PACKET.unpack_from(data, at)
        at += _PACKET.size
        if not 0 < length <= min(_MOST_BYTES, len(data) - at):
            raise _bad()
        packets.append(Packet(at_ms, data[at : at + length]))
        at += length
    _check_times([packet.at_ms for packet in packets])
    return tuple(packets)


def seal_piece(packets: Sequence[Packet], box: Box, place: str) -> bytes:
    """Return a closed segment file with these packets."""
    sink = _Bytes()
    writer = SegmentWriter(sink, box, place)
    for packet in packets:
        writer.add(packet)
    writer.close()
    return bytes(sink.data)


class _Bytes:
    """A sink in memory: a piece is stored whole or not at all."""

    def __init__(self) -> None:
        self.data = bytearray()

    def append(self, data: bytes) -> None:
        self.data += data


def _check_times(times: Sequence[int]) -> None:
    if not times or times[-1] > _LATEST_MS or times[-1] - times[0] > _LONGEST_MS:
        raise _bad()
    if any(not 0 < after - before <= _MOST_APART_MS for before, after in pairwise(times)):
        raise _bad()


def _bad() -> Unreadable:
    return Unreadable("this is no piece of voice", code="bad_piece")
