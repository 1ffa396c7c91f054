"""Opus in and out: 48 kHz packets to 16 kHz PCM for the model, 24 kHz PCM to packets."""

from fractions import Fraction
from functools import cache

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from interloop.integrations.live.port import IN_RATE, OUT_RATE

PACKET_MS = 20
RTP_PER_PACKET = 960
RTP_TIME_BASE = Fraction(1, 48_000)
_BIT_RATE = 32_000
_EFFORT = "5"
"""Of 10: 15 % less work on speech than the most; how it sounds was not measured."""
_NOTHING = bytes(2 * OUT_RATE * PACKET_MS // 1000)
_SETTLES = 10


class Ear:
    """Decodes a stream of Opus packets to PCM16 mono at 16 kHz."""

    def __init__(self) -> None:
        self._codec = AudioCodecContext.create("libopus", "r")
        self._resampler = AudioResampler(format="s16", layout="mono", rate=IN_RATE)

    def hear(self, packet: bytes) -> bytes:
        """Return the sound of one packet; nothing for one that is no Opus."""
        try:
            frames = self._codec.decode(av.Packet(packet))
        except FFmpegError:
            return b""
        return b"".join(
            bytes(out.planes[0])[: out.samples * 2]
            for frame in frames
            for out in self._resampler.resample(frame)
        )


class Mouth:
    """Encodes PCM16 mono at 24 kHz, 20 ms at a time; silence is one packet, made once."""

    def __init__(self) -> None:
        self._codec: AudioCodecContext | None = None
        self._samples = 0

    def say(self, pcm: bytes) -> bytes:
        """Return the packet of these 20 ms; empty when the encoder holds it back."""
        if self._codec is None:
            self._codec = _encoder()
        samples = len(pcm) // 2
        frame = AudioFrame(format="s16", layout="mono", samples=samples)
        frame.planes[0].update(pcm)
        frame.sample_rate = OUT_RATE
        frame.pts = self._samples
        frame.time_base = Fraction(1, OUT_RATE)
        self._samples += samples
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))

    def rest(self, *, cut: bool) -> bytes:
        """Return a packet without sound; after speech the encoder's last 6.5 ms, unless `cut`.

        What follows is said by a fresh encoder, whose first packet leans on none before it.
        """
        last = b"" if cut or self._codec is None else self.say(_NOTHING)
        self._codec = None
        return last or silence()


def _encoder() -> AudioCodecContext:
    codec = AudioCodecContext.create("libopus", "w")
    codec.bit_rate = _BIT_RATE
    codec.format = "s16"
    codec.layout = "mono"
    codec.sample_rate = OUT_RATE
    codec.time_base = Fraction(1, OUT_RATE)
    codec.options = {"application": "voip", "frame_duration": "20", "compression_level": _EFFORT}
    return codec


@cache
def silence() -> bytes:
    """Return 20 ms of silence as an encoder that has settled makes it."""
    mouth = Mouth()
    return [mouth.say(_NOTHING) for _ in range(_SETTLES)][-1]
