"""Speech of a WAV file as 20 ms Opus-ready frames at 48 kHz, mono."""

import wave
from pathlib import Path

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

RATE = 48_000
FRAME_SAMPLES = 960
FRAME_BYTES = FRAME_SAMPLES * 2


def frames(path: Path) -> list[bytes]:
    """Return the PCM16 frames of a WAV file; raises `wave.Error` for what is none."""
    with wave.open(str(path)) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        pcm = file.readframes(file.getnframes())
    return cut(resampled(pcm, rate, channels))


def resampled(pcm: bytes, rate: int, channels: int = 1) -> bytes:
    """Return PCM16 at 48 kHz mono."""
    layout = "mono" if channels == 1 else "stereo"
    samples = len(pcm) // 2 // channels
    frame = AudioFrame(format="s16", layout=layout, samples=samples)
    frame.planes[0].update(pcm[: samples * 2 * channels])
    frame.sample_rate = rate
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    out = [*resampler.resample(frame), *resampler.resample(None)]
    return b"".join(bytes(part.planes[0])[: part.samples * 2] for part in out)


def cut(pcm: bytes) -> list[bytes]:
    """Cut into frames of 20 ms, the last one filled with silence."""
    return [
        pcm[at : at + FRAME_BYTES].ljust(FRAME_BYTES, b"\0")
        for at in range(0, len(pcm), FRAME_BYTES)
    ]
