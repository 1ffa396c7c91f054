"""When to leave a session: before the service does, and when it has gone silent or mad.

A timer looks here ten times a second; nothing depends on a message that may never come.
"""

from interloop.domain.live_model import LiveCapabilities

_SEEK_QUIET = 0.8
"""From this part of a connection's life on, the next quiet moment is used to change it."""
_LAST_MOMENTS_S = (10.0, 1.0)
"""So long before the end any moment will do in which no voice is coming; and any moment at all."""
_VOICE_S = 0.5
_GOING_AWAY = 0.8
"""Of the time that the service leaves us, this part is used to wait for a quiet moment."""
_GARBAGE_S = 6.0
"""Voice for so long without a word beside it is no speech."""

_BYTES_PER_S = 24_000 * 2


class Watch:
    """One session's life. Times are seconds of one monotonic clock."""

    def __init__(self, can: LiveCapabilities, now: float, *, garbage: bool) -> None:
        """`garbage`: leave a session whose voice has no words."""
        self._can = can
        self._opened = now
        self._garbage = garbage and can.transcribes_itself
        self._leave_at: float | None = None
        self._waiting_since: float | None = None
        self._wordless_s = 0.0
        self._sounded_at = now - _VOICE_S
        self._fresh = False

    def expect(self, now: float) -> None:
        """Something was sent that must be reacted to."""
        if self._waiting_since is None:
            self._waiting_since = now

    def heard(self) -> None:
        """Something has come, or nothing is expected any more."""
        self._waiting_since = None

    def going_away(self, seconds: float, now: float) -> None:
        """The service will close in so many seconds."""
        self._leave_at = now + seconds * _GOING_AWAY

    def handle(self) -> None:
        """A handle has come that knows everything so far."""
        self._fresh = True

    def answered(self) -> None:
        """A function was answered: an older handle does not know of it."""
        self._fresh = False

    def sound(self, size: int, now: float) -> None:
        """So many bytes of voice have come."""
        self._sounded_at = now
        self._wordless_s += size / _BYTES_PER_S

    def words(self) -> None:
        """Words have come, or the voice has ended."""
        self._wordless_s = 0.0

    def reason(self, now: float, *, quiet: bool) -> str | None:
        """Return why to leave now; none: stay.

        `quiet`: nobody speaks or is about to, no call of a function is open, all sound was played.
        """
        if self._garbage and self._wordless_s > _GARBAGE_S:
            return "garbage"
        if self._waiting_since is not None and now - self._waiting_since > self._can.reacts_in_s:
            return "stalled"
        if self._leave_at is not None and (quiet or now >= self._leave_at):
            return "going_away"
        return self._rotation(now, quiet=quiet)

    def _rotation(self, now: float, *, quiet: bool) -> str | None:
        longest = self._can.connection_s
        lived = now - self._opened
        late, last = (longest - min(left, longest * 0.1) for left in _LAST_MOMENTS_S)
        voice_comes = self._waiting_since is not None or now - self._sounded_at < _VOICE_S
        calm = quiet and self._fresh and lived > longest * _SEEK_QUIET
        due = calm or (lived > late and not voice_comes) or lived > max(last, late)
        return "rotation" if due else None
