"""Turns whose true text a test has handed over; they become audible at a speaker's pace."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.hearing.turn import RATE, Partial

_WORDS_A_SECOND = 2.5


@dataclass
class HandedTexts:
    """What the next voice turns are heard as, in order; some only in one labelled session."""

    _waiting: list[tuple[str | None, str]] = field(default_factory=list)

    def add(self, texts: list[str], session: str | None) -> None:
        """Appends texts, for any session or for the one whose setup carries that label."""
        self._waiting += [(session, text) for text in texts]

    def give_back(self, text: str, session: str | None) -> None:
        """Puts the words of a broken-off turn first: the speaker goes on in the next session."""
        if text:
            self._waiting.insert(0, (session, text))

    def clear(self) -> None:
        """Forgets what was not heard yet."""
        self._waiting.clear()

    def take(self, session: str | None) -> str | None:
        """The next text for that session, or None when the sound itself must be heard."""
        for index, (label, text) in enumerate(self._waiting):
            if label in (None, session):
                del self._waiting[index]
                return text
        return None


class HandedTurn:
    """Reveals the text word by word as sound comes in, and the whole of it at the end."""

    def __init__(self, text: str, partial: Partial, unheard: Callable[[str], None]) -> None:
        self._text = text
        self._unheard = unheard
        self._partial = partial
        self._bytes = 0
        self._shown = 0

    async def feed(self, pcm: bytes) -> None:
        """Counts the sound; what it says does not matter."""
        self._bytes += len(pcm)
        words = self._text.split(" ")
        due = min(len(words), int(self._bytes / 2 / RATE * _WORDS_A_SECOND))
        if due > self._shown:
            self._shown = due
            await self._partial(" ".join(words[:due]))

    async def finish(self) -> str:
        """The text as it was handed over."""
        return self._text

    async def drop(self) -> None:
        """Hands back the words that were not spoken yet."""
        self._unheard(" ".join(self._text.split(" ")[self._shown :]))
