"""One voice turn of the candidate: sound in, growing words out, the text at the end."""

import asyncio

from sandbox.hearing.ear import Ear
from sandbox.live import frames_out
from sandbox.live.faults import Kind
from sandbox.live.line import Line
from sandbox.live.memory import Memory

_PATIENCE_S = 1.5
"""So long the interviewer waits for the words before it goes on without them."""


class CandidateTurn:
    """From activityStart to activityEnd."""

    def __init__(self, line: Line, ear: Ear, memory: Memory, *, transcribe: bool) -> None:
        self._line = line
        self._heard = memory.heard
        self._transcribe = transcribe
        self._turn = ear.begin(line.label, memory.speaker, self._partial)
        self._ended = False
        self._words: asyncio.Task[None] | None = None

    async def feed(self, pcm: bytes) -> None:
        """The next sound."""
        await self._turn.feed(pcm)

    async def finish(self) -> None:
        """The final transcription is sent and remembered, even when the caller is cancelled.

        Returns after `_PATIENCE_S` at the latest; later words are sent when they come.
        """
        self._ended = True
        self._words = asyncio.create_task(self._transcribed())
        if self._line.planned(Kind.LATE_WORDS) is None:
            await asyncio.wait({self._words}, timeout=_PATIENCE_S)

    async def drop(self) -> None:
        """The line was lost in the middle of the turn."""
        self._ended = True
        await self._turn.drop()

    async def _transcribed(self) -> None:
        text = await self._turn.finish()
        self._heard.append(text)
        if self._transcribe:
            await self._send(text)

    async def _send(self, text: str) -> None:
        """The words, as the plan for this turn has it: late, in pieces, or not at all."""
        late = self._line.armed(Kind.LATE_WORDS)
        if late is not None:
            await asyncio.sleep(late.seconds)
        if self._line.armed(Kind.WORDS_IN_PIECES):
            for word in text.split():
                await self._line.send(frames_out.piece(f" {word}"))
        elif self._line.armed(Kind.NO_WORDS) is None:
            await self._line.send(frames_out.heard(text))

    async def _partial(self, text: str) -> None:
        if self._transcribe and not self._ended:
            await self._line.send(frames_out.hearing(text))
