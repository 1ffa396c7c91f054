"""Chooses the voice and keeps synthesis off the event loop."""

import asyncio
from collections import OrderedDict
from typing import Protocol

import structlog

from sandbox.voice.espeak import EspeakVoice, installed
from sandbox.voice.speech import Speech
from sandbox.voice.tones import ToneVoice

_log = structlog.get_logger(__name__)
_KEPT = 32


class Voice(Protocol):
    """Something that turns text into speech; called from one thread at a time."""

    name: str

    def speak(self, text: str) -> Speech:
        """Speech of the text."""
        ...


class Speaker:
    """One voice shared by all sessions, with the last sentences kept ready."""

    def __init__(self, voice: Voice) -> None:
        self.name = voice.name
        self._voice = voice
        self._one_at_a_time = asyncio.Lock()
        self._kept: OrderedDict[str, Speech] = OrderedDict()

    async def speak(self, text: str) -> Speech:
        """Speech of the text, synthesised in a thread."""
        async with self._one_at_a_time:
            speech = self._kept.get(text)
            if speech is None:
                speech = await asyncio.to_thread(self._voice.speak, text)
            self._kept[text] = speech
            self._kept.move_to_end(text)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return speech


def best_voice() -> Voice:
    """espeak-ng when its package is installed and loads, else tones; says which."""
    voice: Voice = ToneVoice()
    if installed():
        try:
            voice = EspeakVoice()
        except OSError:
            _log.warning("voice_unusable", voice=EspeakVoice.name)
    _log.info("voice_chosen", voice=voice.name)
    return voice
