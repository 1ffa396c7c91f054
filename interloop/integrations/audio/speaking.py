"""One voice as a WAV file for a recogniser: 16 kHz, mono, silence where nothing was recorded."""

import io
import wave
from collections.abc import Sequence

import numpy as np

from interloop.integrations.audio.lanes import FRAME, PER_MS, RATE, Lane
from interloop.integrations.audio.port import MediaFile, Packet

_RATE = 16_000
_STEP = RATE // _RATE


def voice(packets: Sequence[Packet], duration_ms: int) -> MediaFile:
    """Decode one stream; see the port. Three samples are averaged to one, which is enough here."""
    lane = Lane(packets)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        for start in range(0, duration_ms * PER_MS, FRAME):
            samples = lane.take(start).reshape(-1, _STEP).mean(axis=1)
            file.writeframes(samples.astype(np.int16).tobytes())
    return MediaFile(out.getvalue(), "audio/wav")
