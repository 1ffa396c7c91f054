"""Reviews of rejections, as staff and as the candidate see them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from api.shapes.candidate import PersonToAsk
from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.human_review import ReviewAnswer, ReviewState


class ReviewAskIn(Value):
    """What the candidate wants to be looked at, if they want to say."""

    words: str = Field(default="", max_length=4000)


class OwnReviewOut(Value):
    """Where the candidate's own review stands."""

    organization: str
    job_title: str
    may_ask: bool
    ask_until: datetime | None
    decided_by: str | None
    """Who decided; somebody else reviews it."""
    state: ReviewState | None
    """Null while nobody has asked."""
    asked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    words: str
    contact: PersonToAsk


class HumanReviewOut(Value):
    """A review that a candidate asked for."""

    id: UUID
    decision_id: UUID
    state: ReviewState
    words: str | None
    """The candidate's own; null when they said nothing, or were erased."""
    asked_at: datetime
    answer_by: datetime
    late: bool
    assignee: UserRef | None
    answered_by: UserRef | None
    answered_at: datetime | None
    reason: str | None
    may_answer: bool
    """The asker may answer it: they had no hand in the decision."""


class HumanReviewIn(Value):
    """What the reviewer says, and why."""

    answer: ReviewAnswer
    reason: str = Field(min_length=3, max_length=4000)
