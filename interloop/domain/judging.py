"""From a judge's samples to one suggested mark: quotes are checked, levels combined, by rule.

Several samples of one criterion give the median level and the spread; a level above 1 without a
single word to back it is not valid. Nothing here weighs one criterion against another.
"""

from statistics import median_low

from pydantic import Field

from interloop.domain.base import Value
from interloop.domain.mark import Span, find_quote
from interloop.domain.plan import Anchor, Criterion

SAMPLES = 3
_WIDE = 2


class Quote(Value):
    """Words a judge claims to have found in a turn."""

    turn: str
    quote: str


class Judgement(Value):
    """A judge's answer; evidence stands first, so that it is found before the level is chosen."""

    evidence: tuple[Quote, ...] = ()
    level: int | None = Field(default=None, ge=1, le=5)
    abstain: bool = False
    reason: str = Field(default="", max_length=64)


class JudgedTurn(Value):
    """One turn of the candidate with the question it answers."""

    turn: str
    question: str | None = None
    text: str


class JudgedCriterion(Value):
    """What a judge is told of a criterion."""

    key: str
    name: str
    description: str
    anchors: tuple[Anchor, ...]


class JudgeTask(Value):
    """The data of one judge's call: impersonal but for the words themselves."""

    task: str = "judge"
    criterion: JudgedCriterion
    turns: tuple[JudgedTurn, ...]


class Found(Value):
    """A quote that really stands in a turn."""

    turn: str
    span: Span


class Sample(Value):
    """One judgement after its quotes were checked; `level` is None when it abstains."""

    level: int | None
    reason: str
    offered: int
    found: tuple[Found, ...]


class Suggestion(Value):
    """What all samples together suggest."""

    level: int | None
    abstained: bool
    reason: str
    low: int | None
    high: int | None
    samples: int
    offered: int
    found: tuple[Found, ...]


def task_for(criterion: Criterion, turns: tuple[JudgedTurn, ...], sample: int) -> JudgeTask:
    """Return the task; every other sample sees the anchors from 5 to 1, against position bias."""
    step = -1 if sample % 2 else 1
    return JudgeTask(
        criterion=JudgedCriterion(
            key=criterion.id,
            name=criterion.name,
            description=criterion.description,
            anchors=criterion.anchors[::step],
        ),
        turns=turns,
    )


def check(judgement: Judgement, turns: tuple[JudgedTurn, ...]) -> Sample:
    """Keep the quotes that stand in the turn they name; each place counts once."""
    texts = {turn.turn: turn.text for turn in turns}
    found: list[Found] = []
    for quote in judgement.evidence:
        span = find_quote(texts.get(quote.turn, ""), quote.quote)
        if span is not None and Found(turn=quote.turn, span=span) not in found:
            found.append(Found(turn=quote.turn, span=span))
    level = None if judgement.abstain else judgement.level
    return Sample(
        level=level,
        reason=judgement.reason,
        offered=len(judgement.evidence),
        found=tuple(found),
    )


def is_backed(sample: Sample) -> bool:
    """Tell whether a level stands on words; level 1 and an abstention need none."""
    return sample.level is None or sample.level == 1 or bool(sample.found)


def unbacked(sample: Sample) -> Sample:
    """Turn a level without words into an abstention; what was offered is still counted."""
    return sample.model_copy(update={"level": None, "reason": "no_verified_quote"})


def combine(samples: tuple[Sample, ...]) -> Suggestion:
    """Combine samples: median level (the lower of two), spread, and every place found once.

    Most samples abstaining is an abstention. A spread of two levels or more says `spread`.
    """
    levels = sorted(sample.level for sample in samples if sample.level is not None)
    abstained = 2 * len(levels) <= len(samples)
    wide = bool(levels) and levels[-1] - levels[0] >= _WIDE
    telling = [s.reason for s in samples if (s.level is None) is abstained]
    return Suggestion(
        level=None if abstained else median_low(levels),
        abstained=abstained,
        reason="spread" if wide and not abstained else (telling or [""])[0],
        low=levels[0] if levels else None,
        high=levels[-1] if levels else None,
        samples=len(samples),
        offered=sum(sample.offered for sample in samples),
        found=tuple(dict.fromkeys(place for sample in samples for place in sample.found)),
    )
