"""What Interloop asks of whoever carries a webhook to another system."""

from typing import Protocol

from interloop.domain.base import Value


class HookAnswer(Value):
    """What came back: a status, or a code of what went wrong before there was one."""

    status: int | None = None
    error: str | None = None

    @property
    def taken(self) -> bool:
        """Tell whether the other side has it; a redirect is a refusal."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Tell whether the other side wants no more."""
        return self.status == 410


class HookSender(Protocol):
    """Posts webhooks."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> HookAnswer:
        """Try once, for at most 20 s; never raises for what the other side or the line does."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...
