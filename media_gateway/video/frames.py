"""Puts packets of a VP8 stream (RFC 7741) together to whole frames, and never waits long for one.

A missing packet is asked for again by aiortc (NACK). What has not come `GAP_MS` after its
successor is given up: everything up to the next key frame is dropped, and a key frame is wanted.
"""

from dataclasses import dataclass

from interloop.recording.film import is_key_frame
from media_gateway.voice.rtp import Timestamps

GAP_MS = 250
MOST_PACKETS = 1024
"""More waiting than this (a key frame of 1.2 MB) is given up too."""

_HALF = 1 << 15
_JUMP = 3000
"""A leap of so many sequence numbers is a new start, not a loss."""


@dataclass(frozen=True, slots=True)
class VideoPacket:
    """One RTP packet: sequence number (16 bit), timestamp (32 bit, 90 kHz), and its place."""

    sequence: int
    timestamp: int
    first: bool
    """Begins a frame (S = 1, PID = 0 in the payload descriptor)."""
    last: bool
    """Ends a frame (the marker bit)."""
    data: bytes
    """Without the payload descriptor; empty in a packet that only fills."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole encoded picture; `timestamp` is unwrapped."""

    timestamp: int
    data: bytes

    @property
    def key(self) -> bool:
        """Tell whether it can be shown without any other."""
        return is_key_frame(self.data)


@dataclass(frozen=True, slots=True)
class _Held:
    packet: VideoPacket
    arrived_ms: int


def begins_frame(payload: bytes) -> bool:
    """Tell whether this VP8 payload, with its descriptor, is the first of a frame."""
    return bool(payload) and payload[0] & 0x17 == 0x10


class Frames:
    """The packets of one stream that wait for their neighbours."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._next: int | None = None
        self._highest = 0
        self._timestamps = Timestamps()
        self.broken = True
        """A key frame is needed before anything can be shown."""

    def add(self, packet: VideoPacket, now_ms: int) -> list[Frame]:
        """Take a packet as it arrives; return the frames it made whole, oldest first."""
        number = self._unwrapped(packet.sequence)
        if self._next is None:
            self._next = number
        if number < self._next:
            return []
        self._held[number] = _Held(packet, now_ms)
        whole = self._release()
        if self._gave_up(now_ms):
            whole += self._release()
        return whole

    def _unwrapped(self, sequence: int) -> int:
        """Return a number that goes on where 16 bits begin anew."""
        if self._next is None:
            self._highest = sequence
        step = ((sequence - self._highest + _HALF) & 0xFFFF) - _HALF
        number = self._highest + step
        if abs(step) > _JUMP:
            self._start_again(number)
        self._highest = max(self._highest, number)
        return number

    def _start_again(self, at: int) -> None:
        self._held.clear()
        self._next, self._highest, self.broken = at, at, True

    def _release(self) -> list[Frame]:
        whole: list[Frame] = []
        while (run := self._run()) is not None:
            assert self._next is not None
            self._next += len(run)
            data = b"".join(packet.data for packet in run)
            if data:
                frame = Frame(self._timestamps.unwrapped(run[0].timestamp), data)
                self.broken = (self.broken and not frame.key) or not run[0].first
                if not self.broken:
                    whole.append(frame)
        return whole

    def _run(self) -> list[VideoPacket] | None:
        """Take out the packets from the next one to the end of its frame, when all are there."""
        assert self._next is not None
        at = self._next
        while at in self._held:
            packet = self._held[at].packet
            at += 1
            fills = not packet.data and at == self._next + 1
            if packet.last or fills:
                return [self._held.pop(number).packet for number in range(self._next, at)]
        return None

    def _gave_up(self, now_ms: int) -> bool:
        """Leave a gap behind that lasts too long; tell whether something was left behind."""
        assert self._next is not None
        hole = self._next
        while hole in self._held:
            hole += 1
        after = [number for number in self._held if number > hole]
        if not after:
            return False
        waited = now_ms - self._held[min(after)].arrived_ms
        if waited < GAP_MS and len(self._held) <= MOST_PACKETS:
            return False
        keys = [number for number in after if _begins_key(self._held[number].packet)]
        self._next = min(keys, default=self._highest + 1)
        for number in [number for number in self._held if number < self._next]:
            del self._held[number]
        self.broken = True
        return True


def _begins_key(packet: VideoPacket) -> bool:
    return packet.first and is_key_frame(packet.data)
