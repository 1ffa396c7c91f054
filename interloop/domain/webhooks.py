"""What is told to other systems by webhook, and how often it is tried (Standard Webhooks 1.0.0)."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value


class HookEvent(StrEnum):
    """One kind of news; `test` is sent on request only."""

    application_created = "application.created"
    application_stage_changed = "application.stage_changed"
    application_decided = "application.decided"
    interview_finished = "interview.finished"
    scorecard_ready = "scorecard.ready"
    test = "webhook.test"


OFFERED = tuple(event for event in HookEvent if event is not HookEvent.test)


class EndpointState(StrEnum):
    """Whether news go to an address."""

    enabled = "enabled"
    disabled = "disabled"


class DeliveryState(StrEnum):
    """Where one piece of news for one address stands."""

    pending = "pending"
    delivered = "delivered"
    failed = "failed"
    """Every try is used up, or the address was switched off."""


PAUSES = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Before each try, after the one before it: a little over three days in all."""


class DeliveryRef(Value):
    """One delivery; `round` counts how often a person had it sent again."""

    org_id: UUID
    delivery_id: UUID
    round: int


class HookTry(DeliveryRef):
    """One try; `next_at` is when the following one would be, none after the last."""

    next_at: datetime | None


class TryEnd(StrEnum):
    """How a try ended, for the workflow: over means that there is nothing more to send."""

    over = "over"
    again = "again"


def message_id(event_id: UUID) -> str:
    """Return the `webhook-id`: the same for every try, so that receivers see news once."""
    return f"msg_{event_id.hex}"


def payload(kind: HookEvent, at: datetime, data: Mapping[str, str]) -> bytes:
    """Return the body: what happened, when, and the ids of what it happened to."""
    told = {"type": kind.value, "timestamp": at.isoformat(), "data": data}
    return json.dumps(told, separators=(",", ":")).encode()
