"""What goes into a journey from outside: its start and the updates that steer it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from interloop.domain.base import Value
from interloop.domain.job_policy import JobPolicy


class NextStep(StrEnum):
    """What happens next, as `application.next_step` says it."""

    read_resume = "read_resume"
    give_contact = "give_contact"
    invite = "invite"
    joining = "join"
    interview = "interview"
    score = "score"
    decide = "decide"
    meet_person = "meet_person"
    follow_up_expired = "follow_up_expired"
    choose_time = "choose_time"
    attend = "attend"
    meeting = "meeting"
    scorecard = "scorecard"
    follow_up_no_show = "follow_up_no_show"
    none = "none"


class Policy(JobPolicy):
    """How long a journey waits for whom: what its job says, and what the installation adds.

    Tests shorten it, nothing else does.
    """

    heartbeat: timedelta = timedelta(seconds=3)
    """Silence of a gateway after which another takes the call over."""
    claim_wait: timedelta = timedelta(hours=2)
    """How long one claim stands in the queue while every gateway is full: a place in line."""
    claim: timedelta = timedelta(seconds=2)
    """How long a gateway may take to write itself into the row; a stopped one never does."""
    interview: timedelta = timedelta(hours=3)
    words: timedelta = timedelta(minutes=2)
    """Quiet after the last word a candidate confirmed, until marks are suggested anew."""
    claims_per_run: int = Field(default=200, ge=1)
    """Claims after which a round continues in a new run, so that its history stays short."""
    step: timedelta = timedelta(minutes=2)
    """Longest single try of an ordinary activity."""
    long_step: timedelta = timedelta(minutes=15)
    """Longest single try of what listens to or reads a whole interview."""
    pulse: timedelta = timedelta(seconds=5)
    """Silence of a worker in the middle of a step after which the step is tried elsewhere."""
    attempts: int = Field(default=6, ge=1)
    """Tries of a step for whose end somebody waits: a reader, the judge at first."""
    outage: timedelta = timedelta(days=3)
    """How long somebody outside may be away, asked ever more seldom, until a person takes over."""


class JourneyInput(Value):
    """Starts the journey of one application."""

    org_id: UUID
    application_id: UUID
    job_id: UUID
    policy: Policy = Policy()
    reopened_by: UUID | None = None
    """Who opened a closed application again: it goes on in review."""


class RoundInput(Value):
    """Starts (or continues) one interview round."""

    org_id: UUID
    interview_id: UUID
    wait_s: float = Field(gt=0)
    """How long an unfinished round waits for the candidate to come back, in seconds."""
    policy: Policy = Policy()


class RoundEnd(StrEnum):
    """How a round ended by itself; cancelled rounds have no result."""

    finished = "finished"
    abandoned = "abandoned"
    stopped = "stopped"
    """The organisation stopped all interviews."""
    missed = "missed"


class Invite(Value):
    """Send this previewed mail and open this interview to the candidate."""

    org_id: UUID
    message_id: UUID
    interview_id: UUID
    actor_id: UUID
    with_person: bool = False
    """Whether a person asks the questions in this round."""


class Book(Value):
    """Take the time that is held as this appointment; no actor: the candidate does."""

    org_id: UUID
    interview_id: UUID
    appointment_id: UUID
    actor_id: UUID | None = None


class GiveUpTime(Value):
    """Give up the time of this round, booked or proposed; no actor: the candidate does."""

    org_id: UUID
    interview_id: UUID
    actor_id: UUID | None = None


class FindAnother(Value):
    """The interviewer cannot come: find another time, or let the candidate choose anew."""

    org_id: UUID
    interview_id: UUID
    actor_id: UUID


class ProposeAgain(Value):
    """Look for a time to propose once more: hours have changed, or a calendar is back."""

    org_id: UUID
    interview_id: UUID
    actor_id: UUID


class ReportMeeting(Value):
    """Say how a meeting with a person went."""

    org_id: UUID
    interview_id: UUID
    came: bool
    actor_id: UUID


class ScorecardHandedIn(Value):
    """Somebody handed in their scorecard of this interview."""

    org_id: UUID
    interview_id: UUID


class MeetingInput(Value):
    """Starts one round that a person holds."""

    journey: JourneyInput
    interview_id: UUID
    interviewer_id: UUID | None = None
    ends_at: datetime


class Join(Value):
    """The candidate wants a place in this interview now."""

    org_id: UUID
    interview_id: UUID


class AskForPerson(Value):
    """The candidate would rather speak with a person; nobody is told why."""

    org_id: UUID


class Decide(Value):
    """Apply the decision that was committed as this row by this person."""

    org_id: UUID
    decision_id: UUID
    actor_id: UUID


class Withdraw(Value):
    """The candidate no longer wants the job."""

    org_id: UUID


class WithdrawConsent(Value):
    """The candidate no longer agrees to be recorded."""

    org_id: UUID


class WordsChanged(Value):
    """The candidate confirmed or corrected words of this interview."""

    org_id: UUID
    interview_id: UUID


class ContactGiven(Value):
    """A person typed the e-mail address that the resume lacked."""

    org_id: UUID
    actor_id: UUID
