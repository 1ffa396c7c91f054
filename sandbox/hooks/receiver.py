"""What has come in by webhook, and how the next ones fail; in memory only."""

import datetime as dt
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

_KEPT = 5_000


class HookFailure(StrEnum):
    """How taking one fails; the last two take it first, so that a second sending is a double."""

    BROKEN = "500"
    GONE = "410"
    MOVED = "302"
    SLOW = "slow"
    LOST = "lost"


TAKEN = frozenset({HookFailure.SLOW, HookFailure.LOST})


class HookFault(BaseModel):
    """The next `count` webhooks fail in that way."""

    model_config = ConfigDict(extra="forbid")

    kind: HookFailure
    count: int = Field(default=1, ge=1)


@dataclass(frozen=True)
class Received:
    """One webhook as it came in; the same message sent twice is here twice."""

    id: int
    message_id: str
    type: str
    timestamp: str
    data: dict[str, Any]
    signatures: int
    received_at: dt.datetime


@dataclass
class Receiver:
    """One receiver for every path; with secrets it takes nothing that none of them signed."""

    received: list[Received] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    faults: list[HookFault] = field(default_factory=list)
    _last: int = 0

    def clear(self) -> None:
        """Forget everything."""
        self.received.clear()
        self.secrets.clear()
        self.faults.clear()

    def is_signed(self, body: bytes, headers: dict[str, str]) -> bool:
        """Tell whether a secret we know signed it, by the reference implementation."""
        return not self.secrets or any(_fits(key, body, headers) for key in self.secrets)

    def due(self) -> HookFailure | None:
        """Return how this one fails, if a failure was planned."""
        if not self.faults:
            return None
        fault = self.faults[0]
        fault.count -= 1
        if fault.count == 0:
            del self.faults[0]
        return fault.kind

    def take(self, body: bytes, headers: dict[str, str]) -> Received:
        """Keep what came."""
        told = json.loads(body)
        self._last += 1
        one = Received(
            id=self._last,
            message_id=headers.get("webhook-id", ""),
            type=str(told["type"]),
            timestamp=str(told["timestamp"]),
            data=dict(told["data"]),
            signatures=len(headers.get("webhook-signature", "").split()),
            received_at=dt.datetime.now(dt.UTC),
        )
        self.received.append(one)
        del self.received[:-_KEPT]
        return one


def _fits(key: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(key).verify(body, headers)
    except (WebhookVerificationError, ValueError):
        # The library raises plain ValueErrors for a signature that is no signature.
        return False
    return True
