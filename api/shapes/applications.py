"""Applications: the board, one candidate's page, invitation and decision."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.shapes.common import CandidateRef, JobRef, UserRef
from interloop.db.tables import InterviewKind, MessageKind
from interloop.domain.base import Value
from interloop.domain.document import ContactDetails, ReadStatus
from interloop.domain.inviting import Invitable
from interloop.domain.language import Language
from interloop.domain.match import Support
from interloop.domain.requirements import Weight
from interloop.domain.rules import Place, Rules
from interloop.domain.stage import Outcome, Stage, WaitingOn
from interloop.domain.waiting import Why

JourneyState = Literal["started", "waiting"]
"""`waiting`: the workflow engine is away; the journey starts by itself once it is back."""


class ApplicationCreatedOut(Value):
    """The new application."""

    id: UUID
    candidate_id: UUID
    journey: JourneyState


class ApplicationRow(Value):
    """One card of the board."""

    id: UUID
    candidate: CandidateRef
    stage: Stage
    stage_since: datetime
    outcome: Outcome | None
    waiting_on: WaitingOn
    due_at: datetime | None
    next_step: str
    match_supported: int | None
    match_total: int | None
    invitable: Invitable
    """Whether they can get a first invitation, or why not."""


class ContactOut(Value):
    """How to reach the candidate; null is unknown or erased."""

    name: str | None
    email: str | None
    phone: str | None
    place: Place
    reference: str | None = None
    """Under what another system knows them."""
    language: Language | None = None
    """What they are written to in; null is the organisation's language."""


class ContactIn(Value):
    """Typed contact details; fields left out stay as they are."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    email: str | None = Field(default=None, max_length=320, pattern=r"^\S+@\S+\.\S+$")
    phone: str | None = Field(default=None, max_length=40)
    place: Place | None = None
    language: Language | None = None
    """Said as null: the organisation's language again."""


Act = Literal["invite", "decide", "edit_contact", "mark", "book", "propose"]


class ApplicationOut(ApplicationRow):
    """One candidate for one job: where they stand, what is next, who can move it."""

    job: JobRef
    contact: ContactOut
    created_at: datetime
    erased: bool
    journey: JourneyState
    may: tuple[Act, ...]
    """What the asker may do now."""
    movers: tuple[UserRef, ...]
    """Members of the job who can take the next step when it waits on staff."""
    resume_id: UUID | None
    interview_id: UUID | None
    """The newest interview."""
    why: Why
    """Why they wait, in the words that Temporal Web shows too."""
    workflow: str | None
    """The journey's page in Temporal Web, for those who may watch it."""


class ResumeOut(Value):
    """The document as read; spans in `contact` point into `text`."""

    id: UUID
    filename: str
    media_type: str
    size: int
    status: ReadStatus | None
    pages: int
    text: str
    contact: ContactDetails | None
    has_hidden_text: bool
    hidden_text: str
    """A fact about the file for staff; it supports nothing and reaches no model."""


class SupportOut(Value):
    """A passage of the resume's text: [start, end) in characters."""

    start: int
    end: int
    quote: str


class MatchRow(Value):
    """One requirement, and what supports it; nothing found is "not evidenced", never "no"."""

    key: str
    text: str
    weight: Weight
    state: Support
    supports: tuple[SupportOut, ...]


class MatchOut(Value):
    """The match rating, requirement by requirement; null counts until it is rated."""

    rows: tuple[MatchRow, ...]
    supported: int | None
    total: int | None


class HistoryEntry(Value):
    """One thing that happened; `details` hold ids and codes only."""

    at: datetime
    actor_kind: str
    actor: UserRef | None
    action: str
    noun: str
    noun_id: UUID | None
    details: dict[str, str]


class PreviewOut(Value):
    """The mail exactly as it will leave; `{{link}}` stands for the candidate's own link."""

    message_id: UUID
    kind: MessageKind
    language: Language
    to: str
    subject: str
    text: str
    html: str
    rules: Rules
    """What the law of both places asks; `notice_days` before the interview may start."""


class InvitationIn(Value):
    """Send the previewed invitation; `human` opens a round that a person holds."""

    message_id: UUID
    kind: InterviewKind = InterviewKind.ai
    first: bool = False
    """Only to somebody in screening whom nobody has invited meanwhile; one of many."""


class InvitationSentOut(Value):
    """The round that was opened."""

    interview_id: UUID
    message_id: UUID
    stage: Stage
