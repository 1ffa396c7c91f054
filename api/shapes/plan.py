"""The plan of a job: what is live, what is being edited, and what was before."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, StrictInt

from interloop.domain.base import Value
from interloop.domain.plan import Plan


class PlanVersionRow(Value):
    """A published version, and in how many interviews it is pinned."""

    id: UUID
    version: int
    published_at: datetime
    used_in: int


class PlanVersionOut(PlanVersionRow):
    """A published version with its content."""

    plan: Plan


class DraftOut(Value):
    """What is being edited; send `revision` back when saving."""

    revision: int
    plan: Plan


class DraftIn(Value):
    """A draft to save; 409 `stale_draft` when somebody saved in between."""

    plan: Plan
    revision: StrictInt = Field(ge=0)


class JobPlanOut(Value):
    """Live is what the next invitation pins; null until something is published."""

    live: PlanVersionOut | None
    draft: DraftOut
    versions: tuple[PlanVersionRow, ...]


class PublishIn(Value):
    """Publish the draft with this revision; 409 `stale_draft` when it has moved on."""

    revision: StrictInt = Field(ge=0)
