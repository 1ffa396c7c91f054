"""The transition table: what leads where, and whose hand it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.errors import Conflict
from interloop.domain.stage import (
    Actor,
    Outcome,
    Stage,
    check_move,
    check_outcome,
    may_move,
    moves_from,
)

stages = st.sampled_from(Stage)
actors = st.sampled_from(Actor)


@given(stages, stages, actors)
def test_a_move_that_is_not_listed_is_impossible_for_everybody(
    here: Stage, there: Stage, by: Actor
) -> None:
    if there in moves_from(here):
        return
    with pytest.raises(Conflict) as refused:
        check_move(here, there, by=by)
    assert refused.value.code == "move_not_listed"


@given(stages, st.sampled_from([Actor.system, Actor.timer]))
def test_no_machine_and_no_timer_decides(here: Stage, by: Actor) -> None:
    with pytest.raises(Conflict):
        check_move(here, Stage.decided, by=by)


@given(stages)
def test_a_person_can_decide_from_every_stage_that_is_not_over(here: Stage) -> None:
    if here in {Stage.decided, Stage.closed}:
        return
    check_move(here, Stage.decided, by=Actor.person)


@given(stages)
def test_what_is_closed_leads_back_to_review_and_nowhere_else(there: Stage) -> None:
    assert may_move(Stage.closed, there) is (there is Stage.in_review)


@given(stages, st.sampled_from([Actor.system, Actor.timer, Actor.candidate]))
def test_only_a_person_opens_again_what_is_closed(there: Stage, by: Actor) -> None:
    with pytest.raises(Conflict):
        check_move(Stage.closed, there, by=by)
    check_move(Stage.closed, Stage.in_review, by=Actor.person)


def test_every_stage_can_be_reached_from_screening() -> None:
    seen, frontier = {Stage.screening}, [Stage.screening]
    while frontier:
        for there in moves_from(frontier.pop()) - seen:
            seen.add(there)
            frontier.append(there)
    assert seen == set(Stage)


@pytest.mark.parametrize("outcome", [Outcome.rejected, Outcome.expired, Outcome.no_show])
@pytest.mark.parametrize("by", [Actor.system, Actor.timer, Actor.candidate])
def test_an_adverse_outcome_needs_a_named_person(outcome: Outcome, by: Actor) -> None:
    with pytest.raises(Conflict) as refused:
        check_outcome(outcome, by=by)
    assert refused.value.code == "needs_person"
    check_outcome(outcome, by=Actor.person)


@pytest.mark.parametrize("by", [Actor.system, Actor.timer])
def test_nobody_is_withdrawn_by_a_machine(by: Actor) -> None:
    with pytest.raises(Conflict):
        check_outcome(Outcome.withdrawn, by=by)
    check_outcome(Outcome.withdrawn, by=Actor.candidate)
