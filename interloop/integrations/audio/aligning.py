"""Finds how much later the gateway placed a sound than the device that kept it.

The gateway places a packet when it arrives, the device when it was spoken: the way through the
network lies between. Both encoded the same microphone, so the two wave forms tell by how much.
"""

from collections.abc import Iterable, Sequence

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from interloop.integrations.audio.port import Packet

_RATE = 8000
_PER_MS = _RATE // 1000
_FRAME_MS = 20
_REACH_MS = 500
"""Further apart than this, two clocks are wrong, not late."""

_TAIL = 120 * _PER_MS
"""A packet is no longer (RFC 6716, 2.1.4)."""

_ALIKE = 0.5
"""Correlation of two encodings of one sound is above 0.8; of two sounds of one voice, below 0.3."""

_ENOUGH_MS = 400
"""Less than this of both tells nothing."""

_QUIET = 30.0
"""RMS of 32 768 below which a room's silence lies."""

Samples = NDArray[np.float32]


def lags(own: Iterable[Packet], pieces: Sequence[Sequence[Packet]]) -> list[int]:
    """Return by how many ms each piece has to be moved; each is in order of time, none empty.

    A piece beside which the gateway recorded nothing alike moves as the nearest one that told.
    """
    line = _Line(own)
    starts = [piece[0].at_ms for piece in pieces]
    found = {n: line.lag(pieces[n]) for n in sorted(range(len(pieces)), key=lambda n: starts[n])}
    known = [(at, lag) for n, at in enumerate(starts) if (lag := found[n]) is not None]
    return [_nearest(known, at) for at in starts]


def _nearest(known: Sequence[tuple[int, int]], at_ms: int) -> int:
    """Return the median of the three nearest lags; none is no move."""
    near = sorted(known, key=lambda each: abs(each[0] - at_ms))[:3]
    return sorted(lag for _, lag in near)[len(near) // 2] if near else 0


class _Line:
    """The gateway's packets as one wave, with where it has any; as much of it as is looked at."""

    def __init__(self, packets: Iterable[Packet]) -> None:
        self._coming = iter(packets)
        self._next = next(self._coming, None)
        self._ear = _Ear()
        self._wave = self._there = np.zeros(0, np.float32)
        self._start = 0

    def lag(self, piece: Sequence[Packet]) -> int | None:
        """Return the lag of this piece in ms; None when the two do not tell.

        Pieces are in order of where they begin.
        """
        wave, start = _wave_of(piece)
        reach = _REACH_MS * _PER_MS
        length = wave.size + 2 * reach
        self._move(start - reach, length)
        beside, there = self._wave[:length], self._there[:length]
        alike = _alike(beside, there, wave)
        best = int(np.argmax(alike))
        return round((best - reach) / _PER_MS) if alike[best] >= _ALIKE else None

    def _move(self, start: int, length: int) -> None:
        """Hold what is heard of [start, start + length), and what reaches beyond it."""
        moved = start - self._start
        longest = max(length + _TAIL, self._wave.size - moved)
        self._wave, self._there = (_cut(w, moved, longest) for w in (self._wave, self._there))
        self._start = start
        while self._next is not None and self._next.at_ms * _PER_MS < start + length:
            samples = self._ear.hear(self._next.data)
            at = self._next.at_ms * _PER_MS - start
            samples, at = samples[max(0, -at) :], max(0, at)
            _put(self._wave, at, samples)
            _put(self._there, at, np.ones_like(samples))
            self._next = next(self._coming, None)


def _alike(beside: Samples, there: Samples, wave: Samples) -> Samples:
    """Return the correlation with `wave` at each place of `beside`, over what both have."""
    size = 1 << (beside.size + wave.size).bit_length()
    places = beside.size - wave.size + 1

    def slid(long: Samples, short: Samples) -> Samples:
        turned = np.conj(np.fft.rfft(short, size))
        return np.asarray(np.fft.irfft(np.fft.rfft(long, size) * turned, size)[:places], np.float32)

    ones = np.ones(wave.size, np.float32)
    enough = slid(there, ones) >= _ENOUGH_MS * _PER_MS
    energy = slid(beside**2, ones) * slid(there, wave**2)
    heard = energy > (_QUIET**2 * _ENOUGH_MS * _PER_MS) ** 2
    return np.where(enough & heard, slid(beside, wave) / np.sqrt(np.maximum(energy, 1.0)), 0.0)


def _wave_of(piece: Sequence[Packet]) -> tuple[Samples, int]:
    """Return the sound of a piece and its first sample's place."""
    ear, start = _Ear(), piece[0].at_ms * _PER_MS
    wave = np.zeros((piece[-1].at_ms - piece[0].at_ms + _FRAME_MS) * _PER_MS, np.float32)
    for packet in piece:
        _put(wave, packet.at_ms * _PER_MS - start, ear.hear(packet.data))
    return wave, start


def _put(wave: Samples, at: int, samples: Samples) -> None:
    fits = max(0, min(samples.size, wave.size - at))
    wave[at : at + fits] = samples[:fits]


def _cut(wave: Samples, start: int, length: int) -> Samples:
    """Return `length` samples from `start`; zeros where there is nothing."""
    inside = wave[max(0, start) : max(0, start + length)]
    out = np.zeros(length, np.float32)
    _put(out, max(0, -start), inside)
    return out


class _Ear:
    """Decodes a stream of packets to 8 kHz, one packet's 20 ms at a time."""

    def __init__(self) -> None:
        self._codec = AudioCodecContext.create("libopus", "r")
        self._resampler = AudioResampler(format="s16", layout="mono", rate=_RATE)

    def hear(self, data: bytes) -> Samples:
        try:
            frames = self._codec.decode(av.Packet(data))
        except FFmpegError:
            return np.zeros(0, np.float32)
        parts = [out.to_ndarray()[0] for frame in frames for out in self._resampler.resample(frame)]
        return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
