"""Uploads of many resumes, and what became of each file."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.bulk import BulkState, ItemState


class BulkUpload(Tenant, Base):
    """One archive that somebody handed in for a job."""

    __tablename__ = "bulk_upload"
    __table_args__ = tenant_args(
        Index("ix_bulk_upload_job", "job_id"), job_id="job", started_by="user_account"
    )
    job_id: Mapped[UUID]
    started_by: Mapped[UUID]
    state: Mapped[BulkState] = mapped_column(enum_column(BulkState), default=BulkState.reading)
    run_id: Mapped[str | None] = mapped_column(String(64))


class BulkItem(Tenant, Base):
    """One file of an upload; its name and bytes are sealed with a key of the upload (identity)."""

    __tablename__ = "bulk_item"
    __table_args__ = tenant_args(
        UniqueConstraint("bulk_id", "seq"), bulk_id="bulk_upload", application_id="application"
    )
    bulk_id: Mapped[UUID]
    seq: Mapped[int]
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    object_key: Mapped[str | None] = mapped_column(String(200))
    """The waiting file; gone once it was read."""
    state: Mapped[ItemState] = mapped_column(enum_column(ItemState))
    code: Mapped[str | None] = mapped_column(String(64))
    """Why it was refused, or how it was known already."""
    application_id: Mapped[UUID | None]
