"""What the interviewer says next: a pure state machine over the plan and the cursor.

Every candidate is asked every question of the plan, in order, in the same words. After an answer
at most `follow_ups` of the plan's own neutral probes are asked. The live model speaks what stands
here; it never decides what comes next.
"""

import re
from enum import StrEnum

from interloop.domain.base import Value
from interloop.domain.plan import Plan, Question
from interloop.domain.turn import Cursor

SHORT_ANSWER_WORDS = 40
"""An answer of fewer words is given the chance to say more."""

_WELCOME_BACK = "Welcome back. The question was: "
_STOP_HERE = (
    "I have to stop here: all interviews are paused for the moment. This is not about you, and it "
    "does not count against you. Everything you said is saved. A person will write to you to find "
    "a time. Thank you for speaking with me."
)
_WORD = re.compile(r"[^\W\d_]{4,}")


class Step(StrEnum):
    """Kinds of things an interviewer does."""

    greet = "greet"
    ask = "ask"
    follow_up = "follow_up"
    rephrase = "rephrase"
    repeat = "repeat"
    close = "close"


class Item(Value):
    """One thing to say: `say` word for word, or in the model's own words when it is null."""

    step: Step
    say: str | None = None
    question: str | None = None
    probes: tuple[str, ...] = ()


class Exchange(Value):
    """What was said since the current question was asked first, each side in order."""

    answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    passed: bool = False
    """The candidate wants to go on without saying (more) here."""


def next_item(plan: Plan, cursor: Cursor, exchange: Exchange) -> tuple[Cursor, Item]:
    """Return what comes next and the cursor that holds once it has begun to be said."""
    if not cursor.greeted:
        return cursor.model_copy(update={"greeted": True}), Item(
            step=Step.greet, say=plan.persona.greeting.replace("{name}", plan.persona.name)
        )
    question = current(plan, cursor)
    probes = open_probes(question, cursor, exchange) if question else ()
    if question and probes:
        moved = cursor.model_copy(update={"follow_ups_used": cursor.follow_ups_used + 1})
        return moved, Item(
            step=Step.follow_up, say=probes[0], question=question.text, probes=probes
        )
    return _move_on(plan, cursor)


def current(plan: Plan, cursor: Cursor) -> Question | None:
    """Return the question that is being answered; none before the first and after the last."""
    return plan.questions[cursor.index] if 0 <= cursor.index < len(plan.questions) else None


def open_probes(question: Question, cursor: Cursor, exchange: Exchange) -> tuple[str, ...]:
    """Return the probes still worth asking, the first one first; none when it is time to go on.

    A probe was asked when it stands in what the interviewer said. A short answer leaves every
    other probe open; a longer one only those it shares no word of four or more letters with.
    """
    if exchange.passed or cursor.follow_ups_used >= question.follow_ups:
        return ()
    said = " ".join(exchange.asked)
    rest = tuple(probe for probe in question.probes if probe not in said)
    answer = " ".join(exchange.answers)
    if len(answer.split()) < SHORT_ANSWER_WORDS:
        return rest
    heard = _words(answer)
    return tuple(probe for probe in rest if not (_words(probe) - _words(question.text)) & heard)


def again(plan: Plan, cursor: Cursor, step: Step) -> Item:
    """Return the current question once more: `repeat` word for word, `rephrase` more simply."""
    question = current(plan, cursor)
    text = question.text if question else None
    return Item(step=step, say=text if step is Step.repeat else None, question=text)


def welcome_back(plan: Plan, cursor: Cursor, last_said: str) -> Item:
    """Return the short repetition after an interruption; `last_said` is the open question."""
    question = current(plan, cursor)
    text = last_said.removeprefix(_WELCOME_BACK)
    return Item(
        step=Step.repeat, say=_WELCOME_BACK + text, question=question.text if question else None
    )


def stop_here() -> Item:
    """Return the goodbye of an interview that the organisation stops in the middle."""
    return Item(step=Step.close, say=_STOP_HERE)


def spoken_plainly(item: Item) -> str:
    """Return the words for a room without a model: what the page shows as text."""
    return item.say or item.question or ""


def _move_on(plan: Plan, cursor: Cursor) -> tuple[Cursor, Item]:
    index = cursor.index + 1
    moved = cursor.model_copy(update={"index": index, "follow_ups_used": 0})
    if index < len(plan.questions):
        text = plan.questions[index].text
        return moved, Item(step=Step.ask, say=text, question=text)
    moved = moved.model_copy(update={"index": len(plan.questions), "closed": True})
    return moved, Item(step=Step.close, say=plan.persona.closing)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
