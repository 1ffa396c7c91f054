"""Keys of other systems, what they asked for once, and how often anybody asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args


class ApiKey(Tenant, Base):
    """A key of another system; its secret was shown once and only the hash is stored."""

    __tablename__ = "api_key"
    __table_args__ = tenant_args(created_by="user_account", revoked_by="user_account")
    name: Mapped[str] = mapped_column(String(100))
    prefix: Mapped[str] = mapped_column(String(16), unique=True)
    """The public part, by which it is found."""
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_by: Mapped[UUID]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    """To the minute."""
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[UUID | None]


class IdempotentRequest(Tenant, Base):
    """One request of a key that is done once; the answer holds ids, codes and instants only."""

    __tablename__ = "idempotent_request"
    __table_args__ = tenant_args(UniqueConstraint("api_key_id", "key"), api_key_id="api_key")
    api_key_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(String(255))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(16))
    """Keyed hash of what was asked."""
    lease: Mapped[UUID]
    """Who is at work on it; a later one takes over from a process that died."""
    leased_until: Mapped[datetime]
    status: Mapped[int | None]
    answer: Mapped[str | None]
    """JSON as it was sent; none while the work goes on."""
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RateWindow(Base):
    """Attempts of one kind in one window; the key is a hash, and nobody's row."""

    __tablename__ = "rate_window"
    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    window_no: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
