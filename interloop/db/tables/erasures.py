"""That a candidate's histories were taken out of the workflow engine; the receipt stays."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args


class HistoryErasure(Tenant, Base):
    """Asked for first, a receipt once it is done: how many workflows and runs, and how fast."""

    __tablename__ = "history_erasure"
    __table_args__ = tenant_args(application_id="application", asked_by="user_account")
    application_id: Mapped[UUID] = mapped_column(index=True)
    asked_by: Mapped[UUID | None]
    workflows: Mapped[int] = mapped_column(default=0)
    runs: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    gone_at: Mapped[datetime | None]
    """Since when nothing is left; None: under way, or refused."""
    refused: Mapped[str | None] = mapped_column(String(64))
    """Code of why nothing was taken out after all."""
