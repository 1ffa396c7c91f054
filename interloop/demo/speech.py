"""Speech-like sound made in code, for a demo without a recording: vowels, breaths, syllables.

Source and filter as in every formant synthesiser: harmonics of a gliding pitch, weighted by three
resonances of the mouth, with a little noise in front of each syllable. No language, but a voice.
"""

import re
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
_PITCH_HZ = 118.0
_SYLLABLE_S, _NOISE_S, _PAUSE_S, _STOP_S = 0.16, 0.05, 0.05, 0.22
_LOUDNESS = 9_000.0
_FORMANTS_HZ = {
    "a": (730.0, 1090.0, 2440.0),
    "e": (530.0, 1840.0, 2480.0),
    "i": (300.0, 2250.0, 3000.0),
    "o": (570.0, 840.0, 2410.0),
    "u": (320.0, 900.0, 2240.0),
}
"""Means of adult speakers (Peterson and Barney 1952)."""

_BANDWIDTH_HZ = 90.0
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)

Samples = NDArray[np.float64]


def say(text: str) -> bytes:
    """Return the text as 16 kHz mono PCM16; a syllable for each vowel, a stop for each sentence."""
    noise = np.random.default_rng(len(text))
    sound: list[Samples] = []
    for number, word in enumerate(text.split()):
        for vowel in _VOWEL.findall(word) or ["e"]:
            glide = 1.0 + 0.18 * np.sin(number * 0.9) + 0.04 * len(sound) % 0.12
            sound += [_breath(noise), _vowel(vowel.lower(), _PITCH_HZ * float(glide))]
        sound.append(np.zeros(int(RATE * (_STOP_S if word[-1] in ".!?" else _PAUSE_S))))
    spoken = np.concatenate(sound) if sound else np.zeros(0)
    return spoken.clip(-32_000, 32_000).astype(np.int16).tobytes()


def write_wav(path: Path, pcm: bytes, rate: int = RATE) -> Path:
    """Write mono PCM16 as a WAV file and return its path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return path


def _vowel(vowel: str, pitch: float) -> Samples:
    at = np.arange(int(RATE * _SYLLABLE_S)) / RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1.06 - 0.12 * at / _SYLLABLE_S)) / RATE
    sound = np.zeros_like(at)
    for harmonic in range(1, int(3600 / pitch)):
        hertz = harmonic * pitch
        gain = sum(1 / (1 + ((hertz - f) / _BANDWIDTH_HZ) ** 2) for f in _FORMANTS_HZ[vowel])
        sound += gain / harmonic**0.4 * np.sin(harmonic * phase)
    swell = np.minimum(1.0, np.minimum(at, _SYLLABLE_S - at) / 0.025)
    return np.asarray(_LOUDNESS * swell * sound / np.abs(sound).max())


def _breath(noise: np.random.Generator) -> Samples:
    samples = int(RATE * _NOISE_S)
    return np.diff(noise.normal(0, _LOUDNESS * 0.06, samples + 1)) * np.hanning(samples)
