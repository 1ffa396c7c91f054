"""Places RTP timestamps on the interview clock."""

from typing import Protocol

_DRIFT_MS = 200
_RTP_PER_MS = 48


class Placing(Protocol):
    """Says when a timestamp was."""

    def ms(self, timestamp: int, now_ms: int) -> int:
        """Return the ms of this timestamp; `now_ms` is when it arrived."""
        ...


class CaptureTimeline:
    """Follows the clock of a microphone whose packets come late but never out of order.

    A stalled line delivers them in a burst: each stands where it was said, not where it arrived.
    """

    def __init__(self) -> None:
        self._offset: int | None = None

    def set_clock(self, timestamp: int, now_ms: int) -> None:
        """The microphone has reached this timestamp (48 kHz) now."""
        self._offset = now_ms - timestamp // _RTP_PER_MS

    def ms(self, timestamp: int, now_ms: int) -> int:
        """Return the ms of this timestamp; nothing was said later than now."""
        own = timestamp // _RTP_PER_MS
        if self._offset is None or own + self._offset > now_ms:
            self._offset = now_ms - own
        return own + self._offset

    def beside(self, timestamp: int, now_ms: int) -> int:
        """Return the ms of a picture on the same clock, which moves no word from its place."""
        if self._offset is None:
            return now_ms
        return max(0, min(timestamp // _RTP_PER_MS + self._offset, now_ms))


class Timeline:
    """Follows the sender's clock, so that frames meet without a seam, until both part ways."""

    def __init__(self, units_per_ms: int, patience_ms: int = 0) -> None:
        """What comes late for less than `patience_ms` was only held up on its way, or by us."""
        self._units = units_per_ms
        self._patience_ms = patience_ms
        self._offset: int | None = None
        self._late: tuple[int, int] | None = None

    def ms(self, timestamp: int, now_ms: int) -> int:
        """Return the ms of this timestamp; `now_ms` is when it arrived."""
        own = timestamp // self._units
        if self._offset is None:
            self._offset = now_ms - own
        late_ms = now_ms - own - self._offset
        if late_ms < -_DRIFT_MS:
            self._offset += late_ms
        self._offset += self._shift(late_ms, now_ms)
        return own + self._offset

    def _shift(self, late_ms: int, now_ms: int) -> int:
        """Return by how much the clocks have parted: the least lateness, once it lasts."""
        if late_ms <= _DRIFT_MS:
            self._late = None
            return 0
        since, least = self._late or (now_ms, late_ms)
        self._late = (since, min(least, late_ms))
        if now_ms - since < self._patience_ms:
            return 0
        least, self._late = self._late[1], None
        return least
