"""Marks with their evidence, scorecards, decisions, tasks and mails."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.deciding import DecisionState
from interloop.domain.mark import Provenance


class Mark(Tenant, Base):
    """One mark of one criterion; a person's own row stands before the suggested is revealed."""

    __tablename__ = "mark"
    __table_args__ = tenant_args(
        UniqueConstraint("interview_id", "criterion_id", "provenance", "user_id"),
        CheckConstraint("(provenance = 'human') = (user_id IS NOT NULL)", name="human_has_user"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 5", name="level_1_to_5"),
        interview_id="interview",
        rubric_version_id="rubric_version",
        user_id="user_account",
    )
    interview_id: Mapped[UUID]
    rubric_version_id: Mapped[UUID]
    criterion_id: Mapped[str] = mapped_column(String(64))
    provenance: Mapped[Provenance] = mapped_column(enum_column(Provenance))
    user_id: Mapped[UUID | None]
    level: Mapped[int | None]
    abstained: Mapped[bool] = mapped_column(default=False)
    reason_code: Mapped[str | None] = mapped_column(String(64))
    spread_low: Mapped[int | None]
    spread_high: Mapped[int | None]
    samples: Mapped[int] = mapped_column(default=1)
    quotes_offered: Mapped[int] = mapped_column(default=0)
    quotes_verified: Mapped[int] = mapped_column(default=0)
    model: Mapped[str | None] = mapped_column(String(100))
    prompt_sha256: Mapped[str | None] = mapped_column(String(64))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    revealed_at: Mapped[datetime | None]


class Evidence(Tenant, Base):
    """Where the words behind a mark stand: turn, its version, characters and audio."""

    __tablename__ = "evidence"
    __table_args__ = tenant_args(mark_id="mark", turn_id="turn")
    mark_id: Mapped[UUID]
    turn_id: Mapped[UUID]
    turn_version: Mapped[int]
    start_char: Mapped[int]
    end_char: Mapped[int]
    start_ms: Mapped[int]
    end_ms: Mapped[int]


class Scorecard(Tenant, Base):
    """One reviewer's card of one interview; submitted once."""

    __tablename__ = "scorecard"
    __table_args__ = tenant_args(
        UniqueConstraint("interview_id", "user_id"),
        interview_id="interview",
        user_id="user_account",
    )
    interview_id: Mapped[UUID]
    user_id: Mapped[UUID]
    submitted_at: Mapped[datetime | None]


class DecisionKind(StrEnum):
    """What a named person decided."""

    advance = "advance"
    reject = "reject"
    hire = "hire"


FINAL = frozenset({DecisionKind.reject, DecisionKind.hire})
"""These end the candidacy."""


class Decision(Tenant, Base):
    """A decision: committed with its actor first, confirmed by a second one where asked for."""

    __tablename__ = "decision"
    __table_args__ = tenant_args(
        Index("ix_decision_application", "application_id"),
        application_id="application",
        decided_by="user_account",
        message_id="message",
    )
    application_id: Mapped[UUID]
    kind: Mapped[DecisionKind] = mapped_column(enum_column(DecisionKind))
    decided_by: Mapped[UUID]
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed with the decision key, which outlives erasure."""
    message_id: Mapped[UUID | None]
    state: Mapped[DecisionState] = mapped_column(
        enum_column(DecisionState), default=DecisionState.proposed
    )
    """Nothing is followed that nobody confirmed."""
    applied_at: Mapped[datetime | None]
    refused_code: Mapped[str | None] = mapped_column(String(64))


class MessageState(StrEnum):
    """Where a mail stands; ambiguous ones are looked up or wait for a person."""

    draft = "draft"
    pending = "pending"
    sending = "sending"
    sent = "sent"
    ambiguous = "ambiguous"
    confirmed = "confirmed"
    failed = "failed"


class MessageKind(StrEnum):
    """Which mail."""

    invite = "invite"
    meet_person = "meet_person"
    """An invitation to a round that a person holds."""
    human_interview = "human_interview"
    advance = "advance"
    rejection = "rejection"
    offer = "offer"
    reminder = "reminder"
    booked = "booked"
    rescheduled = "rescheduled"
    cancelled_time = "cancelled_time"
    proposed_time = "proposed_time"
    missed_time = "missed_time"
    next_step = "next_step"
    review_receipt = "review_receipt"
    review_upheld = "review_upheld"
    review_reopened = "review_reopened"


INVITATIONS = frozenset({MessageKind.invite, MessageKind.meet_person})
"""Mails that open a round, and with it the candidate's page."""


class Message(Tenant, Base):
    """The outbox: what was previewed is what leaves; address and text are sealed (identity)."""

    __tablename__ = "message"
    __table_args__ = tenant_args(
        application_id="application",
        template_version_id="template_version",
        created_by="user_account",
    )
    application_id: Mapped[UUID]
    kind: Mapped[MessageKind] = mapped_column(enum_column(MessageKind))
    template_version_id: Mapped[UUID | None]
    """The version it was written with; None is the text that ships with the product."""
    language: Mapped[str] = mapped_column(String(16), default="en", server_default="en")
    created_by: Mapped[UUID]
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState))
    subject_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    html_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime | None]
    failure_code: Mapped[str | None] = mapped_column(String(64))


class TaskKind(StrEnum):
    """What waits for a named person."""

    human_interview = "human_interview"
    expired_invitation = "expired_invitation"
    unreadable_resume = "unreadable_resume"
    missing_email = "missing_email"
    review = "review"
    message_failed = "message_failed"
    not_scored = "not_scored"
    no_show = "no_show"
    technical_failure = "technical_failure"
    no_time = "no_time"
    """Nobody of the pool has a time that fits."""
    report_interview = "report_interview"
    """An interviewer has not said how a meeting went."""
    scorecard_due = "scorecard_due"
    human_review = "human_review"
    """Another person than who decided looks at a rejection again."""
    calendar_access = "calendar_access"
    """An interviewer's calendar lets us in no more: appointments wait to be written there."""


class Task(Tenant, Base):
    """Something a person must do, with a deadline; it never carries why a candidate asked."""

    __tablename__ = "task"
    __table_args__ = tenant_args(
        UniqueConstraint("application_id", "kind", "key"),
        application_id="application",
        assignee_id="user_account",
        done_by="user_account",
    )
    application_id: Mapped[UUID]
    kind: Mapped[TaskKind] = mapped_column(enum_column(TaskKind))
    key: Mapped[str] = mapped_column(String(64), default="")
    """Makes opening the same task twice harmless."""
    assignee_id: Mapped[UUID | None]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
