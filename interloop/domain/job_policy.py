"""What a job decides about the way to its interviews: stored with it, shown, and editable.

Durations are seconds in JSON. A journey keeps what stood when it began.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, PlainSerializer, WithJsonSchema, model_validator

from interloop.domain.base import Value

_QUANTUM = timedelta(minutes=15)
_DAY = timedelta(days=1)


def _seconds(duration: timedelta) -> float:
    return duration.total_seconds()


Duration = Annotated[
    timedelta,
    PlainSerializer(_seconds, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "description": "seconds"}),
]


class Way(StrEnum):
    """Which way leads to an interview with the AI; one with a person always has a time."""

    any_time = "any_time"
    """The candidate starts whenever they want while the invitation is open, or chooses a time."""
    slots = "slots"
    """The candidate chooses a time."""
    system_proposes = "system_proposes"
    """The system holds the first time that fits and proposes it."""


class JobPolicy(Value):
    """How long who waits for whom, and how times are found; the defaults are production's."""

    way: Way = Way.any_time
    invitation: Duration = Field(default=timedelta(days=14), gt=timedelta(0), le=90 * _DAY)
    """How long an invitation is open."""
    review: Duration = Field(default=timedelta(days=5), gt=timedelta(0), le=90 * _DAY)
    """Until a person should have decided after an interview."""
    human_interview: Duration = Field(default=timedelta(days=5), gt=timedelta(0), le=90 * _DAY)
    """Until a person must have met the candidate who asked for one; then it escalates."""
    scorecard: Duration = Field(default=timedelta(days=2), gt=timedelta(0), le=90 * _DAY)
    """Until an interviewer must have said how a meeting went, and again until the scorecard."""
    nudges: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(
        default=(1 / 3, 2 / 3), max_length=5
    )
    """When an open invitation is brought to mind, as shares of its time."""
    reminders: tuple[Annotated[Duration, Field(gt=timedelta(0), le=14 * _DAY)], ...] = Field(
        default=(timedelta(hours=24), timedelta(hours=1)), max_length=5
    )
    """How long before a chosen time the candidate is reminded."""
    grace: Duration = Field(default=timedelta(minutes=15), gt=timedelta(0), le=_DAY)
    """How late a candidate may be before the time counts as missed."""
    free_changes: int = Field(default=1, ge=0, le=10)
    """New dates a candidate takes without asking, be it by moving a time or after missing one."""
    slot: Duration = Field(
        default=timedelta(minutes=45), gt=timedelta(0), le=8 * timedelta(hours=1)
    )
    """How long a meeting is."""
    every: Duration = Field(default=timedelta(minutes=30), ge=_QUANTUM, le=_DAY)
    """From one possible start to the next."""
    buffer_before: Duration = Field(default=timedelta(0), ge=timedelta(0), le=_DAY)
    buffer_after: Duration = Field(default=timedelta(minutes=10), ge=timedelta(0), le=_DAY)
    """An interviewer's free time around a meeting."""
    notice: Duration = Field(default=timedelta(hours=4), ge=timedelta(0), le=14 * _DAY)
    """How long ahead a candidate chooses a time at least."""
    horizon: Duration = Field(default=timedelta(days=21), gt=timedelta(0), le=90 * _DAY)
    """How far ahead times are offered."""
    second_reviewer: bool = False
    """To hire or to reject takes two people."""
    review_request: Duration = Field(default=timedelta(days=30), gt=timedelta(0), le=365 * _DAY)
    """How long a rejected candidate may ask for another person to review the decision."""
    review_answer: Duration = Field(default=timedelta(days=14), gt=timedelta(0), le=90 * _DAY)
    """Until that person must have answered; then it escalates."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.every % _QUANTUM:
            raise ValueError("starts lie on quarters of an hour")
        if self.notice >= self.horizon:
            raise ValueError("nothing lies between notice and horizon")
        return self


def changed_rules(seen: JobPolicy, stands: JobPolicy) -> tuple[str, ...]:
    """Return the names of the rules that differ, in the order in which a policy has them."""
    names = JobPolicy.model_fields
    return tuple(name for name in names if getattr(seen, name) != getattr(stands, name))
