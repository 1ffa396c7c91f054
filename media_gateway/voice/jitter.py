"""Puts audio packets back in order without ever waiting long: speech beats completeness."""

from collections.abc import Callable

from media_gateway.voice.rtp import Timestamps

DEPTH = 3
"""Packets (20 ms each) that may come before a missing one is given up."""

_HALF = 1 << 15
_JUMP = 1000
"""A leap of so many sequence numbers is a new start, not a loss."""


class AudioJitter:
    """Releases in order at once; a gap is skipped after `DEPTH` later packets."""

    def __init__(self, release: Callable[[int, bytes], None]) -> None:
        """`release` takes the unwrapped RTP timestamp (48 kHz) and the payload."""
        self._release = release
        self._next: int | None = None
        self._waiting: dict[int, tuple[int, bytes]] = {}
        self._timestamps = Timestamps()

    def add(self, sequence: int, timestamp: int, payload: bytes) -> None:
        """Take a packet as it arrives; one that comes too late or twice is dropped."""
        if self._next is None:
            self._next = sequence
        ahead = (sequence - self._next) & 0xFFFF
        if ahead >= _HALF:
            if _HALF * 2 - ahead < _JUMP:
                return
            ahead = 0
        if ahead > _JUMP or (ahead == 0 and sequence != self._next):
            self._waiting.clear()
            self._next = sequence
        self._waiting[sequence] = (timestamp, payload)
        if len(self._waiting) > DEPTH:
            self._next = min(self._waiting, key=self._distance)
        while self._next in self._waiting:
            self._out(*self._waiting.pop(self._next))
            self._next = (self._next + 1) & 0xFFFF

    def _distance(self, sequence: int) -> int:
        return (sequence - (self._next or 0)) & 0xFFFF

    def _out(self, timestamp: int, payload: bytes) -> None:
        self._release(self._timestamps.unwrapped(timestamp), payload)
