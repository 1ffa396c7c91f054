"""What the candidate's own pages send and get."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, StrictInt, model_validator

from interloop.db.tables import InterviewKind, InterviewState
from interloop.domain.base import Value
from interloop.domain.rules import Rules
from interloop.domain.stage import Stage
from interloop.domain.turn import Speaker, TurnSource
from interloop.security.turn import IceServer


class RedeemIn(Value):
    """The secret of an invitation's link; it works once."""

    token: str = Field(min_length=1, max_length=200)


class OwnLinkOut(Value):
    """A link that opens the candidate's pages once, on another device."""

    url: str
    expires_at: datetime


class NoticeOut(Value):
    """What the candidate must be shown, word for word; send its hash back with the consent."""

    sha256: str
    language: str
    text: str


class PersonToAsk(Value):
    """Who sent the invitation and answers questions about it."""

    name: str
    email: str


class CandidateInvitationOut(Value):
    """What will happen, before anything is agreed to. The interviewer is an AI: say it first."""

    organization: str
    job_title: str
    candidate_name: str | None
    interviewer: str
    minutes: int
    questions: int
    open_until: datetime | None
    recorded: tuple[Literal["voice", "typed_answers", "video"], ...]
    seen_by: tuple[str, ...]
    """Names of the people of the hiring team."""
    notice: NoticeOut
    rules: Rules
    consented: bool
    video_allowed: bool
    """The candidate's own choice about video, once consented."""
    human_interview: bool
    """A person was asked for instead."""
    person_by: datetime | None = None
    """By when a person writes, once one was asked for."""
    contact: PersonToAsk | None = None
    stopped: bool = False
    """The organisation has stopped all interviews for now; it is not about this candidate."""
    stage: Stage
    state: InterviewState
    may_start: bool
    opens_at: datetime | None
    """Where the law asks for notice: not before this instant."""


class ConsentIn(Value):
    """A yes or no to each purpose, after the notice with this hash was shown."""

    notice_sha256: str = Field(min_length=64, max_length=64)
    recording: bool
    video: bool = False


class JoinIn(Value):
    """Where to join; `failed_epoch` is the one whose line was lost, to wait for its successor."""

    failed_epoch: StrictInt | None = Field(default=None, ge=0)


class JoinOut(Value):
    """Open `<address>/room` as a WebSocket and send the one-time ticket first."""

    address: str
    ticket: str
    epoch: int
    ice_servers: tuple[IceServer, ...] = ()
    """Relays for a page that reaches the gateway over none of its own addresses."""


class WaitingOut(Value):
    """All rooms are taken, or one is being found: ask again in a moment."""

    waiting: Literal[True] = True
    place: int | None = None
    """1 is the next. It is kept through a reload and given up when a room is there."""


class CandidateInterviewOut(Value):
    """Where the candidate's own interview stands; never a mark, never an outcome."""

    id: UUID
    kind: InterviewKind
    state: InterviewState
    stage: Stage
    consented: bool
    questions: int
    question_no: int
    joined_at: datetime | None
    finished_at: datetime | None
    open_until: datetime | None
    answer_by: datetime | None
    """By when a person decides, as far as it is known."""
    may_correct: bool
    withdrawn: bool


class TranscriptTurn(Value):
    """One committed turn as the candidate sees it."""

    id: UUID
    seq: int
    version: int
    speaker: Speaker
    source: TurnSource
    question: str | None
    text: str
    reliable: bool
    confirmed: bool


class TranscriptOut(Value):
    """Everything that was said, oldest first."""

    may_correct: bool
    turns: tuple[TranscriptTurn, ...]


class TurnChangeIn(Value):
    """Either the corrected words, or a plain yes: these are my words."""

    text: str | None = Field(default=None, min_length=1, max_length=20_000)
    confirm: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (not self.confirm):
            raise ValueError("send either a text or confirm")
        return self
