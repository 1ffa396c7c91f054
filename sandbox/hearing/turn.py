"""What every way of hearing offers: a turn that takes sound and ends in a text."""

from collections.abc import Awaitable, Callable
from typing import Protocol

RATE = 16_000
"""Samples a second of PCM16 that the Live protocol takes in."""

Partial = Callable[[str], Awaitable[None]]
"""Called with the whole text of the turn as far as it is known."""


class HeardTurn(Protocol):
    """One stretch between activityStart and activityEnd."""

    async def feed(self, pcm: bytes) -> None:
        """The next sound, PCM16 mono at `RATE`."""
        ...

    async def finish(self) -> str:
        """The text of the whole turn, after its last sound."""
        ...

    async def drop(self) -> None:
        """The turn is given up; nobody wants its text."""
        ...


MakeTurn = Callable[[Partial], HeardTurn]
"""Begins a turn that tells its growing text."""
