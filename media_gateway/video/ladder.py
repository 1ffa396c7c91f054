"""Which picture the line can carry beside the voice: 720p, 480p, 360p, or none. Pure.

Down at the first sign of trouble, one rung at a time; when the voice itself is threatened, to the
lowest picture at once and then to none. Up one rung after ten seconds of calm; a rung that did not
hold asks for twice as much calm before it is tried again, to a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

DOWN_MS = 1000
"""Between two steps down: so long a step takes to show."""

CALM_MS = 10_000
LONGEST_CALM_MS = 80_000
WEARY_MS = 3000
"""Trouble that lasts so long on the lowest picture ends it."""

Line = Literal["good", "weak", "voice_only"]


@dataclass(frozen=True, slots=True)
class Rung:
    """What the page may send: lines of the picture (0: none), kbit/s and frames a second."""

    height: int
    max_kbit: int
    max_framerate: int


RUNGS = (Rung(720, 1500, 30), Rung(480, 700, 30), Rung(360, 350, 20), Rung(0, 0, 0))
FIRST = 1
"""Where it begins: what lines hardly ever refuse."""

WIRE_RUNGS = (Rung(360, 150, 10), Rung(240, 100, 8), Rung(0, 0, 0))
"""Over TCP: what waits there makes the voice wait too."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a line shows in the last moments."""

    loss: float = 0.0
    """Part of the packets that did not come, 0 to 1."""
    queue_ms: int = 0
    """How much later than at its best a packet comes."""
    rtt_rise_ms: int = 0
    """How much longer than at its best the round trip takes."""
    silent_ms: int = 0
    """Since the last packet."""

    @property
    def threatens_voice(self) -> bool:
        """Tell whether speech itself suffers."""
        return self.loss >= 0.2 or self.queue_ms >= 400 or self.silent_ms >= 1000

    @property
    def trouble(self) -> bool:
        """Tell whether less should be sent."""
        bad = self.loss >= 0.08 or self.queue_ms >= 150 or self.rtt_rise_ms >= 250
        return bad or self.threatens_voice

    @property
    def calm(self) -> bool:
        """Tell whether more could be tried; between calm and trouble nothing changes."""
        quiet = self.loss < 0.03 and self.queue_ms < 80
        return quiet and self.rtt_rise_ms < 120 and self.silent_ms < 500


class Ladder:
    """Feed it signs, a few times a second; times are monotonic milliseconds."""

    def __init__(self, rungs: Sequence[Rung] = RUNGS) -> None:
        """`rungs` go down to none; it begins with the second."""
        self._rungs = rungs
        self._voice_only = len(rungs) - 1
        self._at = FIRST
        self._changed_ms: int | None = None
        self._calm_since: int | None = None
        self._trouble_since: int | None = None
        self._climbed_ms: int | None = None
        self._needed_ms = CALM_MS
        self._pushed = False

    @property
    def rung(self) -> Rung:
        """Return what may be sent now."""
        return self._rungs[self._at]

    @property
    def line(self) -> Line:
        """Return the plain word for the candidate."""
        if self._at == self._voice_only:
            return "voice_only"
        return "weak" if self._pushed or self._trouble_since is not None else "good"

    def step(self, signs: Signs, now_ms: int) -> Rung:
        """Take in the signs of this moment; return what may be sent from now on."""
        if signs.trouble:
            self._calm_since = None
            self._trouble_since = now_ms if self._trouble_since is None else self._trouble_since
            self._down(signs, now_ms)
        else:
            self._trouble_since = None
            if not signs.calm:
                self._calm_since = None
            elif self._calm_since is None:
                self._calm_since = now_ms
            else:
                self._up(now_ms)
        return self.rung

    def _down(self, signs: Signs, now_ms: int) -> None:
        if self._changed_ms is not None and now_ms - self._changed_ms < DOWN_MS:
            return
        lowest_picture = self._voice_only - 1
        lowest = self._at >= lowest_picture
        if lowest and not signs.threatens_voice and not self._weary(now_ms):
            return
        target = lowest_picture if signs.threatens_voice and not lowest else self._at + 1
        self._fell(now_ms)
        self._move(min(target, self._voice_only), now_ms)

    def _weary(self, now_ms: int) -> bool:
        assert self._trouble_since is not None
        since = max(self._trouble_since, self._changed_ms or self._trouble_since)
        return now_ms - since >= WEARY_MS

    def _up(self, now_ms: int) -> None:
        assert self._calm_since is not None
        since = max(self._calm_since, self._changed_ms or self._calm_since)
        if now_ms - since < self._needed_ms:
            return
        if self._climbed_ms is not None:
            # The rung below held until now.
            self._needed_ms, self._climbed_ms = CALM_MS, None
        if self._at > 0:
            self._climbed_ms = now_ms
            self._move(self._at - 1, now_ms)
            self._pushed = self._pushed and self._at > FIRST

    def _fell(self, now_ms: int) -> None:
        if self._climbed_ms is not None and now_ms - self._climbed_ms < CALM_MS:
            self._needed_ms = min(2 * self._needed_ms, LONGEST_CALM_MS)
        self._climbed_ms = None
        self._pushed = True

    def _move(self, to: int, now_ms: int) -> None:
        if to != self._at:
            self._at, self._changed_ms, self._calm_since = to, now_ms, None
