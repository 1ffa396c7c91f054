"""Places RTP timestamps on the interview clock."""

_DRIFT_MS = 200


class Timeline:
    """Follows the sender's clock, so that frames meet without a seam, until both part ways."""

    def __init__(self, units_per_ms: int) -> None:
        self._units = units_per_ms
        self._offset: int | None = None

    def ms(self, timestamp: int, now_ms: int) -> int:
        """Return the ms of this timestamp; `now_ms` is when it arrived."""
        own = timestamp // self._units
        if self._offset is None or abs(own + self._offset - now_ms) > _DRIFT_MS:
            # A first packet, a gap, or clocks that drifted apart.
            self._offset = now_ms - own
        return own + self._offset
