"""The beat of 20 ms at which the interviewer's voice leaves."""

import asyncio
import time

from media_gateway.voice.opus import PACKET_MS

_LATE_S = 0.2


class Pace:
    """Paced by the monotonic clock."""

    def __init__(self) -> None:
        self._next_at = time.monotonic()

    async def due(self) -> None:
        """Wait until the next packet is due."""
        now = time.monotonic()
        if now - self._next_at > _LATE_S:
            # The process was held up: do not hurry through what is late.
            self._next_at = now
        await asyncio.sleep(max(0.0, self._next_at - now))
        self._next_at += PACKET_MS / 1000
