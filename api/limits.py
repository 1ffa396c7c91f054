"""Limits: how often one may guess (passwords, links), and how many listen at once."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from interloop.domain.errors import TooMany

SIGN_IN_BY_ADDRESS = parse("60/minute")
SIGN_IN_BY_ACCOUNT = parse("10/5minute")
REDEEM_BY_ADDRESS = parse("30/minute")
LIVE_LISTENERS = 16
"""Calls that are listened to at once: each mixes two voices as they come."""
LINKS_BY_APPLICATION = parse("6/10minute")


class Limits:
    """Counts in this process; one API process serves an installation."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._listeners = 0

    async def hit(self, item: RateLimitItem, *keys: str) -> None:
        """Count one attempt; `TooMany` beyond the limit."""
        if not await self._limiter.hit(item, *keys):
            raise TooMany("too many attempts; wait a little", code="too_many_attempts")

    def check_listeners(self) -> None:
        """Raise `TooMany` when so many listen to calls that one more would be in their way."""
        if self._listeners >= LIVE_LISTENERS:
            raise TooMany("too many listen at once", code="too_many_listeners")

    async def listening(self, stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        """Pass a stream on and count its listener until it ends or they leave."""
        self._listeners += 1
        try:
            async with aclosing(stream):
                async for piece in stream:
                    yield piece
        finally:
            self._listeners -= 1
