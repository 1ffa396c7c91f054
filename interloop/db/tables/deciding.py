"""Around a decision: what a second person said to it, and what it rested on."""

from uuid import UUID

from sqlalchemy import LargeBinary, String, UniqueConstraint
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


class Dossier(Tenant, Base):
    """What a rejection rested on; written once, and never again (triggers refuse change)."""

    __tablename__ = "dossier"
    __table_args__ = tenant_args(
        UniqueConstraint("decision_id"), application_id="application", decision_id="decision"
    )
    application_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with the decision key, which outlives erasure."""
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What names the candidate, sealed with their identity key."""
    sha256: Mapped[str] = mapped_column(String(64))
