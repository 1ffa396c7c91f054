"""What other systems send and get on `/v1`: ids, stages and instants, nobody's words, no mark."""

from datetime import datetime
from uuid import UUID

from interloop.db.tables import Application, Job
from interloop.domain.base import Value
from interloop.domain.stage import Outcome, Stage, WaitingOn


class V1Job(Value):
    """A job that applications can be sent to while `closed_at` is null."""

    id: UUID
    title: str
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> "V1Job":
        """Return what is told of this row."""
        return cls(id=job.id, title=job.title, created_at=job.created_at, closed_at=job.closed_at)


class V1Jobs(Value):
    """One page, newest first; `next` is the cursor of the following one, or null."""

    items: tuple[V1Job, ...]
    next: str | None


class V1Application(Value):
    """Where an application stands, what is next, and by when."""

    id: UUID
    job_id: UUID
    created_at: datetime
    stage: Stage
    stage_since: datetime
    outcome: Outcome | None
    waiting_on: WaitingOn
    next_step: str
    due_at: datetime | None

    @classmethod
    def of(cls, application: Application) -> "V1Application":
        """Return what is told of this row."""
        return cls(
            id=application.id,
            job_id=application.job_id,
            created_at=application.created_at,
            stage=application.stage,
            stage_since=application.stage_since,
            outcome=application.outcome,
            waiting_on=application.waiting_on,
            next_step=application.next_step,
            due_at=application.due_at,
        )


class V1Applications(Value):
    """One page, newest first; `next` is the cursor of the following one, or null."""

    items: tuple[V1Application, ...]
    next: str | None
