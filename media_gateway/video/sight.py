"""What one carrier shows: the candidate's picture, and the signs of its line."""

import time

from media_gateway.video.frames import VideoPacket
from media_gateway.video.ladder import Signs
from media_gateway.video.signs import SignsOf
from media_gateway.video.watching import Watching
from media_gateway.voice.aiortc_private import Take
from media_gateway.voice.peer import Peer


class Sight:
    """Made with its carrier; counts from the first moment, whether or not it has taken over."""

    def __init__(self, watching: Watching | None, *, wired: bool = False) -> None:
        """`watching` takes the picture; nothing: the candidate did not agree to that.

        `wired`: nothing is lost on this line, and a picture waits before the voice.
        """
        self._watching = watching
        self.wired = wired
        self._counts = False
        self._signs = SignsOf(now_ms())
        self._round_trip: float | None = None
        self.peer: Peer | None = None

    @property
    def agreed(self) -> bool:
        """Tell whether the candidate agreed that their picture is recorded."""
        return self._watching is not None

    @property
    def wanted(self) -> bool:
        """Tell whether a picture came that may be recorded."""
        return self._watching is not None and self._watching.wanted

    def begin(self, after_ms: int) -> None:
        """Be the one whose picture counts; what an earlier one showed ends at `after_ms`."""
        self._counts = True
        if self._watching is not None:
            self._watching.begin(after_ms)

    def end(self) -> int:
        """Take no picture any more; return up to where it is recorded."""
        self._counts = False
        return -1 if self._watching is None else self._watching.until_ms

    def record(self) -> None:
        """The segment is open."""
        if self._watching is not None:
            self._watching.record()

    def hearing(self, take: Take) -> Take:
        """Return `take`, with an eye on when each packet of the voice comes."""

        def heard(sequence: int, timestamp: int, payload: bytes) -> None:
            self._signs.arrived(timestamp, now_ms())
            take(sequence, timestamp, payload)

        return heard

    def take_picture(self, packet: VideoPacket) -> bool:
        """Take a packet of the picture; tell whether a key frame is wanted now."""
        watching = self._watching
        return self._counts and watching is not None and watching.take(packet)

    def take_whole(self, at_ms: int, data: bytes) -> bool:
        """Take a picture that came in one piece; tell the same."""
        watching = self._watching
        return self._counts and watching is not None and watching.take_whole(at_ms, data)

    def told(self, *, rtt_ms: float | None, queue_ms: float | None) -> None:
        """The page tells how the line looks from there."""
        if rtt_ms is not None:
            self._signs.round_trip("page", rtt_ms, now_ms())
        if queue_ms is not None:
            self._signs.sender_queue(queue_ms, now_ms())

    async def signs(self) -> Signs:
        """Return what the line shows now."""
        if self.peer is None:
            return self._signs.now(now_ms())
        round_trip = await self.peer.round_trip_ms()
        now = now_ms()
        if round_trip is not None and round_trip != self._round_trip:
            # The same one again is no newer report.
            self._round_trip = round_trip
            self._signs.round_trip("reports", round_trip, now)
        self._signs.counted(*self.peer.counted(), now)
        return self._signs.now(now)


def now_ms() -> float:
    """Return monotonic milliseconds."""
    return time.monotonic() * 1000
