"""Inputs and results of the journey's activities: ids, enums and instants, never people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.journey import NextStep
from interloop.domain.stage import Actor, Outcome, Stage, WaitingOn


class ApplicationRef(Value):
    """One application of one organisation."""

    org_id: UUID
    application_id: UUID


class InterviewRef(Value):
    """One interview of one organisation."""

    org_id: UUID
    interview_id: UUID


class Screened(Value):
    """What reading the resume gave: whether it could be read and the person be reached."""

    readable: bool
    reachable: bool
    rated: bool = False
    without_resume: bool = False
    """There is nothing to read, and nothing is missing: they came by a list."""


class Move(Value):
    """Move an application to a stage, or keep it there and say what happens next."""

    org_id: UUID
    application_id: UUID
    there: Stage
    by: Actor
    actor_id: UUID | None = None
    waiting_on: WaitingOn
    next_step: NextStep
    due_at: datetime | None = None
    outcome: Outcome | None = None


class OpenTask(Value):
    """Put something before a person; the same (application, kind, key) opens once."""

    org_id: UUID
    application_id: UUID
    kind: str
    key: str = ""
    due_at: datetime | None = None
    assignee_id: UUID | None = None
    """None is whoever opened the job."""


class SettleTasks(Value):
    """Mark the open tasks of these kinds as done; no kinds: every one."""

    org_id: UUID
    application_id: UUID
    kinds: tuple[str, ...] = ()
    actor_id: UUID | None = None


class OpenRound(Value):
    """Open an interview to its candidate until an instant."""

    org_id: UUID
    interview_id: UUID
    open_until: datetime
    now: datetime | None = None
    """When it opens; None in journeys that know of no times."""


class CloseRound(Value):
    """End an interview as finished or cancelled; no gateway writes to it afterwards."""

    org_id: UUID
    interview_id: UUID
    finished: bool


class SendMessage(Value):
    """Send one message of the outbox; an invite gets a link that lives until `link_until`."""

    org_id: UUID
    message_id: UUID
    link_until: datetime | None = None


class ResendMessage(Value):
    """Send a mail again because a person said that it did not arrive."""

    org_id: UUID
    application_id: UUID
    message_id: UUID


class Delivery(StrEnum):
    """How sending ended; only `sent` is known to have left."""

    sent = "sent"
    ambiguous = "ambiguous"
    failed = "failed"


class ReadDecision(Value):
    """Look up the committed row behind a decision."""

    org_id: UUID
    application_id: UUID
    decision_id: UUID
    actor_id: UUID


class CommittedDecision(Value):
    """A committed, not yet applied decision."""

    decision_id: UUID
    kind: str
    actor_id: UUID
    message_id: UUID | None = None


class RequestPerson(Value):
    """Open a human interview, its task and the mail that confirms it."""

    org_id: UUID
    application_id: UUID
    due_at: datetime
    by: Actor = Actor.candidate
    """`system` when the organisation interrupted the interview."""


class PersonRequested(Value):
    """The confirmation to send; None when the candidate cannot be written to."""

    message_id: UUID | None = None
    interview_id: UUID | None = None
    """The round with a person that was opened; None when there was none to open."""


class JudgeCriterion(Value):
    """Suggest a mark for one criterion of one interview."""

    org_id: UUID
    interview_id: UUID
    criterion_id: str


class Judged(StrEnum):
    """What judging one criterion gave."""

    marked = "marked"
    abstained = "abstained"
    nothing_said = "nothing_said"


class Criteria(Value):
    """The stable ids of the criteria to mark."""

    ids: tuple[str, ...]
