"""Rate limits of what can be guessed: passwords and links."""

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from interloop.domain.errors import TooMany

SIGN_IN_BY_ADDRESS = parse("60/minute")
SIGN_IN_BY_ACCOUNT = parse("10/5minute")
REDEEM_BY_ADDRESS = parse("30/minute")
LINKS_BY_APPLICATION = parse("6/10minute")


class Limits:
    """Counts in this process; one API process serves an installation."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def hit(self, item: RateLimitItem, *keys: str) -> None:
        """Count one attempt; `TooMany` beyond the limit."""
        if not await self._limiter.hit(item, *keys):
            raise TooMany("too many attempts; wait a little", code="too_many_attempts")
