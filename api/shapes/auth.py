"""Sign-in and who is asking."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from interloop.domain.base import Value
from interloop.domain.roles import Role
from interloop.security.permissions import Permission


class SignInIn(Value):
    """E-mail and password of a member of staff."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1024)


class TokenOut(Value):
    """A bearer token for the `Authorization` header; keep it in memory only."""

    access_token: str
    expires_in: int
    """Seconds."""


class OrganizationOut(Value):
    """The organisation of the asker."""

    id: UUID
    name: str
    stopped_at: datetime | None
    """Since when all interviews are stopped, if they are."""


class MeOut(Value):
    """Who is asking, and what they may do at least somewhere."""

    id: UUID
    name: str
    email: str
    role: Role
    organization: OrganizationOut
    permissions: tuple[Permission, ...]
    sandbox: bool
    """Every outside party is the sandbox; say so wherever a suggested mark is shown."""
