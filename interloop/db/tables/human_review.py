"""Reviews of rejections that candidates asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.human_review import ReviewState


class HumanReview(Tenant, Base):
    """One review of one rejection; it waits for a person for as long as it takes."""

    __tablename__ = "human_review"
    __table_args__ = tenant_args(
        UniqueConstraint("decision_id"),
        application_id="application",
        decision_id="decision",
        assignee_id="user_account",
        answered_by="user_account",
    )
    application_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    state: Mapped[ReviewState] = mapped_column(enum_column(ReviewState), default=ReviewState.asked)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the candidate wants to be looked at; their own words, sealed with the transcript key."""
    answer_by: Mapped[datetime]
    run_id: Mapped[str | None] = mapped_column(String(64))
    assignee_id: Mapped[UUID | None]
    receipt_id: Mapped[UUID | None]
    """The mail that confirms the request."""
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Why; sealed with the decision key."""
    reply_id: Mapped[UUID | None]
    """The mail that tells the candidate."""
