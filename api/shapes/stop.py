"""The stop switch of an organisation."""

from datetime import datetime

from pydantic import Field

from api.shapes.common import UserRef
from interloop.domain.base import Value


class StopIn(Value):
    """Stop all interviews; `name` is the organisation's, typed to confirm."""

    name: str = Field(max_length=200)
    reason: str = Field(min_length=3, max_length=1000)


class StopOut(Value):
    """Whether all interviews are stopped, since when, by whom and why."""

    stopped_at: datetime | None
    stopped_by: UserRef | None = None
    reason: str | None = None
    in_call: int
    """Interviews that are being held at this moment."""
