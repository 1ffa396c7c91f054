"""When an organisation stopped all its interviews, who did it and why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args


class Stop(Tenant, Base):
    """One use of the stop switch; the organisation's own `stopped_at` says whether it is on."""

    __tablename__ = "stop"
    __table_args__ = tenant_args(stopped_by="user_account", ended_by="user_account")
    stopped_by: Mapped[UUID]
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with the decision key of the organisation itself."""
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
