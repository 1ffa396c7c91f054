"""Decides from voice activity when the candidate begins and ends; silence alone decides nothing.

Fed with one probability of speech for each 32 ms of sound. How long a silence may last is learned
(`domain/patience.py`); the buttons "let me think" and "hold" suspend that, "I am done" ends a turn.
While the interviewer speaks, the first certain sound makes it pause at once; only speech that goes
on takes the turn. A cough or an "mm-hm" lets it go on where it was.
"""

from collections.abc import Callable

from interloop.domain.patience import Patience

FRAME_MS = 32
THRESHOLD = 0.5
_HELD_THRESHOLD = 0.3
"""With the button held even a low voice is meant."""
_START_FRAMES = 4
_SURE_FRAMES = 2
_LIKELY = 0.35
"""One such frame makes the interviewer pause: coughs, clicks and breath stay far below it."""
_CERTAIN = 0.8
"""One such frame, or two of `THRESHOLD`, are a voice; without them the pause is a short one."""
_BARGE_IN_FRAMES = 20
"""So much voice in one go, 640 ms, is more than an "mm-hm": it takes the turn."""
_CLEAR_FRAMES = 10
"""After so much silence, 320 ms, the interviewer goes on."""
_DOUBT_FRAMES = 4
"""After so much, 128 ms, it goes on where no frame was sure."""
_ALMOST_OVER_MS = 1500
"""Short sounds so close to the interviewer's end are an answer: "yes" must not be lost."""
_MOST_IN_VAIN = 3
"""After so many pauses for nothing the interviewer is not held back before it is a turn: what is
heard may be its own voice out of a loudspeaker."""
_CUT_IN_FRAMES = 94
"""Who goes on within 3 s after we took the turn had not ended it."""
_WAKE_FRAMES = 4
""""Let me think" is over when speech has lasted so long; a cough does not end it."""


class TurnTaking:
    """A small state machine; the `on_...` are called as it changes."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._run = self._silent = self._burst = self._gap = self._voiced = 0
        self._since_end = _CUT_IN_FRAMES
        self._held = False
        self._thinking = False
        self._holding_back = self._sure = False
        self._in_vain = 0
        self._interviewer_spoke = False
        self.speaking = False
        self.voiced_ms = 0
        """Voice of the running or last turn."""
        self.on_start: Callable[[], bool] = lambda: False
        """Called when speech begins; false: it is not wanted now."""
        self.on_end: Callable[[], None] = lambda: None
        self.on_hold_back: Callable[[bool], None] = lambda _on: None
        """Called with true when the interviewer is to pause, with false when it may go on."""

    @property
    def burst_ms(self) -> int:
        """Return how long ago the sound began that may become a turn."""
        return (self._burst + self._gap) * FRAME_MS

    def feed(self, probability: float, *, interviewer_left_ms: int) -> None:
        """Take the next 32 ms; so many ms of the interviewer's voice are still to be played."""
        voiced = probability >= (_HELD_THRESHOLD if self._held else THRESHOLD)
        if self.speaking:
            self._listen_on(voiced=voiced)
            return
        self._since_end += 1
        self._note_interviewer(interviewer_left_ms)
        self._run = self._run + 1 if voiced else 0
        if interviewer_left_ms or self._holding_back:
            self._sure = self._sure or probability >= _CERTAIN or self._run >= _SURE_FRAMES
            likely = voiced or probability >= _LIKELY
            self._over_the_interviewer(interviewer_left_ms, voiced=voiced, likely=likely)
        elif self._run >= (1 if self._held else _START_FRAMES):
            self._burst, self._gap = self._run, 0
            self._start()

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
        self.speaking, self._thinking = False, False
        self._run = self._silent = self._voiced = 0
        self._since_end = _CUT_IN_FRAMES
        self._let_go()

    def _start(self) -> None:
        silent_ms = self._silent_before()
        if not self.on_start():
            return
        if silent_ms is not None:
            self._learn(silent_ms)
        self.speaking, self._thinking = True, False
        self._silent, self._voiced, self.voiced_ms = 0, self._burst, self._burst * FRAME_MS
        self._holding_back = self._interviewer_spoke = self._sure = False
        self._burst = self._gap = self._in_vain = 0

    def _note_interviewer(self, left_ms: int) -> None:
        """Once the interviewer has said all it had to say, what follows is a new answer."""
        if left_ms:
            self._interviewer_spoke = True
        elif self._interviewer_spoke:
            self._interviewer_spoke, self._since_end = False, _CUT_IN_FRAMES

    def _silent_before(self) -> int | None:
        """Return the whole silence before speech that goes on after we had taken the turn."""
        if self._since_end >= _CUT_IN_FRAMES:
            return None
        since = max(self._since_end - self._burst - self._gap, 0)
        return self.patience.ms + since * FRAME_MS

    def _over_the_interviewer(self, left_ms: int, *, voiced: bool, likely: bool) -> None:
        """Hold the interviewer back, then decide: a turn, or nothing."""
        if voiced:
            self._burst += 1 + self._gap
            self._gap = 0
        elif self._burst or self._holding_back:
            self._gap += 1
        may_hold = not (self._holding_back or self._held) and self._in_vain < _MOST_IN_VAIN
        if may_hold and likely:
            self._holding_back = True
            self.on_hold_back(True)  # noqa: FBT003 - on
        if (self._held and voiced) or self._burst >= _BARGE_IN_FRAMES:
            self._start_over()
        elif self._gap >= (_CLEAR_FRAMES if self._sure else _DOUBT_FRAMES):
            if self._holding_back and self._sure and left_ms <= _ALMOST_OVER_MS:
                self._start_over()
            else:
                self._in_vain += self._holding_back
                self._let_go()

    def _start_over(self) -> None:
        self._start()
        if not self.speaking:
            self._let_go()

    def _let_go(self) -> None:
        """It was no turn: the interviewer goes on where it was."""
        self._burst = self._gap = 0
        self._sure = False
        if self._holding_back:
            self._holding_back = False
            self.on_hold_back(False)  # noqa: FBT003 - off

    def _listen_on(self, *, voiced: bool) -> None:
        if voiced:
            self._go_on()
            return
        self._silent += 1
        self._run = 0
        suspended = self._held or self._thinking
        if self._silent * FRAME_MS >= self.patience.ms and not suspended:
            self.done()
            self._since_end = 0

    def _go_on(self) -> None:
        self._run += 1
        if self._silent and not self._thinking and not self._held:
            self._learn(self._silent * FRAME_MS)
        if not self._thinking or self._run >= _WAKE_FRAMES:
            self._thinking = False
        self._voiced = self._voiced + 1 if not self._silent else 1
        self._silent = 0
        self.voiced_ms += FRAME_MS

    def _learn(self, silent_ms: int) -> None:
        self.patience = self.patience.after_pause(silent_ms, voiced_ms=self._voiced * FRAME_MS)
