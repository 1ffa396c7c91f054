"""What waits for a person."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import CandidateRef, JobRef, UserRef
from interloop.db.tables import TaskKind
from interloop.domain.base import Value


class ReviewRow(Value):
    """An interview that waits for the asker's marks or for a decision, oldest first."""

    application_id: UUID
    interview_id: UUID | None
    job: JobRef
    candidate: CandidateRef
    waiting_since: datetime
    due_at: datetime | None
    own_marks: int
    criteria: int
    submitted: bool


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
