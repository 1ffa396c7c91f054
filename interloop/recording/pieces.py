"""Pieces that a candidate's device kept: read as they are sent, sealed as they are stored.

A piece is a row of packets: ms on the interview clock (4 bytes, big endian) | length (4) | bytes:
Opus of the microphone, or VP8 of the camera, the first picture of a piece standing alone.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interloop.domain.errors import TooLarge, Unreadable
from interloop.domain.recording import DeviceSource, SegmentSource
from interloop.domain.wire import is_picture
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentWriter
from interloop.recording.film import HOLE_MS, is_key_frame
from interloop.security.sealing import Box

_PACKET = struct.Struct(">II")
_MOST_BYTES = 1275
"""The largest Opus frame (RFC 6716, 3.2.1)."""

_LONGEST_MS = 10_000
_LATEST_MS = 24 * 3600 * 1000


@dataclass(frozen=True)
class Kind:
    """What a piece of one source may be."""

    source: SegmentSource
    codec: str
    most_bytes: int
    most_apart_ms: int
    is_packet: Callable[[bytes], bool]
    may_begin: Callable[[bytes], bool]


KINDS = {
    DeviceSource.microphone: Kind(
        source=SegmentSource.candidate_audio,
        codec="opus",
        most_bytes=64 * 1024,
        most_apart_ms=60,
        is_packet=lambda data: len(data) <= _MOST_BYTES,
        may_begin=bool,
    ),
    DeviceSource.camera: Kind(
        source=SegmentSource.candidate_video,
        codec="vp8",
        most_bytes=128 * 1024,
        most_apart_ms=HOLE_MS,
        is_packet=is_picture,
        may_begin=is_key_frame,
    ),
}


def read_piece(data: bytes, of: DeviceSource = DeviceSource.microphone) -> tuple[Packet, ...]:
    """Return the packets of a piece.

    `TooLarge` beyond the size of its kind; `Unreadable` with code `bad_piece` when it is none:
    packets in order of time, no further apart than its kind allows, no longer than 10 s together.
    """
    kind = KINDS[of]
    if len(data) > kind.most_bytes:
        raise TooLarge(f"a piece may have {kind.most_bytes // 1024} KiB", code="too_large")
    packets: list[Packet] = []
    at = 0
    while at < len(data):
        if at + _PACKET.size > len(data):
            raise _bad()
        at_ms, length = _PACKET.unpack_from(data, at)
        at += _PACKET.size
        packet = data[at : at + length]
        if not packet or len(packet) < length or not kind.is_packet(packet):
            raise _bad()
        packets.append(Packet(at_ms, packet))
        at += length
    _check(packets, kind)
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


def _check(packets: Sequence[Packet], kind: Kind) -> None:
    if not packets or not kind.may_begin(packets[0].data):
        raise _bad()
    times = [packet.at_ms for packet in packets]
    if times[-1] > _LATEST_MS or times[-1] - times[0] > _LONGEST_MS:
        raise _bad()
    if any(not 0 < after - before <= kind.most_apart_ms for before, after in pairwise(times)):
        raise _bad()


def _bad() -> Unreadable:
    return Unreadable("this is no piece of a recording", code="bad_piece")
