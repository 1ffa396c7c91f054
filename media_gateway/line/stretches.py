"""Says which stretch of speech words belong to: by when it was spoken, not by when words came.

The service sends words late, after its own answer, in pieces, with or without a mark that they
were the last. What came first is looked for first: an ended stretch without its last words gets
what comes, until a newer one has been running long enough to have words of its own.
"""

from dataclasses import dataclass

from interloop.integrations.live.port import Hearing
from media_gateway.events import Words

_OWN_WORDS_S = 1.5
"""A stretch of speech has no words of its own before it has lasted so long."""

_LATE_S = 5.0
"""Pieces come so late; a stretch that ended earlier gets no more of them."""

_KEPT = 20


@dataclass
class _Stretch:
    number: int
    began: float
    ended: float | None = None
    finished: bool = False
    pieces: str = ""
    interim: str = ""

    @property
    def running(self) -> bool:
        return self.ended is None

    def take(self, hearing: Hearing) -> str:
        if hearing.interim:
            self.interim = hearing.text
        else:
            self.pieces += hearing.text
            self.interim = ""
            self.finished = self.finished or hearing.final
        return f"{self.pieces} {self.interim}".strip()


class Stretches:
    """The stretches of speech that one session with the model has heard."""

    def __init__(self) -> None:
        self._all: list[_Stretch] = []
        self.session = 0

    def renew(self) -> None:
        """A new session: it will say again, as its own part, what it hears of a running stretch."""
        self.session += 1
        last = self._all[-1:]
        self._all = [_Stretch(s.number, s.began) for s in last if s.running]

    def begin(self, number: int, now: float) -> None:
        """The candidate begins to speak."""
        self._all = [*self._all[-_KEPT:], _Stretch(number, now)]

    def end(self, now: float) -> None:
        """The candidate has ended."""
        if self._all:
            self._all[-1].ended = now

    def take(self, hearing: Hearing, now: float) -> Words | None:
        """Return the words with the number of their stretch; none when nobody has spoken."""
        stretch = self._owner(hearing, now)
        if stretch is None:
            return None
        if not hearing.interim and not hearing.final:
            self._give_up_before(stretch)
        return Words(stretch.number, self.session, stretch.take(hearing), hearing.final)

    def _owner(self, hearing: Hearing, now: float) -> _Stretch | None:
        if not self._all:
            return None
        last = self._all[-1]
        if last.running and not hearing.final and self._has_own_words(last, hearing, now):
            return last
        ended = [s for s in self._all if s.ended is not None and not s.finished]
        if not hearing.final:
            ended = [s for s in ended if s is last or now - (s.ended or now) < _LATE_S]
        return ended[0] if ended else last

    def _has_own_words(self, running: _Stretch, hearing: Hearing, now: float) -> bool:
        return hearing.interim or now - running.began > _OWN_WORDS_S

    def _give_up_before(self, stretch: _Stretch) -> None:
        """Pieces of a later stretch have come: the last words of earlier ones never will."""
        for earlier in self._all[: self._all.index(stretch)]:
            earlier.finished = True
