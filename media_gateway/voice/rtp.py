"""What RTP counts in 32 bits, counted on."""

_WRAP = 1 << 32


class Timestamps:
    """Unwraps the timestamps of one stream (RFC 3550, 5.1), given in about their order."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._wraps = 0

    def unwrapped(self, timestamp: int) -> int:
        """Return the timestamp as a number that goes on where 32 bits begin anew."""
        last, self._last = self._last, timestamp
        if last is not None and timestamp < last and last - timestamp > _WRAP // 2:
            self._wraps += 1
        return self._wraps * _WRAP + timestamp
