"""Jobs, who works on them, and the immutable versions of plan, rubric, persona and notice."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import ValueColumn, enum_column
from interloop.domain.job_policy import JobPolicy
from interloop.domain.plan import Persona, Plan, Rubric
from interloop.domain.requirements import Requirements
from interloop.domain.roles import Role
from interloop.domain.rules import Place


class Job(Tenant, Base):
    """An opening."""

    __tablename__ = "job"
    __table_args__ = tenant_args(created_by="user_account")
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    requirements: Mapped[Requirements] = mapped_column(ValueColumn(Requirements))
    place: Mapped[Place] = mapped_column(ValueColumn(Place))
    created_by: Mapped[UUID]
    closed_at: Mapped[datetime | None]
    policy: Mapped[JobPolicy] = mapped_column(
        ValueColumn(JobPolicy), default=JobPolicy, server_default="{}"
    )
    """Counts for journeys that begin from now on."""
    meeting_place: Mapped[str | None] = mapped_column(String(300))
    """Where its meetings with a person take place, unless one says otherwise."""


class JobMember(Tenant, Base):
    """Who works on a job, and as what; without membership most roles do not see it."""

    __tablename__ = "job_member"
    __table_args__ = tenant_args(
        UniqueConstraint("job_id", "user_id"), job_id="job", user_id="user_account"
    )
    job_id: Mapped[UUID]
    user_id: Mapped[UUID]
    role: Mapped[Role] = mapped_column(enum_column(Role))
    interviews: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether this person belongs to the job's pool of interviewers."""


class VersionState(StrEnum):
    """A draft can change; a published version never does."""

    draft = "draft"
    published = "published"


class RubricVersion(Tenant, Base):
    """One immutable rubric of a job; marks point to it."""

    __tablename__ = "rubric_version"
    __table_args__ = tenant_args(UniqueConstraint("job_id", "version"), job_id="job")
    job_id: Mapped[UUID]
    version: Mapped[int]
    body: Mapped[Rubric] = mapped_column(ValueColumn(Rubric))


class PersonaVersion(Tenant, Base):
    """One immutable persona of a job."""

    __tablename__ = "persona_version"
    __table_args__ = tenant_args(UniqueConstraint("job_id", "version"), job_id="job")
    job_id: Mapped[UUID]
    version: Mapped[int]
    body: Mapped[Persona] = mapped_column(ValueColumn(Persona))


class PlanVersion(Tenant, Base):
    """A plan of a job: a draft, or published together with its rubric and persona versions."""

    __tablename__ = "plan_version"
    __table_args__ = tenant_args(
        UniqueConstraint("job_id", "version"),
        job_id="job",
        rubric_version_id="rubric_version",
        persona_version_id="persona_version",
    )
    job_id: Mapped[UUID]
    version: Mapped[int]
    state: Mapped[VersionState] = mapped_column(enum_column(VersionState))
    body: Mapped[Plan] = mapped_column(ValueColumn(Plan))
    rubric_version_id: Mapped[UUID | None]
    persona_version_id: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)


class NoticeVersion(Tenant, Base):
    """One immutable text of what a candidate is told before agreeing."""

    __tablename__ = "notice_version"
    __table_args__ = tenant_args(UniqueConstraint("org_id", "language", "version"))
    language: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class TemplateVersion(Tenant, Base):
    """One mail template of the organisation: a draft, or published and never changed."""

    __tablename__ = "template_version"
    __table_args__ = tenant_args(
        UniqueConstraint("org_id", "name", "language", "version"), published_by="user_account"
    )
    name: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[VersionState] = mapped_column(
        enum_column(VersionState),
        default=VersionState.published,
        server_default=VersionState.published.value,
    )
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
