"""The interview plan and its rubric: immutable values, edited as drafts, pinned by version."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from interloop.domain.base import Value
from interloop.domain.patience import PatienceBounds

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1500)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


class Dimension(StrEnum):
    """The three default dimensions of a rubric."""

    technical = "technical"
    communication = "communication"
    culture = "culture"


class Anchor(Value):
    """What a reviewer can see or hear at one level of a criterion."""

    level: int = Field(ge=1, le=5)
    behaviour: Line
    example: Paragraph = ""


class Criterion(Value):
    """One thing that is marked, with five behavioural anchors; `id` is stable over versions."""

    id: Key
    dimension: Dimension
    name: Line
    description: Paragraph = ""
    weight: int = Field(ge=1, le=100)
    anchors: tuple[Anchor, ...]

    @model_validator(mode="after")
    def _five_levels(self) -> Self:
        if tuple(a.level for a in self.anchors) != (1, 2, 3, 4, 5):
            raise ValueError("anchors go from 1 to 5, each once, in order")
        return self


class Rubric(Value):
    """All criteria of a plan; weights are percent and sum to 100."""

    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(c.weight for c in self.criteria) != 100:
            raise ValueError("weights sum to 100")
        if len({c.id for c in self.criteria}) != len(self.criteria):
            raise ValueError("each criterion has its own id")
        return self

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion with this id; `KeyError` when there is none."""
        return {c.id: c for c in self.criteria}[criterion_id]


class Question(Value):
    """One question every candidate is asked, with the neutral follow-ups allowed after it."""

    id: Key
    text: Line
    minutes: int = Field(ge=1, le=60)
    criteria: tuple[Key, ...] = ()
    probes: tuple[Line, ...] = Field(default=(), max_length=6)
    follow_ups: int = Field(default=1, ge=0, le=3)


class Persona(Value):
    """How the interviewer sounds; style only, never content. Silence is in milliseconds."""

    name: Line = "Noa"
    style: Line = "Calm, exact, never in a hurry"
    greeting: Paragraph = (
        "Hello, I am {name}, an AI interviewer. You can ask for a person at any time. "
        "Take all the time you need; pauses are fine."
    )
    closing: Paragraph = (
        "Thank you. That was my last question. A person at the company reads your answers "
        "and decides what happens next."
    )
    patience_ms: int = Field(default=1500, ge=800, le=6000)
    patience_most_ms: int = Field(default=6000, ge=800, le=10_000)
    """Patience grows up to this with a person who needs more time."""

    @property
    def patience(self) -> PatienceBounds:
        """Return the bounds of patience; a limit below the beginning means no growth."""
        most = max(self.patience_most_ms, self.patience_ms)
        return PatienceBounds(least_ms=self.patience_ms, most_ms=most)


class Plan(Value):
    """The questions in order, the rubric they feed and the persona that asks them."""

    title: Line
    questions: tuple[Question, ...] = Field(min_length=1, max_length=12)
    rubric: Rubric
    persona: Persona = Persona()

    @model_validator(mode="after")
    def _questions_feed_criteria(self) -> Self:
        known = {c.id for c in self.rubric.criteria}
        if len({q.id for q in self.questions}) != len(self.questions):
            raise ValueError("each question has its own id")
        for question in self.questions:
            if not set(question.criteria) <= known:
                raise ValueError("a question names a criterion that is not in the rubric")
        return self

    @property
    def minutes(self) -> int:
        """Return the planned length in minutes."""
        return sum(q.minutes for q in self.questions)

    def question(self, question_id: str) -> Question:
        """Return the question with this id; `KeyError` when there is none."""
        return {q.id: q for q in self.questions}[question_id]
