"""The voice over a WebSocket of its own (`<address>/wire`), for networks that block UDP.

The page asks for a pass over the room's socket (`wire_ask`, `wire_pass`) and sends it as the
socket's first message, as text; the gateway answers with the text `open`. From then on both sides
send binary frames. Header, big endian: kind (1 byte) | sequence (2) | timestamp, 48 kHz (4) |
number of interviewer's packets that arrived at the page so far, modulo 2^16 (2). Then the payload.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

from interloop.domain.errors import Unreadable

HEADER = struct.Struct(">BHIH")
MAX_AUDIO_BYTES = 1300
"""The largest Opus packet has 1,275 bytes (RFC 6716, section 3.2.1)."""

OPEN = "open"


class WireClose(IntEnum):
    """Why the gateway closes a wire; the page asks for another pass, or goes another way."""

    over = 1000
    replaced = 4001
    bad_pass = 4003
    bad_frame = 4008
    too_many = 4029


class FrameKind(IntEnum):
    """What a frame carries."""

    clock = 1
    """From the page, before all else: the timestamp its microphone has reached. No payload."""
    microphone = 2
    """From the page: one Opus packet of 20 ms, mono."""
    interviewer = 3
    """From the gateway: one Opus packet of 20 ms; nothing is sent while it is silent."""
    hush = 4
    """From the gateway: drop what was not played yet. No payload."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One binary message."""

    kind: FrameKind
    sequence: int
    timestamp: int
    heard: int = 0
    payload: bytes = b""

    def packed(self) -> bytes:
        """Return the message."""
        head = HEADER.pack(
            self.kind, self.sequence & 0xFFFF, self.timestamp & 0xFFFFFFFF, self.heard & 0xFFFF
        )
        return head + self.payload


def read_frame(message: bytes) -> Frame:
    """Return a page's frame; `Unreadable` (`bad_frame`) for anything else."""
    if len(message) < HEADER.size or len(message) > HEADER.size + MAX_AUDIO_BYTES:
        raise Unreadable("not the size of a frame", code="bad_frame")
    kind, sequence, timestamp, heard = HEADER.unpack_from(message)
    payload = message[HEADER.size :]
    fits = {FrameKind.clock: not payload, FrameKind.microphone: bool(payload)}
    if not fits.get(kind, False):
        raise Unreadable("not a frame of a page", code="bad_frame")
    return Frame(FrameKind(kind), sequence, timestamp, heard, payload)
