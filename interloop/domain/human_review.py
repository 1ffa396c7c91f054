"""Another person looks at a rejection again, because the candidate asked for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.errors import Conflict, Forbidden
from interloop.domain.journey import Policy

_REMIND = 0.75
"""Share of the time to answer after which the reviewer is reminded."""


class ReviewState(StrEnum):
    """Where a review stands; no timer ever answers it."""

    asked = "asked"
    upheld = "upheld"
    reopened = "reopened"


class ReviewAnswer(StrEnum):
    """What the reviewer says: the decision stays, or the application is looked at anew."""

    uphold = "uphold"
    reopen = "reopen"


AFTER_ANSWER = {
    ReviewAnswer.uphold: ReviewState.upheld,
    ReviewAnswer.reopen: ReviewState.reopened,
}


class ReviewRef(Value):
    """One review of one organisation."""

    org_id: UUID
    review_id: UUID


class HumanReviewInput(Value):
    """Starts the review that was asked for."""

    org_id: UUID
    review_id: UUID
    application_id: UUID
    job_id: UUID
    remind_at: datetime
    answer_by: datetime
    policy: Policy = Policy()

    @property
    def ref(self) -> ReviewRef:
        """Return the review as steps name it."""
        return ReviewRef(org_id=self.org_id, review_id=self.review_id)


class ReviewOpened(Value):
    """The receipt to send; None when the candidate cannot be written to."""

    message_id: UUID | None = None


class ReviewStands(Value):
    """How a review stands, as the committed row says."""

    state: ReviewState
    actor_id: UUID | None = None


class ReviewAnswered(Value):
    """Look at the row: a person has answered."""

    org_id: UUID
    review_id: UUID


class NoteRun(Value):
    """The run that goes on with a reopened application."""

    org_id: UUID
    application_id: UUID
    run_id: str


def remind_at(asked_at: datetime, answer_by: datetime) -> datetime:
    """Return when the reviewer is reminded."""
    return asked_at + (answer_by - asked_at) * _REMIND


def check_may_ask(*, rejected_at: datetime | None, within: timedelta, now: datetime) -> None:
    """Raise `Conflict` unless there is a rejection that may be reviewed still."""
    if rejected_at is None:
        raise Conflict("there is no rejection to review", code="nothing_to_review")
    if now > rejected_at + within:
        raise Conflict("the time to ask is over", code="review_too_late")


def check_may_answer(state: ReviewState, *, asker: UUID, deciders: Iterable[UUID]) -> None:
    """Raise `Forbidden` for who decided, and `Conflict` once somebody has answered."""
    if asker in set(deciders):
        raise Forbidden("who decided does not review it", code="reviewer_must_differ")
    if state is not ReviewState.asked:
        raise Conflict("somebody has answered already", code="review_answered")
