"""Limits: how often one may guess or ask, over all processes; how many listen at once, here."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from limits import RateLimitItem, parse

from interloop.db.rates import hit
from interloop.domain.errors import TooMany
from interloop.domain.rate import Rate
from interloop.services import Services

SIGN_IN_BY_ADDRESS = parse("60/minute")
REDEEM_BY_ADDRESS = parse("30/minute")
LIVE_LISTENERS = 16
"""Calls that are listened to at once: each mixes two voices as they come, in this process."""
LINKS_BY_APPLICATION = parse("6/10minute")
TEST_MAILS_BY_PERSON = parse("5/10minute")
BY_KEY = parse("300/minute")
"""Requests of one API key; a whole bulk import of 500 people takes two minutes."""


class TooOften(TooMany):
    """More attempts than the limit; `retry_s` says how long to wait."""

    def __init__(self, rate: Rate) -> None:
        super().__init__("too many attempts; wait a little", code="too_many_attempts")
        self.retry_s = max(rate.retry_s, 1)


class Limits:
    """Counts attempts in the database: any number of API processes serves an installation."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.sign_in_by_account = parse(services.settings.sign_ins_by_account)
        self._listeners = 0

    async def hit(self, item: RateLimitItem, *names: str) -> None:
        """Count one attempt; `TooOften` beyond the limit."""
        async with self._services.db.unscoped("sign-in") as session:
            rate = await hit(session, item, *names, now=self._services.clock.now())
        if not rate.allowed:
            raise TooOften(rate)

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
