"""One utterance of the interviewer: sound and words in step, faster than they can be heard."""

import asyncio
import time
from dataclasses import dataclass

from sandbox.live import frames_out
from sandbox.live.faults import Kind, Moment
from sandbox.live.line import Line
from sandbox.voice.speaker import Speaker
from sandbox.voice.speech import CHUNK_MS, Speech, hum

_TOKENS_A_SECOND = 25
"""What a second of sound costs at the real service."""


@dataclass
class Pace:
    """How the sound leaves; tests may hurry."""

    speed: float = 4.0
    """Sound is sent this many times faster than it plays."""

    lead_s: float = 0.2
    """Sound that leaves at once, before the pace holds."""

    wait_for_playback: bool = True
    """turnComplete waits until the sound would have played, as the real service documents."""

    think_s: float = 0.0
    """So long the model thinks before it reacts to anything."""


class Mouth:
    """Speaks into one line."""

    def __init__(self, line: Line, speaker: Speaker, pace: Pace, *, transcribe: bool) -> None:
        self._line = line
        self._speaker = speaker
        self._pace = pace
        self._transcribe = transcribe

    async def utter(self, text: str | None) -> None:
        """A whole model turn; being cancelled leaves it without its closing frames."""
        await self._line.at(Moment.SPEAKING)
        began = time.monotonic()
        seconds = await self._send_all(text) if text else 0.0
        await self._line.send(frames_out.generation_complete())
        if self._pace.wait_for_playback:
            await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
        tokens = int(seconds * _TOKENS_A_SECOND)
        await self._line.send(frames_out.turn_complete(tokens_in=100, tokens_out=tokens))

    async def _send_all(self, text: str) -> float:
        speech = await self._speaker.speak(text)
        seconds = 0.0
        if garbage := self._line.armed(Kind.GARBAGE):
            seconds += await self._send_sound(hum(garbage.seconds))
        seconds += await self._send_sound(speech)
        if self._line.armed(Kind.DOUBLE_VOICE):
            await self._line.send(frames_out.generation_complete())
            seconds += await self._send_sound(speech)
        return seconds

    async def _send_sound(self, speech: Speech) -> float:
        silent = self._line.armed(Kind.NO_TRANSCRIPT)
        began = time.monotonic()
        for number, (pcm, words) in enumerate(speech.chunks()):
            ahead = number * CHUNK_MS / 1000 - self._pace.lead_s
            due = began + ahead / self._pace.speed
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            await self._line.send(frames_out.sound(pcm))
            if words and self._transcribe and silent is None:
                await self._line.send(frames_out.said(words))
        return speech.seconds
