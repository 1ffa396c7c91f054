"""The stop switch of an organisation, and whether its journeys agree with the database."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.stage import Stage
from interloop.reconciling import Kind


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


class DifferenceOut(Value):
    """One application whose journey in Temporal says something else than its row."""

    application_id: UUID
    kind: Kind
    stage: Stage
    there: str | None
    """What Temporal says: a stage, or how the journey ended."""
    may_start: bool
    """Whether starting the journey is the safe repair."""


class JourneysOut(Value):
    """How many applications were compared, and which differ."""

    applications: int
    differences: tuple[DifferenceOut, ...]
