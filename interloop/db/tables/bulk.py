"""Uploads of many people, and what became of each file or row."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.bulk import BulkKind, BulkState, ItemState


class BulkUpload(Tenant, Base):
    """One archive or list that somebody handed in for a job."""

    __tablename__ = "bulk_upload"
    __table_args__ = tenant_args(
        Index("ix_bulk_upload_job", "job_id"),
        Index("ix_bulk_upload_sent_as", "job_id", "sent_as", unique=True),
        job_id="job",
        started_by="user_account",
    )
    job_id: Mapped[UUID]
    started_by: Mapped[UUID]
    kind: Mapped[BulkKind] = mapped_column(enum_column(BulkKind), default=BulkKind.resumes)
    sent_as: Mapped[UUID | None]
    """The sender's own id of the sending: the same one twice is one upload."""
    digest_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    """What was sent under it, blind."""
    state: Mapped[BulkState] = mapped_column(enum_column(BulkState), default=BulkState.reading)
    run_id: Mapped[str | None] = mapped_column(String(64))


class BulkItem(Tenant, Base):
    """One file or row of an upload; its words are sealed with a key of the upload (identity)."""

    __tablename__ = "bulk_item"
    __table_args__ = tenant_args(
        UniqueConstraint("bulk_id", "seq"), bulk_id="bulk_upload", application_id="application"
    )
    bulk_id: Mapped[UUID]
    seq: Mapped[int]
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    object_key: Mapped[str | None] = mapped_column(String(200))
    """The waiting file; gone once it was read."""
    row_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The row of a list, with what is wrong with it; gone once the person is there."""
    state: Mapped[ItemState] = mapped_column(enum_column(ItemState))
    code: Mapped[str | None] = mapped_column(String(64))
    """Why it was refused, or how it was known already."""
    application_id: Mapped[UUID | None]
