"""Decisions, and the second pair of eyes."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.shapes.common import UserRef
from interloop.db.tables import DecisionKind
from interloop.domain.base import Value
from interloop.domain.deciding import DecisionState, Verdict
from interloop.domain.stage import Stage


class DecisionPreviewIn(Value):
    """Which decision's mail to preview."""

    kind: DecisionKind


class DecisionIn(Value):
    """A decision with its reason; `message_id` is the previewed mail that leaves with it."""

    kind: DecisionKind
    reason: str = Field(min_length=3, max_length=4000)
    message_id: UUID | None = None
    seen_stage: Stage | None = None
    """Where the person stood on the asker's screen; 409 when somebody moved them since."""


class OpinionIn(Value):
    """What a second person says to a proposed decision, and why."""

    verdict: Verdict
    reason: str = Field(min_length=3, max_length=4000)


class SecondOut(Value):
    """What the second person said."""

    by: UserRef
    verdict: Verdict
    reason: str
    at: datetime


OpinionAsked = Literal["opinion", "own_marks_first"]


class DecisionOut(Value):
    """A decision by a named person."""

    id: UUID
    kind: DecisionKind
    state: DecisionState
    reason: str | None
    """Null while a second opinion is awaited: whoever gives it has not read the first one's."""
    decided_by: UserRef
    decided_at: datetime
    applied_at: datetime | None
    refused_code: str | None
    message_id: UUID | None
    second: SecondOut | None
    asks_you: OpinionAsked | None
    """What the asker may do about it now, when it waits for a second person."""
