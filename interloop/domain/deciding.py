"""Deciding: the states of a decision, and the rule of the second pair of eyes."""

from enum import StrEnum
from uuid import UUID

from interloop.domain.errors import Conflict, Forbidden


class DecisionState(StrEnum):
    """Where a decision stands; the journey follows confirmed ones only."""

    proposed = "proposed"
    """A second person has yet to say what they think."""
    confirmed = "confirmed"
    applied = "applied"
    objected = "objected"
    refused = "refused"
    """The journey had moved on before it heard."""


WAITING = frozenset({DecisionState.proposed, DecisionState.confirmed})
"""Of these an application has at most one: it waits for a person or for the journey."""


class Verdict(StrEnum):
    """What the second person says to a proposed decision."""

    confirm = "confirm"
    object = "object"


AFTER = {Verdict.confirm: DecisionState.confirmed, Verdict.object: DecisionState.objected}


def first_state(*, final: bool, second_wanted: bool) -> DecisionState:
    """Return where a fresh decision stands; a final one (hire, reject) may need a second person."""
    needs_second = final and second_wanted
    return DecisionState.proposed if needs_second else DecisionState.confirmed


def check_second(
    state: DecisionState, *, decided_by: UUID, asker: UUID, own_card_submitted: bool
) -> None:
    """Raise unless this person may give the second opinion now.

    `Conflict` when nothing waits for one, `Forbidden` for the person who decided, and `Conflict`
    (`own_marks_first`) until their own scorecard of the last interview stands.
    """
    if state is not DecisionState.proposed:
        raise Conflict("no second opinion is asked for", code="opinion_not_asked")
    if asker == decided_by:
        raise Forbidden("the second person is another one", code="second_must_differ")
    if not own_card_submitted:
        raise Conflict("submit your own marks first", code="own_marks_first")
