"""Addresses of other systems, the news for them, and every try to deliver it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.webhooks import DeliveryState, EndpointState, HookEvent


class WebhookEndpoint(Tenant, Base):
    """An address that is told of news; its secrets are sealed."""

    __tablename__ = "webhook_endpoint"
    __table_args__ = tenant_args(created_by="user_account")
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[EndpointState] = mapped_column(enum_column(EndpointState))
    disabled_reason: Mapped[str | None] = mapped_column(String(64))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    old_secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Signs beside the new one for a while after a rotation."""
    old_secret_until: Mapped[datetime | None]
    created_by: Mapped[UUID]
    last_success_at: Mapped[datetime | None]
    last_failure_at: Mapped[datetime | None]


class WebhookEvent(Tenant, Base):
    """One piece of news, written in the transaction of what it tells; ids and codes only."""

    __tablename__ = "webhook_event"
    __table_args__ = tenant_args()
    type: Mapped[HookEvent] = mapped_column(enum_column(HookEvent))
    data: Mapped[dict[str, str]] = mapped_column(JSON)


class WebhookDelivery(Tenant, Base):
    """One piece of news for one address."""

    __tablename__ = "webhook_delivery"
    __table_args__ = tenant_args(
        UniqueConstraint("event_id", "endpoint_id"),
        Index("ix_webhook_delivery_unstarted", "state", "run_id"),
        event_id="webhook_event",
        endpoint_id="webhook_endpoint",
    )
    event_id: Mapped[UUID]
    endpoint_id: Mapped[UUID]
    state: Mapped[DeliveryState] = mapped_column(enum_column(DeliveryState))
    round: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[str | None] = mapped_column(String(64))
    """Of the workflow that delivers this round; none until it was started."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(String(64))
    delivered_at: Mapped[datetime | None]


class WebhookAttempt(Tenant, Base):
    """One try; without an end it was cut off with its process."""

    __tablename__ = "webhook_attempt"
    __table_args__ = tenant_args(
        Index("ix_webhook_attempt_delivery", "delivery_id"), delivery_id="webhook_delivery"
    )
    delivery_id: Mapped[UUID]
    ended_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(64))
    """Code of what went wrong; never the other side's text."""
