"""Plans and rubrics: values that cannot be built wrong."""

import pytest
from pydantic import ValidationError

from interloop.domain.plan import Anchor, Criterion, Dimension, Plan, Question, Rubric


def anchors() -> tuple[Anchor, ...]:
    return tuple(Anchor(level=n, behaviour=f"Does it at level {n}") for n in range(1, 6))


def criterion(key: str, weight: int) -> Criterion:
    return Criterion(
        id=key, dimension=Dimension.technical, name=key, weight=weight, anchors=anchors()
    )


RUBRIC = Rubric(criteria=(criterion("a", 60), criterion("b", 40)))
FIRST = Question(id="q1", text="What did you build?", minutes=5, criteria=("a",))
SECOND = Question(id="q2", text="What broke?", minutes=7, criteria=("b",))


def test_weights_must_sum_to_one_hundred() -> None:
    with pytest.raises(ValidationError, match="weights sum to 100"):
        Rubric(criteria=(criterion("a", 60), criterion("b", 30)))


def test_two_criteria_cannot_share_an_id() -> None:
    with pytest.raises(ValidationError, match="own id"):
        Rubric(criteria=(criterion("a", 60), criterion("a", 40)))


def test_anchors_stand_from_one_to_five_in_order() -> None:
    with pytest.raises(ValidationError, match="from 1 to 5"):
        Criterion(id="a", dimension=Dimension.culture, name="a", weight=100, anchors=anchors()[:4])


def test_a_plan_adds_up_its_minutes_and_finds_its_parts() -> None:
    plan = Plan(title="First round", questions=(FIRST, SECOND), rubric=RUBRIC)
    assert plan.minutes == 12
    assert plan.question("q2") is SECOND
    assert plan.rubric.criterion("b").weight == 40


def test_a_question_cannot_feed_a_criterion_that_is_not_there() -> None:
    lost = FIRST.model_copy(update={"criteria": ("z",)})
    with pytest.raises(ValidationError, match="not in the rubric"):
        Plan(title="First round", questions=(lost,), rubric=RUBRIC)


def test_two_questions_cannot_share_an_id() -> None:
    with pytest.raises(ValidationError, match="own id"):
        Plan(title="First round", questions=(FIRST, FIRST), rubric=RUBRIC)
