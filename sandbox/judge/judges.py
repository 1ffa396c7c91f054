"""The four judges; each gives the same ruling for the same case and seed."""

import hashlib
import random
from collections.abc import Callable

from sandbox.judge.case import Case, Quote, Ruling
from sandbox.judge.mode import JudgeMode
from sandbox.text import sentences, stems, words

_MOST_QUOTES = 3
_COVERAGE_FOR_LEVEL = ((8, 5), (5, 4), (3, 3), (2, 2), (1, 1))
"""Distinct meaningful stems shared with the criterion, and the level that they are worth."""

_ORDERS = frozenset({"ignore", "instructions", "score", "rate", "level", "maximum", "highest"})


def rule(mode: JudgeMode, case: Case, seed: int) -> Ruling:
    """The ruling of the judge that sits."""
    digest = hashlib.sha256(f"{seed}:{case.model_dump_json()}".encode()).digest()
    chance = random.Random(digest)  # noqa: S311  a seeded judge, not a secret
    return _JUDGES[mode](case, chance)


def _honest(case: Case, chance: random.Random) -> Ruling:  # noqa: ARG001
    """Quotes the sentences that share most with the criterion; the level follows coverage."""
    if not any(words(turn.text) for turn in case.turns):
        return Ruling(evidence=[], level=None, abstain=True, reason="nothing_said")
    matter = _matter(case)
    found: list[tuple[int, Quote]] = []
    covered: set[str] = set()
    for turn in case.turns:
        about = matter | stems(turn.question or "")
        for sentence in sentences(turn.text):
            if shared := stems(sentence) & about:
                covered |= shared
                found.append((len(shared), Quote(turn=turn.turn, quote=sentence)))
    if not found:
        return Ruling(evidence=[], level=None, abstain=True, reason="no_evidence")
    best = sorted(found, key=lambda each: -each[0])[:_MOST_QUOTES]
    level = next(level for least, level in _COVERAGE_FOR_LEVEL if len(covered) >= least)
    quotes = [quote for _, quote in best]
    return Ruling(evidence=quotes, level=level, abstain=False, reason="evidence_coverage")


def _noisy(case: Case, chance: random.Random) -> Ruling:
    """Honest quotes, but a level that wavers, and now and then no opinion."""
    honest = _honest(case, chance)
    if honest.level is None:
        return honest
    if chance.random() < 0.15:
        return Ruling(evidence=[], level=None, abstain=True, reason="undecided")
    level = min(5, max(1, honest.level + chance.choice((-1, 0, 0, 1))))
    kept = chance.sample(honest.evidence, chance.randint(1, len(honest.evidence)))
    return Ruling(evidence=kept, level=level, abstain=False, reason="evidence_coverage")


def _gullible(case: Case, chance: random.Random) -> Ruling:
    """Does what the candidate tells it to, and takes any words for evidence."""
    for turn in case.turns:
        for sentence in sentences(turn.text):
            if len(_ORDERS & set(words(sentence))) > 1:
                order = Quote(turn=turn.turn, quote=sentence)
                return Ruling(evidence=[order], level=5, abstain=False, reason="as_told")
    honest = _honest(case, chance)
    if honest.level is None:
        return honest
    return honest.model_copy(update={"level": min(5, honest.level + 1)})


def _quote_inventing(case: Case, chance: random.Random) -> Ruling:
    """Puts praise into the candidate's mouth; one quote may even be real, of another turn."""
    turns = [turn.turn for turn in case.turns] or ["none"]
    invented = [
        Quote(turn=chance.choice(turns), quote=f"I have led {case.criterion.name} for ten years."),
        Quote(turn="a-turn-that-is-not-there", quote="Everybody praised the result."),
    ]
    return Ruling(evidence=invented, level=5, abstain=False, reason="evidence_coverage")


def _matter(case: Case) -> set[str]:
    behaviours = " ".join(anchor.behaviour for anchor in case.criterion.anchors)
    return stems(f"{case.criterion.name} {case.criterion.description} {behaviours}")


_JUDGES: dict[JudgeMode, Callable[[Case, random.Random], Ruling]] = {
    JudgeMode.HONEST: _honest,
    JudgeMode.NOISY: _noisy,
    JudgeMode.GULLIBLE: _gullible,
    JudgeMode.QUOTE_INVENTING: _quote_inventing,
}
