"""Finds a stretch of sound in a known recording by the shape of its loudness.

A codec, a gain control and another start change every sample, but hardly the course of loudness;
so sound that has come through a call is found again by normalised cross-correlation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.hearing.turn import RATE

FRAME_MS = 20
FRAME_BYTES = RATE * FRAME_MS // 1000 * 2
_FLOOR = 60.0  # amplitude below which a difference in loudness means nothing
_FEWEST = 50  # frames: over one second, other speech was never more alike than 0.76
_MOST = 400
_ALIKE = 0.8  # speech after noise and a change of gain was 0.94 and more
_FLAT = 1.0  # a window with less variation is silence, and like nothing

Loudness = NDArray[np.float64]


@dataclass(frozen=True)
class TimedWord:
    """A word and where in the recording it is spoken."""

    text: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True)
class Recording:
    """Loudness of a known recording and its true words, in order."""

    loudness: Loudness
    words: tuple[TimedWord, ...]

    def between(self, start_ms: float, end_ms: float) -> str:
        """The words whose middle lies there."""
        middles = ((word, (word.start_ms + word.end_ms) / 2) for word in self.words)
        return " ".join(word.text for word, middle in middles if start_ms <= middle < end_ms)


def loudness(pcm: bytes) -> Loudness:
    """Logarithm of the effective value of each whole frame of PCM16 at `RATE`."""
    whole = len(pcm) // FRAME_BYTES * FRAME_BYTES
    frames = np.frombuffer(pcm[:whole], np.int16).astype(np.float64).reshape(-1, FRAME_BYTES // 2)
    level: Loudness = np.log(np.sqrt((frames**2).mean(axis=1)) + _FLOOR)
    return level


def spread(text: str, level: Loudness) -> tuple[TimedWord, ...]:
    """The words of a text laid over the loud frames, long words longer."""
    words = text.split()
    loud = np.flatnonzero(level >= (level.min() + level.max()) / 2)
    ends = np.cumsum([len(word) for word in words])
    bounds = [0, *(ends * (len(loud) - 1) // ends[-1])]
    moments = [float(loud[bound] * FRAME_MS) for bound in bounds]
    return tuple(
        TimedWord(word, start, end)
        for word, start, end in zip(words, moments[:-1], moments[1:], strict=True)
    )


def located(heard: Loudness, known: Loudness) -> tuple[float, int] | None:
    """How alike (0 to 1) the best place is, and the frame of `known` where `heard` begins.

    The beginning is negative when the sound starts before the recording does.
    """
    tail = heard[-_MOST:]
    if len(tail) < _FEWEST or np.ptp(tail) < 1:
        return None
    around = np.full(len(tail), known.min())
    padded = np.concatenate([around, known, around])
    wanted = tail - tail.mean()
    spread_of_windows = _window_sums(padded**2, len(tail))
    spread_of_windows -= _window_sums(padded, len(tail)) ** 2 / len(tail)
    size = np.sqrt(np.maximum(spread_of_windows, _FLAT)) * np.linalg.norm(wanted)
    alike = np.correlate(padded, wanted, "valid") / size
    best = int(alike.argmax())
    return float(alike[best]), best - len(tail) - (len(heard) - len(tail))


def _window_sums(values: Loudness, length: int) -> Loudness:
    total = np.concatenate([[0.0], np.cumsum(values)])
    sums: Loudness = total[length:] - total[:-length]
    return sums


def words_in(heard: Loudness, recordings: list[Recording]) -> str | None:
    """The true words of the sound, or None when it is from none of the recordings."""
    found: list[tuple[float, int, Recording]] = []
    for recording in recordings:
        place = located(heard, recording.loudness)
        if place is not None and place[0] >= _ALIKE:
            found.append((*place, recording))
    if not found:
        return None
    _, start, recording = max(found, key=lambda each: each[0])
    return recording.between(start * FRAME_MS, (start + len(heard)) * FRAME_MS)
