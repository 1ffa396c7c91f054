"""What the callers of these tests say."""

from functools import lru_cache

from interloop.demo.wav import cut, resampled
from tests.sandbox.speaking import pcm16k

BUILT = "I built a billing system, and the hardest part was moving the old data over."


@lru_cache
def speech(text: str = BUILT) -> tuple[bytes, ...]:
    """Return a spoken text as frames for a microphone."""
    return tuple(cut(resampled(pcm16k(text), 16_000)))
