"""What an open round has heard about its time, and what is due next. No waiting, no acting."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from interloop.domain.appointment import JOIN_EARLY, Booked, Proposed, RoundPlan, TimeMail
    from interloop.domain.job_policy import Way
    from interloop.domain.journey import NextStep
    from interloop.domain.schedule import look_again_after


class What(StrEnum):
    """What a round waits for next, as the timer's summary says it."""

    nudge = "the open invitation is brought to mind"
    reminder = "the candidate is reminded of the time"
    missed = "the time counts as missed"
    starts = "the meeting begins"
    look_again = "a time is looked for once more"
    unanswered = "the proposed time is given back"
    ends = "the invitation ends"


@dataclass(frozen=True, order=True)
class Due:
    """One thing to do at an instant."""

    at: datetime
    what: What


@dataclass(frozen=True)
class News:
    """What the candidate must be told about a time, and whose hand it was."""

    mail: TimeMail
    booked: Booked | None = None
    earlier: Booked | None = None
    actor_id: UUID | None = None


@dataclass
class Times:
    """The time of one round."""

    interview_id: UUID
    plan: RoundPlan
    until: datetime
    """When the round ends; a time that is chosen keeps it open."""
    grace: timedelta
    booked: Booked | None = None
    proposed: Proposed | None = None
    news: list[News] = field(default_factory=list)
    used: int = 0
    """How many free new dates the candidate has had."""
    tried_at: datetime | None = None
    came: bool = False
    """Whether an interview with the AI has begun."""
    handling: int = 0
    """Updates that are being acted on."""
    nudges: list[datetime] = field(init=False)
    reminders: list[datetime] = field(default_factory=list)
    wants_proposal: bool = field(init=False)
    look_at: datetime | None = None
    """When to look for a time once more; None: one stands, or was never looked for in vain."""
    looks: int = 0
    """How often one was looked for in vain, since a person was told."""

    def __post_init__(self) -> None:
        self.nudges = list(self.plan.nudges)
        self.wants_proposal = self.plan.way is Way.system_proposes

    @property
    def with_person(self) -> bool:
        """Tell whether a person holds the round."""
        return self.plan.with_person

    @property
    def first_step(self) -> NextStep:
        """Return what the candidate does while no time is chosen."""
        free = self.plan.way is Way.any_time
        return NextStep.joining if free else NextStep.choose_time

    def room_is_open(self, now: datetime) -> bool:
        """Tell whether the AI may be met now: at any time, or from a little before the chosen."""
        if self.plan.way is Way.any_time or self.came:
            return True
        return self.booked is not None and now >= self.booked.starts_at - JOIN_EARLY

    def take(self, booked: Booked, *, free: bool, actor_id: UUID | None) -> None:
        """Remember a time that was booked or moved; the same one twice changes nothing."""
        earlier = self.booked
        if earlier is not None and earlier.sequence == booked.sequence:
            return
        self.used += free
        self.booked, self.proposed, self.wants_proposal = booked, None, False
        self.reminders = list(booked.reminders)
        self.until = max(self.until, booked.ends_at + self.grace)
        mail = TimeMail.booked if earlier is None else TimeMail.rescheduled
        self.news.append(News(mail, booked=booked, earlier=earlier, actor_id=actor_id))

    def give_up(self) -> Booked | None:
        """Forget the time and return it."""
        booked, self.booked, self.proposed = self.booked, None, None
        self.reminders = []
        return booked

    def in_vain(self, now: datetime) -> bool:
        """Note that no time was found, and when to look again; tell whether it is news."""
        self.look_at = now + look_again_after(self.looks)
        self.looks += 1
        return self.looks == 1

    def found(self) -> bool:
        """Note that a time stands or is proposed; tell whether a person waits to hear of it."""
        told, self.looks, self.look_at = self.looks > 0, 0, None
        return told

    def due(self) -> Due:
        """Return what comes next."""
        return min(self._all_due())

    def past(self, due: Due, now: datetime) -> None:
        """Forget what was due and is done."""
        if due.what is What.nudge:
            self.nudges = [at for at in self.nudges if at > now]
        if due.what is What.reminder:
            self.reminders = [at for at in self.reminders if at > now]

    def _all_due(self) -> list[Due]:
        found = [Due(self.until, What.ends)]
        if self.booked is None:
            found += [Due(at, What.nudge) for at in self.nudges]
            if self.proposed is not None:
                found.append(Due(self.proposed.hold_until, What.unanswered))
            elif self.look_at is not None:
                found.append(Due(self.look_at, What.look_again))
            return found
        found += [Due(at, What.reminder) for at in self.reminders]
        if self.with_person:
            found.append(Due(self.booked.starts_at, What.starts))
        else:
            found.append(Due(self.booked.starts_at + self.grace, What.missed))
        return found
