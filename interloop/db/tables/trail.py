"""What happened: the audit chain, the changes feed, and their heads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args


class AuditEntry(Tenant, Base):
    """One link of an organisation's chain; append-only (triggers refuse change); ids only."""

    __tablename__ = "audit_entry"
    __table_args__ = tenant_args(UniqueConstraint("org_id", "seq"))
    seq: Mapped[int]
    actor_kind: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(64))
    noun: Mapped[str] = mapped_column(String(32))
    noun_id: Mapped[UUID | None]
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Change(Tenant, Base):
    """One line of the feed behind `/api/events`; it only says what to look at again."""

    __tablename__ = "change"
    __table_args__ = tenant_args(UniqueConstraint("org_id", "seq"))
    seq: Mapped[int]
    noun: Mapped[str] = mapped_column(String(32))
    noun_id: Mapped[UUID]
    job_id: Mapped[UUID | None]


class TrailHead(Base):
    """Last numbers and last hash of an organisation; locked while a line is appended."""

    __tablename__ = "trail_head"
    org_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[bytes] = mapped_column(LargeBinary(32), default=bytes(32))
    change_seq: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
