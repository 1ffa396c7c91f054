"""Organisations, staff and their sign-ins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from interloop.db.tables.base import Base, Tenant, tenant_args
from interloop.db.types import enum_column
from interloop.domain.ids import new_id
from interloop.domain.roles import Role


class Organization(Base):
    """A tenant."""

    __tablename__ = "organization"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16), default="en", server_default="en")
    """What candidates are written to in, unless theirs is known."""
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    """Since when nobody may be invited or interviewed; see `Stop`."""


class User(Tenant, Base):
    """A member of staff; the e-mail is unique in the installation, folded to lower case."""

    __tablename__ = "user_account"
    __table_args__ = tenant_args()
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    password_hash: Mapped[str] = mapped_column(String(300))
    disabled_at: Mapped[datetime | None]


class RefreshToken(Tenant, Base):
    """One link of a rotation family; only the hash is stored."""

    __tablename__ = "refresh_token"
    __table_args__ = tenant_args(user_id="user_account")
    user_id: Mapped[UUID]
    family_id: Mapped[UUID] = mapped_column(index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Ticket(Tenant, Base):
    """A one-time pass for what cannot send a header: the room's socket and offer."""

    __tablename__ = "ticket"
    __table_args__ = tenant_args(interview_id="interview")
    interview_id: Mapped[UUID]
    epoch: Mapped[int]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CandidateLink(Tenant, Base):
    """The link of an invitation: redeemed once, by POST; only the hash is stored."""

    __tablename__ = "candidate_link"
    __table_args__ = tenant_args(application_id="application")
    application_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class CandidateSession(Tenant, Base):
    """What a redeemed link turns into: the candidate's own rotating sign-in on this device."""

    __tablename__ = "candidate_session"
    __table_args__ = tenant_args(application_id="application")
    application_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SigningKey(Base):
    """A key that signs tokens or audit checkpoints, wrapped by the root; rotated by overlap."""

    __tablename__ = "signing_key"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(String(32))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
