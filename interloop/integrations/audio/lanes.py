"""Decodes Opus packets onto one clock, 20 ms of samples at a time."""

from collections import defaultdict, deque
from collections.abc import Iterable
from fractions import Fraction
from itertools import islice

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from numpy.typing import NDArray

from interloop.integrations.audio.port import Packet

RATE = 48_000
PER_MS = RATE // 1000
FRAME = 960
FRAME_MS = 20
_SEAM = 40 * PER_MS
"""Frames that start within 40 ms of the last one's end follow it without a seam."""

Samples = NDArray[np.int16]


class Lane:
    """Decodes one stream as far as it is asked for."""

    def __init__(self, packets: Iterable[Packet] = ()) -> None:
        self._coming = iter(packets)
        self._packets: deque[Packet] = deque()
        self._codecs: defaultdict[int, AudioCodecContext] = defaultdict(_decoder)
        self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
        self._decoded: deque[tuple[int, Samples]] = deque()
        self._end = 0

    def add(self, packets: Iterable[Packet]) -> None:
        """Append packets that follow the earlier ones in time."""
        self._packets.extend(self._coming)
        self._packets.extend(packets)

    def take(self, start: int) -> Samples:
        """Return the samples of [start, start + 960)."""
        out = np.zeros(FRAME, np.int16)
        self._decode_until(start + FRAME)
        while self._decoded and self._decoded[0][0] < start + FRAME:
            at, samples = self._decoded.popleft()
            skip, offset = max(0, start - at), max(0, at - start)
            fits = min(len(samples) - skip, FRAME - offset)
            if fits > 0:
                out[offset : offset + fits] = samples[skip : skip + fits]
            if skip + fits < len(samples):
                self._decoded.appendleft((at + skip + fits, samples[skip + fits :]))
                break
        return out

    def _decode_until(self, until: int) -> None:
        while (packet := self._next()) and packet.at_ms * PER_MS < until + _SEAM:
            self._packets.popleft()
            at = packet.at_ms * PER_MS
            if abs(at - self._end) <= _SEAM:
                at = self._end
            samples = self._samples(packet)
            if at >= self._end and len(samples):
                self._decoded.append((at, samples))
                self._end = at + len(samples)

    def _next(self) -> Packet | None:
        """Return the next packet and leave it there; one that is to come is taken only now."""
        if not self._packets:
            self._packets.extend(islice(self._coming, 1))
        return self._packets[0] if self._packets else None

    def _samples(self, packet: Packet) -> Samples:
        try:
            frames = self._codecs[packet.encoder].decode(av.Packet(packet.data))
        except FFmpegError:
            return np.zeros(0, np.int16)
        parts = [out.to_ndarray()[0] for frame in frames for out in self._resampler.resample(frame)]
        return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def _decoder() -> AudioCodecContext:
    return AudioCodecContext.create("libopus", "r")


def stereo(left: Lane, right: Lane, start: int, pts: int) -> AudioFrame:
    """Return 20 ms of both lanes from sample `start` as one frame at `pts` (samples)."""
    pair = np.stack([left.take(start), right.take(start)], axis=1)
    frame = AudioFrame.from_ndarray(pair.reshape(1, -1), format="s16", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), pts
    return frame
