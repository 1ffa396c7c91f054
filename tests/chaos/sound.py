"""What a candidate says in the kill tests, and where it is found again in the listening copy."""

import io
from dataclasses import dataclass
from functools import cache

import av
import numpy as np
from numpy.typing import NDArray

from interloop.demo.speech import say
from interloop.demo.wav import RATE, cut, resampled

BEEP_S = 0.5
_WINDOW_S = 0.02
_LOUD = 300.0  # of 32 768; speech here has 3 000, silence in Opus under 10

Samples = NDArray[np.float64]


@cache
def _sentence() -> Samples:
    text = "We compared the totals and wrote every step down for the team. "
    pcm = resampled(say(text), 16_000)
    return np.frombuffer(pcm, np.int16).astype(np.float64)


def speech(seconds: float) -> list[bytes]:
    """Speech-like sound of this length, as frames to say."""
    samples = np.resize(_sentence(), int(RATE * seconds))
    return cut(samples.astype(np.int16).tobytes())


def beep(hertz: float) -> list[bytes]:
    """A tone that no voice makes, as frames to say."""
    at = np.arange(int(RATE * BEEP_S)) / RATE
    return cut((np.sin(2 * np.pi * hertz * at) * 12_000).astype(np.int16).tobytes())


@dataclass(frozen=True)
class Heard:
    """The candidate's side of a listening copy, at 48 kHz."""

    samples: Samples

    @classmethod
    def of(cls, copy: bytes) -> "Heard":
        """Decode a stereo copy; the candidate is on the left."""
        with av.open(io.BytesIO(copy), "r") as file:
            frames = [frame.to_ndarray() for frame in file.decode(audio=0)]
        whole = np.concatenate(frames, axis=1).astype(np.float64)
        left = whole[0] if whole.shape[0] == 2 else whole.reshape(-1, 2).T[0]
        return cls(left if np.abs(left).max() > 1.5 else left * 32_768)

    def beep_at(self, hertz: float) -> float:
        """Return where this tone begins, in seconds; fail when it is not there for most of it."""
        windows = self._windows()
        at = np.arange(windows.shape[1]) / RATE
        bins = np.exp(-2j * np.pi * hertz * at) * np.hanning(windows.shape[1])
        tone = np.abs(windows @ bins) / (np.linalg.norm(windows, axis=1) + 100.0)
        pure = tone / np.linalg.norm(bins) > 0.45  # a pure tone has 0.58
        run = int(BEEP_S / _WINDOW_S * 0.7)
        hits = np.convolve(pure, np.ones(run), "valid")
        assert hits.max() >= run * 0.8, f"no tone of {hertz} Hz"
        return float(np.argmax(hits >= run * 0.8) * _WINDOW_S)

    def sounding_until(self, before_s: float) -> float:
        """Return where the last sound before this moment ends, in seconds."""
        loud = np.sqrt((self._windows() ** 2).mean(axis=1)) > _LOUD
        return float((np.flatnonzero(loud[: int(before_s / _WINDOW_S)])[-1] + 1) * _WINDOW_S)

    def _windows(self) -> Samples:
        size = int(RATE * _WINDOW_S)
        whole = len(self.samples) // size * size
        return self.samples[:whole].reshape(-1, size)
