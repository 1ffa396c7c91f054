"""Keys of other systems as admins see them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.plan import Line
from interloop.security.api_keys import Scope


class ApiKeyIn(Value):
    """A new key: what it is for, what it may do, and until when."""

    name: Line = Field(max_length=100)
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=20)
    days: int | None = Field(default=None, ge=1, le=730)
    """It ends after so many days; null: only when it is revoked."""


class ApiKeyOut(Value):
    """A key without its secret."""

    id: UUID
    name: str
    prefix: str
    """How the key begins, to tell it from others."""
    scopes: tuple[Scope, ...]
    created_at: datetime
    created_by: UserRef
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyMadeOut(ApiKeyOut):
    """The new key with its whole text, this once."""

    key: str
