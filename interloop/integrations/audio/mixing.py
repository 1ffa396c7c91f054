"""Stereo Ogg/Opus by FFmpeg's libraries."""

import io
from collections import deque
from collections.abc import Sequence
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.error import FFmpegError
from numpy.typing import NDArray

from interloop.integrations.audio.port import Packet

_RATE = 48_000
_PER_MS = _RATE // 1000
_FRAME = 960
_SEAM = 40 * _PER_MS
"""Frames that start within 40 ms of the last one's end follow it without a seam."""

_BIT_RATE = 48_000
_Samples = NDArray[np.int16]


def mix(left: Sequence[Packet], right: Sequence[Packet], duration_ms: int) -> bytes:
    """Decode both in step, frame by frame, and encode them as one file; see the port."""
    out = io.BytesIO()
    lanes = (_Lane(left), _Lane(right))
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=_RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _BIT_RATE
        for start in range(0, duration_ms * _PER_MS, _FRAME):
            pair = np.stack([lane.take(start) for lane in lanes], axis=1)
            container.mux(stream.encode(_frame(pair, start)))
        container.mux(stream.encode(None))
    return out.getvalue()


class _Lane:
    """Decodes one stream as far as it is asked for."""

    def __init__(self, packets: Sequence[Packet]) -> None:
        self._packets = deque(packets)
        self._codec = AudioCodecContext.create("libopus", "r")
        self._resampler = AudioResampler(format="s16", layout="mono", rate=_RATE)
        self._decoded: deque[tuple[int, _Samples]] = deque()
        self._end = 0

    def take(self, start: int) -> _Samples:
        """Return the samples of [start, start + 960)."""
        out = np.zeros(_FRAME, np.int16)
        self._decode_until(start + _FRAME)
        while self._decoded and self._decoded[0][0] < start + _FRAME:
            at, samples = self._decoded.popleft()
            skip, offset = max(0, start - at), max(0, at - start)
            fits = min(len(samples) - skip, _FRAME - offset)
            if fits > 0:
                out[offset : offset + fits] = samples[skip : skip + fits]
            if skip + fits < len(samples):
                self._decoded.appendleft((at + skip + fits, samples[skip + fits :]))
                break
        return out

    def _decode_until(self, until: int) -> None:
        while self._packets and self._packets[0].at_ms * _PER_MS < until + _SEAM:
            packet = self._packets.popleft()
            at = packet.at_ms * _PER_MS
            if abs(at - self._end) <= _SEAM:
                at = self._end
            samples = self._samples(packet.data)
            if at >= self._end and len(samples):
                self._decoded.append((at, samples))
                self._end = at + len(samples)

    def _samples(self, data: bytes) -> _Samples:
        try:
            frames = self._codec.decode(av.Packet(data))
        except FFmpegError:
            return np.zeros(0, np.int16)
        parts = [out.to_ndarray()[0] for frame in frames for out in self._resampler.resample(frame)]
        return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def _frame(pair: _Samples, start: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(pair.reshape(1, -1), format="s16", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = _RATE, Fraction(1, _RATE), start
    return frame
