"""Decides from voice activity when the candidate begins and ends; silence alone decides nothing.

Fed with one probability of speech for each 32 ms of sound. Patience is the persona's; the buttons
"let me think" and "hold" suspend it, "I am done" ends it.
"""

from collections.abc import Callable

FRAME_MS = 32
THRESHOLD = 0.5
_START_FRAMES = 4
_BARGE_IN_FRAMES = 8
"""While the interviewer speaks, more certainty is needed: 256 ms of speech."""


class TurnTaking:
    """A small state machine; `on_start` and `on_end` are called as it changes."""

    def __init__(self, patience_ms: int) -> None:
        self._patience_frames = -(-patience_ms // FRAME_MS)
        self._run = 0
        self._silent = 0
        self._held = False
        self._thinking = False
        self.speaking = False
        self.on_start: Callable[[], bool] = lambda: False
        """Called when speech begins; false: it is not wanted now."""
        self.on_end: Callable[[], None] = lambda: None

    def feed(self, probability: float, *, interviewer_speaks: bool) -> None:
        """Take the next 32 ms."""
        voiced = probability >= THRESHOLD
        if self.speaking:
            self._listen_on(voiced=voiced)
        else:
            self._run = self._run + 1 if voiced else 0
            needed = _BARGE_IN_FRAMES if interviewer_speaks else _START_FRAMES
            if self._run >= needed and self.on_start():
                self.speaking, self._silent, self._thinking = True, 0, False

    def think(self) -> None:
        """Suspend patience until the candidate speaks again."""
        self._thinking = True

    def hold(self, *, on: bool) -> None:
        """Suspend patience while the button is held."""
        self._held, self._silent = on, 0

    def done(self) -> bool:
        """End a running turn now; tell whether there was one."""
        if not self.speaking:
            return False
        self.stop()
        self.on_end()
        return True

    def stop(self) -> None:
        """Forget a running turn; whoever calls this ends it."""
        self.speaking, self._run, self._silent, self._thinking = False, 0, 0, False

    def _listen_on(self, *, voiced: bool) -> None:
        if voiced:
            self._silent, self._thinking = 0, False
            return
        self._silent += 1
        if self._silent >= self._patience_frames and not self._held and not self._thinking:
            self.done()
