"""Where an application stands, and the only moves that exist."""

from enum import StrEnum

from interloop.domain.errors import Conflict


class Stage(StrEnum):
    """The column of the board."""

    screening = "screening"
    invited = "invited"
    scheduled = "scheduled"
    interviewing = "interviewing"
    scoring = "scoring"
    in_review = "in_review"
    decided = "decided"
    closed = "closed"


DECIDED = frozenset({Stage.decided, Stage.closed})
"""From here on the candidate's words and recording stand as they were judged."""


class Outcome(StrEnum):
    """How an application ended, or that a human interview was asked for."""

    hired = "hired"
    rejected = "rejected"
    withdrawn = "withdrawn"
    expired = "expired"
    no_show = "no_show"
    human_interview = "human_interview"
    erased = "erased"


class WaitingOn(StrEnum):
    """Who moves next."""

    candidate = "candidate"
    recruiter = "recruiter"
    hiring_manager = "hiring_manager"
    system = "system"


class Actor(StrEnum):
    """What kind of hand moved the stage."""

    person = "person"
    candidate = "candidate"
    system = "system"
    timer = "timer"


_FORWARD: dict[Stage, frozenset[Stage]] = {
    Stage.screening: frozenset({Stage.invited, Stage.decided}),
    Stage.invited: frozenset({Stage.scheduled, Stage.interviewing, Stage.in_review, Stage.decided}),
    # A time that is given up leads back to choosing one.
    Stage.scheduled: frozenset({Stage.invited, Stage.interviewing, Stage.in_review, Stage.decided}),
    # To a meeting nobody may come: then another time is chosen.
    Stage.interviewing: frozenset({Stage.invited, Stage.scoring, Stage.in_review, Stage.decided}),
    Stage.scoring: frozenset({Stage.in_review, Stage.decided}),
    # Who asked for a person and finds a time is scheduled at once.
    Stage.in_review: frozenset({Stage.invited, Stage.scheduled, Stage.decided}),
    Stage.decided: frozenset({Stage.invited, Stage.closed}),
    # A review that the candidate asked for may open it again.
    Stage.closed: frozenset({Stage.in_review}),
}

# Only a named person ends a candidacy against the candidate; candidates end their own.
_NEEDS_PERSON = frozenset({Outcome.rejected, Outcome.hired, Outcome.expired, Outcome.no_show})


def may_move(here: Stage, there: Stage) -> bool:
    """Tell whether the move stands in the transition table."""
    return there in _FORWARD[here]


def moves_from(here: Stage) -> frozenset[Stage]:
    """Return every stage that can follow `here`."""
    return _FORWARD[here]


def check_move(here: Stage, there: Stage, *, by: Actor) -> None:
    """Raise `Conflict` unless the move exists and this kind of actor may make it.

    Only a person decides: timers and the system never move anybody to `decided`;
    a candidate may, by withdrawing. Only a person opens again what is closed.
    """
    if not may_move(here, there):
        raise Conflict(f"{here} does not lead to {there}", code="move_not_listed")
    if there is Stage.decided and by not in {Actor.person, Actor.candidate}:
        raise Conflict("only a person decides", code="needs_person")
    if here is Stage.closed and by is not Actor.person:
        raise Conflict("only a person opens it again", code="needs_person")


def check_outcome(outcome: Outcome, *, by: Actor) -> None:
    """Raise `Conflict` when an adverse or final outcome does not come from a person."""
    if outcome in _NEEDS_PERSON and by is not Actor.person:
        raise Conflict(f"{outcome} needs a named person", code="needs_person")
    if outcome is Outcome.withdrawn and by not in {Actor.candidate, Actor.person}:
        raise Conflict("only the candidate withdraws", code="needs_person")
