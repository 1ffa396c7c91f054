"""Made-up voices and pictures, encoded as a page sends them."""

import io
from collections.abc import Callable, Sequence
from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from interloop.domain.recording import ExportFormat
from interloop.integrations.audio.port import MediaFile, Mixer, Packet
from media_gateway.voice.opus import Mouth


def tone(seconds: float) -> list[bytes]:
    """Return the packets of a 440 Hz tone."""
    at = np.arange(int(24_000 * seconds)) / 24_000
    pcm = (np.sin(2 * np.pi * 440 * at) * 12_000).astype(np.int16).tobytes()
    mouth = Mouth()
    return [mouth.say(pcm[n : n + 960]) for n in range(0, len(pcm) - 959, 960)]


def voice(start_ms: int, seconds: float) -> list[Packet]:
    """Return the tone, in its place."""
    return [Packet(start_ms + n * 20, data) for n, data in enumerate(tone(seconds))]


def picture(
    start_ms: int, seconds: float, *, size: tuple[int, int] = (320, 180), shade: int = 200
) -> list[Packet]:
    """Return a VP8 film of one grey shade, 10 pictures a second, the first a key frame."""
    codec = VideoCodecContext.create("libvpx", "w")
    codec.width, codec.height = size
    codec.pix_fmt = "yuv420p"
    codec.time_base = Fraction(1, 1000)
    codec.options = {"deadline": "realtime", "cpu-used": "8", "g": "1000", "lag-in-frames": "0"}
    found: list[Packet] = []
    for at in range(0, int(seconds * 1000), 100):
        pixels = np.full((size[1], size[0], 3), shade, np.uint8)
        frame = VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
        frame.pts, frame.time_base = at, Fraction(1, 1000)
        found += (Packet(start_ms + at, bytes(packet)) for packet in codec.encode(frame))
    return found


def mixed(
    audio: Mixer,
    left: Sequence[Packet],
    right: Sequence[Packet],
    picture: Sequence[Packet],
    duration_ms: int,
) -> MediaFile:
    """Return what is mixed of these, in memory."""
    out = io.BytesIO()
    media_type = audio.mix(left, right, picture, duration_ms, out=out)
    return MediaFile(out.getvalue(), media_type)


def converted(
    audio: Mixer, copy: MediaFile, wanted: ExportFormat, progress: Callable[[float], None]
) -> MediaFile:
    """Return a copy in another format, in memory."""
    out = io.BytesIO()
    media_type = audio.convert(io.BytesIO(copy.data), wanted, progress, out=out)
    return MediaFile(out.getvalue(), media_type)


def streams_of(data: bytes) -> list[str]:
    """Return the codecs of a file."""
    with av.open(io.BytesIO(data), "r") as file:
        return [stream.codec_context.name for stream in file.streams]


def sounds(data: bytes) -> NDArray[np.bool_]:
    """Return, for each tenth of a second, whether left and right sound."""
    with av.open(io.BytesIO(data), "r") as file:
        parts = [frame.to_ndarray().astype(float) for frame in file.decode(audio=0)]
    flat = np.concatenate(parts, axis=1)
    pair = flat if flat.shape[0] == 2 else flat.reshape(-1, 2).T
    whole = np.abs(pair[:, : pair.shape[1] // 4800 * 4800]).reshape(2, -1, 4800).mean(axis=2)
    return np.asarray((whole / max(1e-9, float(whole.max()))) > 0.2)
