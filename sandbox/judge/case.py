"""What a judge is asked, and what it answers."""

import json

from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.google_error import GoogleError


class Anchor(BaseModel):
    """A behaviour that stands for a level."""

    level: int
    behaviour: str


class Criterion(BaseModel):
    """What is judged."""

    key: str
    name: str
    description: str = ""
    anchors: list[Anchor] = []


class Answered(BaseModel):
    """A turn of the candidate with the question it answers."""

    turn: str
    question: str | None = None
    text: str


class Case(BaseModel):
    """The task as it stands in the last part of the prompt."""

    model_config = ConfigDict(extra="ignore")

    criterion: Criterion
    turns: list[Answered]


class Quote(BaseModel):
    """Words and the turn in which they should stand."""

    turn: str
    quote: str


class Ruling(BaseModel):
    """The judge's answer."""

    evidence: list[Quote]
    level: int | None
    abstain: bool
    reason: str


def case(prompt: str) -> Case:
    """The case in a prompt; GoogleError 400 when it holds none."""
    try:
        task = json.loads(prompt)
        if task["task"] != "judge":
            raise GoogleError(400, "The sandbox knows only the task 'judge'.")
        return Case.model_validate(task)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        message = "The sandbox needs a JSON task with criterion and turns in the last part."
        raise GoogleError(400, message) from error
