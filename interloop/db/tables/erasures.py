"""That a candidate's histories were taken out of the workflow engine; the receipt stays."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args


class HistoryErasure(Tenant, Base):
    """One receipt: how many workflows and runs of an application were taken out, and how fast."""

    __tablename__ = "history_erasure"
    __table_args__ = tenant_args(application_id="application")
    application_id: Mapped[UUID] = mapped_column(index=True)
    workflows: Mapped[int]
    runs: Mapped[int]
    seconds: Mapped[float]
