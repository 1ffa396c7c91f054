"""A turn whose sound may come from a recording that a test has handed over."""

import numpy as np

from sandbox.hearing.recording import FRAME_BYTES, Recording, loudness, words_in
from sandbox.hearing.turn import HeardTurn, MakeTurn, Partial

_LOOK_EVERY = 25  # frames of 20 ms


class RecordedTurn:
    """Hears the true words of a known recording; any other sound goes to another ear."""

    def __init__(self, recordings: list[Recording], other: MakeTurn, partial: Partial) -> None:
        self._recordings = recordings
        self._partial = partial
        self._other: HeardTurn = other(self._of_other)
        self._rest = b""
        self._heard = loudness(b"")
        self._looked = 0
        self._text: str | None = None

    async def feed(self, pcm: bytes) -> None:
        """Takes the sound and looks for it every half second."""
        if self._text is None:
            await self._other.feed(pcm)
        self._rest += pcm
        whole = len(self._rest) // FRAME_BYTES * FRAME_BYTES
        self._heard = np.concatenate([self._heard, loudness(self._rest[:whole])])
        self._rest = self._rest[whole:]
        if len(self._heard) - self._looked >= _LOOK_EVERY:
            await self._look()

    async def finish(self) -> str:
        """The true words, else what the other ear understood."""
        await self._look()
        return await self._other.finish() if self._text is None else self._text

    async def drop(self) -> None:
        """Gives up the other ear, when it still listens."""
        if self._text is None:
            await self._other.drop()

    async def _look(self) -> None:
        self._looked = len(self._heard)
        text = words_in(self._heard, self._recordings)
        if text is None or text == self._text:
            return
        if self._text is None:
            await self._other.drop()
        self._text = text
        await self._partial(text)

    async def _of_other(self, text: str) -> None:
        if self._text is None:
            await self._partial(text)
