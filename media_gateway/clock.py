"""The interview clock: milliseconds since the first join, running on over lines and takeovers."""

import time

LONGEST_GAP_MS = 30_000
"""A takeover adds the real time that was lost, but no more than this for a long pause."""


class InterviewClock:
    """Reads monotonic milliseconds; a takeover continues from the highest stored reading."""

    def __init__(self, *, stored_ms: int, since_join_ms: int) -> None:
        """`stored_ms`: the highest reading in the database; `since_join_ms`: by the wall clock."""
        gap = min(max(since_join_ms - stored_ms, 0), LONGEST_GAP_MS)
        self._base_ms = stored_ms + gap
        self._began = time.monotonic()

    def ms(self) -> int:
        """Return the present reading in ms."""
        return self._base_ms + int((time.monotonic() - self._began) * 1000)
