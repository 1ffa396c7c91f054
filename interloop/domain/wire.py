"""Voice and picture over a WebSocket of their own (`<address>/wire`), where UDP is blocked.

The page asks for a pass over the room's socket (`wire_ask`, `wire_pass`) and sends it as the
socket's first message, as text; the gateway answers with the text `open`. From then on both sides
send binary frames. Header, big endian: kind (1 byte) | sequence (2) | timestamp, 48 kHz (4) |
number of interviewer's packets that arrived at the page so far, modulo 2^16 (2). Then the payload.
A picture has the microphone's clock, so both stand in their place however late they come.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from interloop.domain.errors import Unreadable

HEADER = struct.Struct(">BHIH")
MAX_AUDIO_BYTES = 1300
"""The largest Opus packet has 1,275 bytes (RFC 6716, section 3.2.1)."""

MAX_PICTURE_BYTES = 64 * 1024
"""A key frame of 360 lines at 150 kbit/s has a third of this."""

LONGEST_SIDE = 1280
"""Of a picture, in points: ten times as many as the page sends."""

OPEN = "open"

_KEY_START = b"\x9d\x01\x2a"
_KEY_HEADER, _HEADER = 10, 3


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
    picture = 5
    """From the page: one whole VP8 frame of the candidate's camera."""
    key_wanted = 6
    """From the gateway: let the next picture stand alone. No payload."""
    seen = 7
    """From the gateway: the picture of this sequence number arrived. No payload."""


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
    if len(message) < HEADER.size:
        raise Unreadable("not the size of a frame", code="bad_frame")
    kind, sequence, timestamp, heard = HEADER.unpack_from(message)
    payload = message[HEADER.size :]
    fits = _FITS.get(kind)
    if fits is None or not fits(payload):
        raise Unreadable("not a frame of a page", code="bad_frame")
    return Frame(FrameKind(kind), sequence, timestamp, heard, payload)


def is_picture(payload: bytes) -> bool:
    """Tell whether this has the outside of a VP8 frame of the size a page makes (RFC 6386, 9.1)."""
    if not _HEADER < len(payload) <= MAX_PICTURE_BYTES:
        return False
    key = not payload[0] & 1
    first_part = int.from_bytes(payload[:3], "little") >> 5
    if (_KEY_HEADER if key else _HEADER) + first_part > len(payload):
        return False
    return not key or (payload[3:6] == _KEY_START and _is_size(payload[6:_KEY_HEADER]))


def _is_size(sides: bytes) -> bool:
    if len(sides) < 4:
        return False
    return all(0 < side & 0x3FFF <= LONGEST_SIDE for side in struct.unpack("<HH", sides))


_FITS: dict[int, Callable[[bytes], bool]] = {
    FrameKind.clock: lambda payload: not payload,
    FrameKind.microphone: lambda payload: 0 < len(payload) <= MAX_AUDIO_BYTES,
    FrameKind.picture: is_picture,
}
