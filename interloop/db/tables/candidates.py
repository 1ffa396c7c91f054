"""Candidates, their resumes and applications. Personal words are sealed columns."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import ValueColumn, enum_column
from interloop.domain.document import ReadStatus
from interloop.domain.rules import Place
from interloop.domain.stage import Outcome, Stage, WaitingOn


class Candidate(Tenant, Base):
    """A person; name, e-mail and phone are sealed with the identity key of the candidate."""

    __tablename__ = "candidate"
    __table_args__ = tenant_args(UniqueConstraint("org_id", "email_index"))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    place: Mapped[Place] = mapped_column(ValueColumn(Place))
    zone: Mapped[str | None] = mapped_column(String(64))
    """The IANA zone their page named last."""
    language: Mapped[str | None] = mapped_column(String(16))
    """What they are written to in; None: the organisation's language."""
    erased_at: Mapped[datetime | None]


class NameToken(Tenant, Base):
    """A blind index of one word of a name."""

    __tablename__ = "name_token"
    __table_args__ = tenant_args(
        Index("ix_name_token_lookup", "org_id", "token"), candidate_id="candidate"
    )
    candidate_id: Mapped[UUID]
    token: Mapped[bytes] = mapped_column(LargeBinary(16))


class Resume(Tenant, Base):
    """An uploaded document; file name, text, contacts and the file itself are sealed (identity)."""

    __tablename__ = "resume"
    __table_args__ = tenant_args(candidate_id="candidate")
    candidate_id: Mapped[UUID]
    filename_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    object_key: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest_index: Mapped[bytes] = mapped_column(LargeBinary(16))
    status: Mapped[ReadStatus | None] = mapped_column(enum_column(ReadStatus))
    pages: Mapped[int] = mapped_column(default=0)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    has_hidden_text: Mapped[bool] = mapped_column(default=False)


class Application(Tenant, Base):
    """One candidate for one job: the row behind a journey; only the journey writes `stage`."""

    __tablename__ = "application"
    __table_args__ = tenant_args(
        UniqueConstraint("job_id", "candidate_id"),
        Index("ix_application_board", "org_id", "job_id", "stage"),
        job_id="job",
        candidate_id="candidate",
        resume_id="resume",
    )
    job_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    resume_id: Mapped[UUID | None]
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), default=Stage.screening)
    stage_since: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    waiting_on: Mapped[WaitingOn] = mapped_column(enum_column(WaitingOn), default=WaitingOn.system)
    due_at: Mapped[datetime | None]
    next_step: Mapped[str] = mapped_column(String(64), default="read_resume")
    run_id: Mapped[str | None] = mapped_column(String(64))
    reference_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Under what another system knows them (identity of the candidate)."""
    match_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    match_supported: Mapped[int | None]
    match_total: Mapped[int | None]


class NoticeReceipt(Tenant, Base):
    """What a candidate was shown, word for word by its hash, and when."""

    __tablename__ = "notice_receipt"
    __table_args__ = tenant_args(application_id="application", notice_version_id="notice_version")
    application_id: Mapped[UUID]
    notice_version_id: Mapped[UUID]
    sha256: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))


class PurposeConsent(Tenant, Base):
    """A yes or no to one purpose (recording, video, face_geometry); the newest row counts."""

    __tablename__ = "purpose_consent"
    __table_args__ = tenant_args(application_id="application")
    application_id: Mapped[UUID]
    purpose: Mapped[str] = mapped_column(String(32))
    given: Mapped[bool]


class Accommodation(Tenant, Base):
    """What was asked for and granted; sealed with its own key, never seen by who decides."""

    __tablename__ = "accommodation"
    __table_args__ = tenant_args(application_id="application")
    application_id: Mapped[UUID]
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    granted_at: Mapped[datetime | None]
