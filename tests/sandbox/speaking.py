"""A candidate's voice for tests."""

import numpy as np

from sandbox.voice.espeak import EspeakVoice


def pcm16k(text: str) -> bytes:
    """A spoken text as a microphone would give it: 16 kHz mono PCM16."""
    samples = np.frombuffer(EspeakVoice().speak(text).pcm, np.int16)
    at = np.arange(len(samples) * 2 // 3) * 1.5
    spoken = np.interp(at, np.arange(len(samples)), samples).astype(np.int16)
    return bytes(spoken.tobytes())
