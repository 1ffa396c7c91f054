"""Interviews, their turns, recordings and segments."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import ValueColumn, enum_column
from interloop.domain.recording import Manifest, SegmentKind, SegmentSource
from interloop.domain.turn import Cursor, Provider, Speaker, TurnSource, TurnState


class InterviewKind(StrEnum):
    """Who asks the questions."""

    ai = "ai"
    human = "human"


class InterviewState(StrEnum):
    """Where one round stands."""

    pending = "pending"
    ready = "ready"
    live = "live"
    paused = "paused"
    finished = "finished"
    cancelled = "cancelled"


class Interview(Tenant, Base):
    """One round (round_no, attempt) with pinned versions; every gateway write names `epoch`."""

    __tablename__ = "interview"
    __table_args__ = tenant_args(
        UniqueConstraint("application_id", "round_no", "attempt"),
        application_id="application",
        plan_version_id="plan_version",
        rubric_version_id="rubric_version",
        persona_version_id="persona_version",
        assignee_id="user_account",
    )
    application_id: Mapped[UUID]
    round_no: Mapped[int] = mapped_column(default=1)
    attempt: Mapped[int] = mapped_column(default=1)
    kind: Mapped[InterviewKind] = mapped_column(enum_column(InterviewKind))
    state: Mapped[InterviewState] = mapped_column(enum_column(InterviewState))
    plan_version_id: Mapped[UUID]
    rubric_version_id: Mapped[UUID]
    persona_version_id: Mapped[UUID]
    assignee_id: Mapped[UUID | None]
    open_until: Mapped[datetime | None]
    epoch: Mapped[int] = mapped_column(default=0)
    gateway_id: Mapped[UUID | None]
    gateway_address: Mapped[str | None] = mapped_column(String(300))
    cursor: Mapped[Cursor] = mapped_column(ValueColumn(Cursor), default=Cursor)
    clock_ms: Mapped[int] = mapped_column(default=0)
    """Highest interview-clock reading that was stored; a takeover continues from it."""
    joined_at: Mapped[datetime | None]
    """Zero of the interview clock: the first join."""
    finished_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    """When the candidate last asked for the room; whoever tried has not stayed away."""
    provider: Mapped[Provider | None] = mapped_column(enum_column(Provider))
    live_handle_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """With which the live model continues the conversation after a takeover; opaque."""
    live_handle_at: Mapped[datetime | None]


class Waiting(Base):
    """A place in line for a gateway, over all organisations; no word about whose."""

    __tablename__ = "waiting"
    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)


class Turn(Tenant, Base):
    """Words of one speaker; unique by (interview, seq); text sealed with the transcript key."""

    __tablename__ = "turn"
    __table_args__ = tenant_args(
        UniqueConstraint("interview_id", "seq", "version"),
        UniqueConstraint("interview_id", "answer_id"),
        interview_id="interview",
    )
    interview_id: Mapped[UUID]
    seq: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    speaker: Mapped[Speaker] = mapped_column(enum_column(Speaker))
    source: Mapped[TurnSource] = mapped_column(enum_column(TurnSource))
    question_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[TurnState] = mapped_column(enum_column(TurnState))
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    generated_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the interviewer's model was to say, where the candidate heard something else."""
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    folded_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    provider: Mapped[Provider | None] = mapped_column(enum_column(Provider))
    reliable: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    answer_id: Mapped[UUID | None]
    epoch: Mapped[int]
    """Place of the sealed texts is `turn.<column>:<id>`; the key subject is the candidate."""


class Segment(Tenant, Base):
    """One sealed file of one stream of one epoch; closed rows carry index and checksum."""

    __tablename__ = "segment"
    __table_args__ = tenant_args(
        Index("ix_segment_interview", "interview_id", "source"), interview_id="interview"
    )
    interview_id: Mapped[UUID]
    epoch: Mapped[int]
    source: Mapped[SegmentSource] = mapped_column(enum_column(SegmentSource))
    kind: Mapped[SegmentKind] = mapped_column(
        enum_column(SegmentKind),
        default=SegmentKind.gateway,
        server_default=SegmentKind.gateway.value,
    )
    clock_error_ms: Mapped[int | None]
    """How far a device's clock may lie beside the interview's; none of a gateway's own."""
    codec: Mapped[str] = mapped_column(String(32))
    object_key: Mapped[str] = mapped_column(String(200))
    start_ms: Mapped[int]
    end_ms: Mapped[int] = mapped_column(default=0)
    records: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None] = mapped_column(String(64))
    closed_at: Mapped[datetime | None]


class RecordingState(StrEnum):
    """A recording is open until its listening copy stands."""

    open = "open"
    finalised = "finalised"
    erased = "erased"


class Recording(Tenant, Base):
    """The copy to listen to (and watch): stereo, left candidate, right interviewer."""

    __tablename__ = "recording"
    __table_args__ = tenant_args(UniqueConstraint("interview_id"), interview_id="interview")
    interview_id: Mapped[UUID]
    state: Mapped[RecordingState] = mapped_column(enum_column(RecordingState))
    object_key: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(64), default="audio/ogg")
    duration_ms: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    gap_ms: Mapped[int] = mapped_column(default=0)
    manifest: Mapped[Manifest | None] = mapped_column(ValueColumn(Manifest))
