"""How often something may happen: a sliding window made of two counters.

The count of the last whole window fades out while the present one fills (the "sliding window
counter"): one number a window to store, and no burst of twice the limit at its border.
"""

import math

from interloop.domain.base import Value


class Rate(Value):
    """What one attempt came to; seconds are whole and never less than the wait."""

    limit: int
    window_s: int
    allowed: bool
    remaining: int
    reset_s: int
    """Until the present window ends."""
    retry_s: int
    """Until the next attempt is let in; 0 when one would be now."""


def weigh(limit: int, window_s: int, *, before: int, here: int, into_s: float) -> Rate:
    """Judge the attempt that made the present count `here`, `into_s` seconds into its window.

    `before` is the count of the window before. An attempt that is refused must not be counted.
    """
    fading = before * (1 - into_s / window_s)
    allowed = fading + here <= limit
    counted = here if allowed else here - 1
    return Rate(
        limit=limit,
        window_s=window_s,
        allowed=allowed,
        remaining=max(0, math.floor(limit - fading - counted)),
        reset_s=math.ceil(window_s - into_s),
        retry_s=_wait(limit, window_s, before=before, here=counted, into_s=into_s),
    )


def _wait(limit: int, window_s: int, *, before: int, here: int, into_s: float) -> int:
    """Return in how many seconds one more fits beside `before` and `here`."""
    if before * (1 - into_s / window_s) + here + 1 <= limit:
        return 0
    if here + 1 <= limit:
        # Enough of the window before must have faded.
        return math.ceil(_fades_at(limit - here - 1, before, window_s) - into_s)
    return math.ceil(window_s - into_s + _fades_at(limit - 1, here, window_s))


def _fades_at(room: int, count: int, window_s: int) -> float:
    """Return how far into the following window `count` weighs no more than `room`."""
    return window_s * (1 - room / count) if count > room else 0.0
