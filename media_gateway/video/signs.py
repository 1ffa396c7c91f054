"""Reads from arrivals and reports how a line does: loss, queueing, round trip, silence. Pure.

The voice is the probe: 50 packets a second of even size, whatever the picture does. Times are
monotonic milliseconds.
"""

from collections import deque

from media_gateway.video.ladder import Signs

LOSS_WINDOW_MS = 2000
QUEUE_WINDOW_MS = 500
BEST_WINDOW_MS = 30_000
"""The best delay of so long is what delays are compared with: clocks of two machines drift."""

FRESH_MS = 5000
"""A round trip that was told longer ago says nothing any more."""

LATE_MS = 100

_RTP_PER_MS = 48
_LEAP_MS = 10_000
_LEAST_PACKETS = 20


class _Lowest:
    """The lowest of the values that were added in the last `window_ms`; at least the newest."""

    def __init__(self, window_ms: float) -> None:
        self._window_ms = window_ms
        self._rising: deque[tuple[float, float]] = deque()

    @property
    def value(self) -> float:
        return self._rising[0][1]

    def add(self, value: float, at_ms: float) -> None:
        while self._rising and self._rising[-1][1] >= value:
            self._rising.pop()
        self._rising.append((at_ms, value))
        while self._rising[0][0] < at_ms - self._window_ms:
            self._rising.popleft()


class Beat:
    """Tells of each beat whether it came late: then this process was held up, not the line."""

    def __init__(self, every_ms: float) -> None:
        self._every_ms = every_ms
        self._last_ms: float | None = None

    def late(self, at_ms: float) -> bool:
        """Take the next beat."""
        last, self._last_ms = self._last_ms, at_ms
        return last is not None and at_ms - last > self._every_ms + LATE_MS


class SignsOf:
    """What one connection showed; made anew with each."""

    def __init__(self, now_ms: float) -> None:
        self._last_ms = now_ms
        self._first_timestamp: int | None = None
        self._recent = _Lowest(QUEUE_WINDOW_MS)
        self._best = _Lowest(BEST_WINDOW_MS)
        self._last_delay: float | None = None
        self._counts: deque[tuple[float, int, int]] = deque()
        self._round_trips: dict[str, tuple[float, float]] = {}
        self._best_round_trip: dict[str, _Lowest] = {}
        self._sender_queue: tuple[float, float] | None = None

    def arrived(self, timestamp: int, at_ms: float) -> None:
        """A packet of the voice is here; `timestamp` is RTP's, 48 kHz, 32 bit."""
        self._last_ms = at_ms
        if self._first_timestamp is None:
            self._first_timestamp = timestamp
        sent_ms = ((timestamp - self._first_timestamp) & 0xFFFFFFFF) / _RTP_PER_MS
        delay = at_ms - sent_ms
        if self._last_delay is not None and abs(delay - self._last_delay) > _LEAP_MS:
            # Another clock: a new source, or one that began anew.
            self._recent, self._best = _Lowest(QUEUE_WINDOW_MS), _Lowest(BEST_WINDOW_MS)
        self._last_delay = delay
        self._recent.add(delay, at_ms)
        self._best.add(delay, at_ms)

    def counted(self, expected: int, received: int, at_ms: float) -> None:
        """So many packets should have come and came, since the connection began."""
        self._counts.append((at_ms, expected, received))
        while len(self._counts) > 1 and self._counts[1][0] <= at_ms - LOSS_WINDOW_MS:
            self._counts.popleft()

    def round_trip(self, source: str, rtt_ms: float, at_ms: float) -> None:
        """A round trip, as this source measures it: only its own best is a measure for it."""
        self._round_trips[source] = (at_ms, rtt_ms)
        best = self._best_round_trip.setdefault(source, _Lowest(BEST_WINDOW_MS))
        best.add(rtt_ms, at_ms)

    def sender_queue(self, queue_ms: float, at_ms: float) -> None:
        """So long packets waited in the page before they left."""
        self._sender_queue = (at_ms, queue_ms)

    def now(self, at_ms: float) -> Signs:
        """Return what the line shows now."""
        return Signs(
            loss=self._loss(),
            queue_ms=round(max(self._queue(), self._waiting(at_ms))),
            rtt_rise_ms=round(self._rise(at_ms)),
            silent_ms=round(at_ms - self._last_ms),
        )

    def _loss(self) -> float:
        if len(self._counts) < 2:
            return 0.0
        _, expected, received = self._counts[0]
        expected = self._counts[-1][1] - expected
        lost = expected - (self._counts[-1][2] - received)
        # A handful of packets is no measure.
        return min(1.0, max(0, lost) / max(expected, _LEAST_PACKETS))

    def _queue(self) -> float:
        """Return by how much even the luckiest packet of the last moments was late."""
        return self._recent.value - self._best.value if self._last_delay is not None else 0.0

    def _waiting(self, at_ms: float) -> float:
        told = self._sender_queue
        return told[1] if told and at_ms - told[0] < FRESH_MS else 0.0

    def _rise(self, at_ms: float) -> float:
        rises = (
            rtt - self._best_round_trip[source].value
            for source, (when, rtt) in self._round_trips.items()
            if at_ms - when < FRESH_MS
        )
        return max(rises, default=0.0)
