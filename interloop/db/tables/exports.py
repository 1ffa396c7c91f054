"""Files made of a recording, on request, to be taken away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.recording import ExportFormat, ExportState


class RecordingExport(Tenant, Base):
    """One asked-for file; sealed with the candidate's media key, and gone after `expires_at`."""

    __tablename__ = "recording_export"
    __table_args__ = tenant_args(
        Index("ix_recording_export_interview", "interview_id"),
        interview_id="interview",
        asked_by="user_account",
    )
    interview_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    format: Mapped[ExportFormat] = mapped_column(enum_column(ExportFormat))
    state: Mapped[ExportState] = mapped_column(enum_column(ExportState))
    percent: Mapped[int] = mapped_column(default=0)
    object_key: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(64))
    """Code of what went wrong; never a vendor's text."""
    expires_at: Mapped[datetime]
    """Place of the object is `recording_export.object:<id>`."""
