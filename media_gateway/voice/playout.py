"""The interviewer's voice on its way to the candidate's ear, and how much of it was played."""

from media_gateway.heard import BYTES_PER_MS

FRAME_MS = 20
FRAME_BYTES = FRAME_MS * BYTES_PER_MS
_MOST_HELD = 3000 // FRAME_MS
_LONGEST_MS = 300_000
"""More sound than this in one utterance is dropped: the model has run away."""


class Playout:
    """A buffer that a listening peer empties frame by frame; without a listener nothing waits."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._played = 0
        self._listener: object | None = None
        self.cuts = 0
        """How often sound was dropped that somebody waited for: what is on its way is stale."""
        self._held = 0
        self.cut_short = False
        """Whether what was pulled last ended in the middle: it was held or dropped."""

    @property
    def left_ms(self) -> int:
        """Return how much waits to be played."""
        return len(self._buffer) // BYTES_PER_MS

    def hold(self, on: bool) -> None:  # noqa: FBT001 - on or off
        """Pause, or go on where it was: somebody may be about to speak."""
        self._held = _MOST_HELD if on else 0
        self.cut_short = self.cut_short or on

    @property
    def attached(self) -> bool:
        """Tell whether somebody listens."""
        return self._listener is not None

    @property
    def drained(self) -> bool:
        """Tell whether everything written was played."""
        return not self._buffer

    @property
    def played_ms(self) -> int:
        """Return how much of the present utterance was played."""
        return self._played // BYTES_PER_MS

    def attach(self, listener: object) -> None:
        """Let this peer be the one that listens."""
        self._listener = listener

    def detach(self, listener: object) -> None:
        """The peer is gone: what it did not hear will not be heard."""
        if self._listener is listener:
            self._listener = None
            self.flush()

    def begin(self) -> None:
        """Start a new utterance."""
        self._buffer.clear()
        self._played = 0
        self._held = 0

    def write(self, pcm: bytes) -> None:
        """Append sound (PCM16 mono, 24 kHz)."""
        if self._listener is None:
            self._played += len(pcm)
        elif len(self._buffer) < _LONGEST_MS * BYTES_PER_MS:
            self._buffer += pcm

    def pull(self) -> bytes | None:
        """Take the next 20 ms, padded with silence at the end; nothing when it is silent."""
        if self._waits() or not self._buffer:
            return None
        self.cut_short = False
        frame = bytes(self._buffer[:FRAME_BYTES])
        del self._buffer[:FRAME_BYTES]
        self._played += len(frame)
        return frame.ljust(FRAME_BYTES, b"\0")

    def _waits(self) -> bool:
        """Tell whether this frame is held; nobody is held for long, be the line lost meanwhile."""
        self._held = max(self._held - 1, 0)
        return self._held > 0

    def flush(self) -> None:
        """Drop what was not played: somebody else speaks now."""
        if self._buffer:
            self.cuts += 1
            self.cut_short = True
        self._buffer.clear()
        self._held = 0
