"""Addresses that are told of news, and the log of what they were told."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.webhooks import OFFERED, DeliveryState, EndpointState, HookEvent


def _offered(event: HookEvent) -> HookEvent:
    if event not in OFFERED:
        raise ValueError("this is sent on request only")
    return event


Offered = Annotated[HookEvent, AfterValidator(_offered)]


class WebhookIn(Value):
    """A new address, and which news it wants."""

    url: str = Field(min_length=1, max_length=2000)
    events: tuple[Offered, ...] = Field(min_length=1, max_length=20)


class WebhookOut(Value):
    """An address and how it fares."""

    id: UUID
    url: str
    events: tuple[HookEvent, ...]
    state: EndpointState
    disabled_reason: str | None
    """`by_person`, or `gone` when the address answered 410."""
    created_at: datetime
    created_by: UserRef
    last_success_at: datetime | None
    last_failure_at: datetime | None
    pending: int
    """Deliveries that are still being tried."""
    failed: int
    """Deliveries that were given up."""
    two_secrets_until: datetime | None
    """Until then the secret before the last rotation signs too."""


class WebhookSecretOut(Value):
    """The address with its secret, this once."""

    webhook: WebhookOut
    secret: str


class DeliveryRow(Value):
    """One piece of news for one address."""

    id: UUID
    webhook_id: UUID
    message_id: str
    """What the receiver gets as `webhook-id`."""
    type: HookEvent
    created_at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    last_status: int | None
    last_error: str | None
    delivered_at: datetime | None


class DeliveryPage(Value):
    """Newest first; `next` is the cursor of the following page, or null."""

    items: tuple[DeliveryRow, ...]
    next: str | None


class AttemptOut(Value):
    """One try; without an end it is under way, or was cut off with its process."""

    at: datetime
    ended_at: datetime | None
    status: int | None
    error: str | None


class DeliveryOut(DeliveryRow):
    """A delivery with what is sent and every try, oldest first."""

    url: str
    payload: str
    tries: tuple[AttemptOut, ...]
