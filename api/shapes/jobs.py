"""Jobs and who works on them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.document import ReadStatus
from interloop.domain.plan import Line
from interloop.domain.requirements import Requirements
from interloop.domain.roles import Role
from interloop.domain.rules import Place
from interloop.domain.stage import Stage


class JobIn(Value):
    """A new job from its description; requirements and a plan draft are read from it."""

    title: Line = Field(max_length=200)
    description: str = Field(min_length=1, max_length=50_000)
    place: Place = Place()


class StageCount(Value):
    """How many people stand in one stage."""

    stage: Stage
    count: int


class JobRow(Value):
    """A line of the list of jobs; every stage is there, in order, also with 0."""

    id: UUID
    title: str
    created_at: datetime
    closed_at: datetime | None
    stages: tuple[StageCount, ...]
    people: int
    waiting_on_us: int
    next_event_at: datetime | None
    """The earliest deadline of any open application."""
    plan_published: bool


class JobOut(JobRow):
    """One job."""

    description: str
    place: Place
    requirements: Requirements
    members: tuple[UserRef, ...]


class MemberIn(Value):
    """One person on the job, and as what."""

    user_id: UUID
    role: Role


class MembersIn(Value):
    """Everybody on the job; who is missing is removed."""

    members: tuple[MemberIn, ...] = Field(min_length=1, max_length=200)


class DescriptionOut(Value):
    """What reading an uploaded description gave; text exactly when the status is ok."""

    status: ReadStatus
    pages: int
    text: str
