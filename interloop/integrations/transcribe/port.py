"""What Interloop asks of a transcription service: a recorded answer in, its words out."""

from typing import Protocol

from interloop.domain.base import Value
from interloop.domain.turn import Provider, Word


class Transcript(Value):
    """What was said, verbatim; word times in ms from the beginning of the sound."""

    text: str
    words: tuple[Word, ...]
    provider: Provider
    """Whose words these are: only those of a real model are reliable."""


class Transcriber(Protocol):
    """Hears one voice at a time."""

    async def transcribe(self, wav: bytes) -> Transcript:
        """Return the words of a WAV file; no text when nothing was said.

        Raises `Unavailable` when the service is away or its answer cannot be used.
        """
        ...

    async def close(self) -> None:
        """Let go of what was opened to ask."""
        ...
