"""What a listener has heard of a voice that arrives faster than it plays."""

from collections.abc import Iterable

from interloop.integrations.live.port import OUT_RATE

BYTES_PER_MS = OUT_RATE * 2 // 1000
_MS_PER_LETTER = 70
"""Of a calm voice; only used where the service does not say what it speaks."""


class Heard:
    """Marks each piece of text with the milliseconds of sound that arrived before it."""

    def __init__(self, planned: str = "") -> None:
        """`planned` are the words that were asked for, should the service not tell its own."""
        self.received_ms = 0
        self._planned = planned
        self._marks: list[tuple[int, str]] = []

    def sound(self, pcm: bytes) -> None:
        """Count sound of the model (PCM16 mono, 24 kHz)."""
        self.received_ms += len(pcm) // BYTES_PER_MS

    def words(self, text: str) -> None:
        """Remember words that belong to the sound received last."""
        self._marks.append((self.received_ms, text))

    @property
    def all(self) -> str:
        """Return everything that was said, heard or not."""
        return _join(text for _, text in self._marks)

    def upto(self, played_ms: int) -> str:
        """Return the words that began before `played_ms` of the sound had played.

        Without words of the service: as many of the planned ones as a calm voice says meanwhile.
        """
        if self._marks or not self.received_ms:
            return _join(text for at, text in self._marks if at <= played_ms)
        return self._planned[: played_ms // _MS_PER_LETTER].rpartition(" ")[0]


def expected_ms(text: str) -> int:
    """Return how long a calm voice takes for these words, in ms."""
    return len(text) * _MS_PER_LETTER


def _join(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())
