"""Interviews as staff see them: words, times, recording, marks."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.shapes.common import CandidateRef, JobRef, UserRef
from interloop.db.tables import InterviewKind, InterviewState, RecordingState, SegmentSource
from interloop.domain.base import Value
from interloop.domain.mark import Provenance, Total
from interloop.domain.plan import Criterion, Question
from interloop.domain.recording import ExportFormat, ExportState, Gap
from interloop.domain.turn import Provider, Speaker, TurnSource, TurnState, Word


class InterviewRow(Value):
    """One round in the list of a candidate's interviews."""

    id: UUID
    round_no: int
    attempt: int
    kind: InterviewKind
    state: InterviewState
    plan_version: int
    created_at: datetime
    open_until: datetime | None
    joined_at: datetime | None
    finished_at: datetime | None
    assignee: UserRef | None
    turns: int


class TurnOut(Value):
    """Words of one speaker; times in ms on the interview clock, which is the recording's too."""

    id: UUID
    seq: int
    version: int
    speaker: Speaker
    source: TurnSource
    question_id: str | None
    state: TurnState
    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...]
    reliable: bool
    confirmed: bool
    evidence: bool
    """Whether these words may back a mark."""
    provider: Provider | None


class SegmentOut(Value):
    """One recorded stretch of one stream, in ms on the interview clock."""

    source: SegmentSource
    epoch: int
    start_ms: int
    end_ms: int


class RecordingOut(Value):
    """The copy to play at `url`: left the candidate, right the interviewer, a picture if any.

    `gaps` tells what is not in it, stream by stream.
    """

    state: RecordingState
    duration_ms: int
    media_type: str
    url: str | None
    gaps: tuple[Gap, ...]
    filled_ms: int
    """How much of the candidate's voice came from their own device."""
    picture_filled_ms: int
    """How much of their picture did."""


class LiveOut(Value):
    """The call goes on: play what was recorded so far at `url`, `?from_ms=` on from a moment."""

    url: str
    recorded_ms: int
    """How far the interview clock has come."""


class ExportIn(Value):
    """Ask for a file of the recording."""

    format: ExportFormat


class ExportOut(Value):
    """A file of the recording; fetch it at `url` until `expires_at`."""

    id: UUID
    format: ExportFormat
    state: ExportState
    percent: int
    size: int
    failure: str | None
    created_at: datetime
    expires_at: datetime
    url: str | None


class InterviewOut(InterviewRow):
    """One round with everything that was said."""

    application_id: UUID
    job: JobRef
    candidate: CandidateRef
    questions: tuple[Question, ...]
    turn_list: tuple[TurnOut, ...]
    segments: tuple[SegmentOut, ...]
    recording: RecordingOut | None
    live: LiveOut | None
    provider: Provider | None


class EvidenceOut(Value):
    """A quote: characters [start, end) of this version of the turn, and where it is heard."""

    turn_id: UUID
    turn_version: int
    start_char: int
    end_char: int
    start_ms: int
    end_ms: int
    quote: str


class MarkOut(Value):
    """One mark with what backs it; `by` is null for a suggested mark."""

    id: UUID
    criterion_id: str
    provenance: Provenance
    by: UserRef | None
    level: int | None
    abstained: bool
    reason_code: str | None
    spread_low: int | None
    spread_high: int | None
    samples: int
    quotes_offered: int
    quotes_verified: int
    model: str | None
    note: str
    evidence: tuple[EvidenceOut, ...]
    created_at: datetime


class CriterionCard(Value):
    """One criterion: the asker's own mark, and what it reveals."""

    criterion: Criterion
    own: MarkOut | None
    suggested: MarkOut | None
    """Null until the asker's own mark is stored, and when there is none."""
    others: tuple[MarkOut, ...]
    """Marks of colleagues; empty until the asker's own mark is stored."""
    hidden: int
    """How many marks the own mark would reveal."""


NoTotal = Literal["own_marks_missing", "sandbox_marks_do_not_count", "not_scored"]


class ScorecardOut(Value):
    """The scorecard of one interview as its asker may see it."""

    interview_id: UUID
    rubric_version: int
    criteria: tuple[CriterionCard, ...]
    submitted_at: datetime | None
    may_mark: bool
    total: Total | None
    """Of the asker's own marks; null with a reason beside it."""
    no_total: NoTotal | None
    suggested_total: Total | None
    """Of the suggested marks, once every own mark is stored; never from the sandbox."""
    no_suggested_total: NoTotal | None


class MarkIn(Value):
    """The asker's own mark; no level is a deliberate "cannot tell"."""

    level: int | None = Field(default=None, ge=1, le=5)
    note: str = Field(default="", max_length=4000)
