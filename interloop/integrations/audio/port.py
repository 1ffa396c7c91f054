"""What Interloop asks of a sound library: one listening copy of two voices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Packet:
    """One encoded Opus frame (or picture); `at_ms` on the interview clock."""

    at_ms: int
    data: bytes


class Mixer(Protocol):
    """Makes one file of two streams; where nothing was recorded there is silence."""

    media_type: str

    def mix(self, left: Sequence[Packet], right: Sequence[Packet], duration_ms: int) -> bytes:
        """Return a stereo file of this length; blocking and busy, so call it on a thread.

        Packets are Opus, in order of time; what overlaps something earlier is left out.
        """
        ...
