"""Around a decision: what a second person said to it."""

from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.deciding import Verdict


class SecondOpinion(Tenant, Base):
    """One other person's word on a proposed decision; there is never a second one."""

    __tablename__ = "second_opinion"
    __table_args__ = tenant_args(
        UniqueConstraint("decision_id"), decision_id="decision", given_by="user_account"
    )
    decision_id: Mapped[UUID]
    given_by: Mapped[UUID]
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with the decision key."""
