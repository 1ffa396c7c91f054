"""What a listener has heard of a voice that arrives faster than it plays."""

from collections.abc import Iterable

from interloop.integrations.live.port import OUT_RATE

BYTES_PER_MS = OUT_RATE * 2 // 1000


class Heard:
    """Marks each piece of text with the milliseconds of sound that arrived before it."""

    def __init__(self) -> None:
        self.received_ms = 0
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
        """Return the words that began before `played_ms` of the sound had played."""
        return _join(text for at, text in self._marks if at <= played_ms)


def _join(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())
