"""What waits for a person."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import CandidateRef, JobRef, UserRef
from interloop.db.tables import DecisionKind, TaskKind
from interloop.domain.base import Value


class ProposedOut(Value):
    """A decision that waits for a second person."""

    decision_id: UUID
    kind: DecisionKind
    by: UserRef
    at: datetime
    yours: bool
    """The asker may be the second person."""


class ReviewRow(Value):
    """A person who waits for the asker's marks, a second opinion or a decision, oldest first."""

    application_id: UUID
    interview_id: UUID | None
    job: JobRef
    candidate: CandidateRef
    waiting_since: datetime
    due_at: datetime | None
    own_marks: int
    criteria: int
    submitted: bool
    proposed: ProposedOut | None


class TaskOut(Value):
    """Something a person must do; it never says why a candidate asked."""

    id: UUID
    kind: TaskKind
    application_id: UUID
    job: JobRef
    candidate: CandidateRef
    assignee: UserRef | None
    created_at: datetime
    due_at: datetime | None
    done_at: datetime | None
