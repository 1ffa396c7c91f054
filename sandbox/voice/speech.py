"""Speech as sound with the words that it speaks, each with the moment at which it begins."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
"""Samples a second of everything the Live protocol sends."""

CHUNK_MS = 40
CHUNK_BYTES = RATE * CHUNK_MS // 1000 * 2

Samples = NDArray[np.int16]


@dataclass(frozen=True)
class SpokenWord:
    """A piece of the text, blanks after it included, and where in the sound it begins."""

    text: str
    start_ms: float


@dataclass(frozen=True)
class Speech:
    """PCM16 little-endian mono at `RATE`, and its words in order; together they are the text."""

    pcm: bytes
    words: tuple[SpokenWord, ...]

    @property
    def seconds(self) -> float:
        """Length when played."""
        return len(self.pcm) / 2 / RATE

    def chunks(self) -> Iterator[tuple[bytes, str]]:
        """Chunks of `CHUNK_MS` with the text that begins in each; no text is left over."""
        words = list(self.words)
        for start in range(0, len(self.pcm), CHUNK_BYTES):
            last = start + CHUNK_BYTES >= len(self.pcm)
            until = (start + CHUNK_BYTES) / 2 / RATE * 1000
            text = ""
            while words and (last or words[0].start_ms < until):
                text += words.pop(0).text
            yield self.pcm[start : start + CHUNK_BYTES], text


def hum(seconds: float) -> Speech:
    """A drone without words, as a model that has lost itself sends it."""
    at = np.arange(int(RATE * seconds)) / RATE
    drone = (3_000 * np.sin(2 * np.pi * 110 * at)).astype(np.int16)
    return Speech(pcm=drone.tobytes(), words=())


def resampled(samples: Samples, rate: int) -> Samples:
    """The same sound at `RATE`, by linear interpolation: upward from 22.05 kHz that is enough."""
    if rate == RATE:
        return samples
    count = int(len(samples) * RATE / rate)
    at = np.arange(count) * (rate / RATE)
    stretched: Samples = np.interp(at, np.arange(len(samples)), samples).astype(np.int16)
    return stretched


def pieces(text: str) -> list[str]:
    """The text cut before each word, nothing lost: `"".join(pieces(t)) == t`."""
    cut: list[str] = []
    for part in text.split(" "):
        if cut and not cut[-1].strip():
            cut[-1] += part + " "
        else:
            cut.append(part + " ")
    if cut:
        cut[-1] = cut[-1][:-1]
    return [part for part in cut if part]
