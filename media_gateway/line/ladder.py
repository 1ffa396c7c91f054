"""How to reach the live model next: by handle, afresh with the turns so far, or with less of them.

The last rung is writing: it stands while nothing here succeeds. What a service closes with decides
the way down: 1007 means that this very context was refused, so it is never sent again; 1008 and
1011 are tried again a few times, with a handle only once.
"""

_PAUSES_S = (0.1, 0.3, 0.5, 1.0, 1.0, 2.0)
_QUOTA_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0)
_STRIKES = 2
"""Sessions of one handle that may die before they did anything; then the handle is to blame."""


class Ladder:
    """Remembers what failed. Times are seconds of one monotonic clock."""

    def __init__(self, handle_s: float, handle: str | None = None, *, now: float = 0.0) -> None:
        """`handle` continues a conversation of an earlier gateway."""
        self._handle_s = handle_s
        self._handle = handle
        self._handle_at = now
        self._failures = 0
        self._strikes = 0
        self._quota = False
        self.brief = False
        """Whether a fresh session is told only the gist: the whole was refused."""

    def handle(self, now: float) -> str | None:
        """Return the handle to resume with; none when a fresh session is to be opened."""
        return self._handle if now - self._handle_at < self._handle_s else None

    def keep(self, handle: str, now: float) -> None:
        """The service has issued a newer handle."""
        self._handle, self._handle_at = handle, now

    def failed(self, code: str) -> None:
        """A session could not be had, or died before it did anything; `code` says why."""
        self._failures += 1
        self._quota = code == "quota"
        self._lost(code)
        self._strikes += code != "quota"
        if self._strikes >= _STRIKES:
            self._handle = None

    def lost(self, code: str) -> None:
        """A session that had worked is gone."""
        self._failures = self._strikes = 0
        self._quota = False
        self._lost(code)

    @property
    def failing(self) -> bool:
        """Tell whether the last attempt failed."""
        return self._failures > 0

    @property
    def pause_s(self) -> float:
        """Return how long to wait before the next attempt; nothing after a session that worked."""
        if self._failures == 0:
            return 0.0
        pauses = _QUOTA_PAUSES_S if self._quota else _PAUSES_S
        return pauses[min(self._failures, len(pauses)) - 1]

    def _lost(self, code: str) -> None:
        if code == "context_refused":
            self._handle, self.brief = None, True
        elif code == "handle_unknown":
            self._handle = None
