"""Hums one soft tone a syllable: a call without espeak-ng still has a sound to hear."""

import re

import numpy as np

from sandbox.voice.speech import RATE, Samples, Speech, SpokenWord, pieces

_SYLLABLE_S = 0.17
_PAUSE_S = 0.06
_STOP_S = 0.25
_PITCHES_HZ = (150.0, 168.0, 142.0, 178.0, 133.0)
_LOUDNESS = 4_000.0
_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


class ToneVoice:
    """Needs nothing but numpy; tells apart words and sentences, but is no language."""

    name = "tones"

    def speak(self, text: str) -> Speech:
        """A tone for each syllable, a breath after each word, a longer one after a sentence."""
        sound: list[Samples] = []
        words: list[SpokenWord] = []
        length = 0
        for number, piece in enumerate(pieces(text)):
            words.append(SpokenWord(piece, length / RATE * 1000))
            part = _hum(piece, number)
            sound.append(part)
            length += len(part)
        return Speech(pcm=b"".join(part.tobytes() for part in sound), words=tuple(words))


def _hum(word: str, number: int) -> Samples:
    syllables = max(1, len(_VOWELS.findall(word)))
    pitch = _PITCHES_HZ[number % len(_PITCHES_HZ)]
    at = np.arange(int(RATE * _SYLLABLE_S)) / RATE
    swell = np.sin(np.pi * at / _SYLLABLE_S) ** 2
    wave = np.sin(2 * np.pi * pitch * at) + 0.3 * np.sin(4 * np.pi * pitch * at)
    tone = (_LOUDNESS * swell * wave).astype(np.int16)
    pause = _STOP_S if word.rstrip().endswith((".", "!", "?")) else _PAUSE_S
    return np.concatenate([np.tile(tone, syllables), np.zeros(int(RATE * pause), np.int16)])
