"""How much a page may send: a steady rate and a burst, as after a stalled line."""

import time


class Allowance:
    """A token bucket."""

    def __init__(self, *, per_second: float, burst: float) -> None:
        self._per_second = per_second
        self._burst = self._left = burst
        self._at = time.monotonic()

    def spend(self, amount: float) -> bool:
        """Take this much; false when it is not there."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True
