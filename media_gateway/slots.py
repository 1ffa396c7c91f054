"""Places for interviews on this gateway; a claimed place is kept for a short lease only."""

import asyncio
import time
from uuid import UUID

LEASE_S = 10.0
Held = tuple[UUID, int]
"""Interview and epoch."""


class Slots:
    """Counts leases and interviews in progress."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._leases: dict[Held, float] = {}
        self._taken: set[Held] = set()
        self._changed = asyncio.Event()

    @property
    def free(self) -> int:
        """Return how many more interviews fit."""
        now = time.monotonic()
        self._leases = {held: until for held, until in self._leases.items() if until > now}
        return self._count - len(self._leases) - len(self._taken)

    def reserve(self, held: Held) -> bool:
        """Keep a place for `LEASE_S`; false when there is none."""
        if held not in self._leases and self.free <= 0:
            return False
        self._leases[held] = time.monotonic() + LEASE_S
        self._changed.set()
        return True

    def take(self, held: Held) -> None:
        """The interview begins; one that comes after its lease is taken nevertheless."""
        self._leases.pop(held, None)
        self._taken.add(held)
        self._changed.set()

    def give_back(self, held: Held) -> None:
        """The interview is over here."""
        self._leases.pop(held, None)
        self._taken.discard(held)
        self._changed.set()

    async def until_free(self) -> None:
        """Wait for a free place."""
        while self.free <= 0:
            await self._next_change()

    async def until_full(self) -> None:
        """Wait until there is none."""
        while self.free > 0:
            await self._next_change()

    async def _next_change(self) -> None:
        """Wait for a change; leases run out by themselves, so look again after a while."""
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), 1.0)
        except TimeoutError:
            return
