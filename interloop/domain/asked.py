"""What a requirement asks for, as weighted groups of terms of which one each is enough."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interloop.domain.terms import Term, longest, terms

_TECHNOLOGY = 3.0
"""A technology says more than a common word of the same sentence."""

_BETWEEN = re.compile(r"\s*(?:,|/|,?\s*(?:and/)?or|,?\s*and)\s*\Z", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"/|\bor\b", re.IGNORECASE)
_OR_SIMILAR = re.compile(r"[,\s]*\bor\b", re.IGNORECASE)
_YEARS = re.compile(
    r"(?<![\d.])(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?:\+|plus)?"
    r"\s*(?:(?:-|\u2013|to)\s*\d{1,2}\s*)?\+?\s*(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Asked:
    """Groups of interchangeable terms with their weights, and the years asked for, if any."""

    groups: tuple[tuple[frozenset[str], float], ...]
    years: int

    def coverage(self, found: frozenset[str]) -> float:
        """The weighted share, 0 to 1, of groups that `found` has a term of."""
        total = sum(weight for _, weight in self.groups)
        got = sum(weight for group, weight in self.groups if group & found)
        return got / total if total else 0.0

    def lasted(self, years: int) -> bool:
        """Whether a passage that states so many years says enough about the time asked for."""
        return years >= self.years


def asked(text: str, of_the_job: Sequence[str]) -> Asked:
    """What `text` asks for; a term that many requirements of the job share weighs less."""
    together = _groups(text)
    shared = Counter(name for other in of_the_job for name in _names(other))
    weighted = {
        frozenset(term.name for term in group): (
            (_TECHNOLOGY if any(term.is_technology for term in group) else 1.0)
            / max(min(shared[term.name] for term in group), 1)
        )
        for group in together
    }
    return Asked(tuple(weighted.items()), stated_years(text))


def stated_years(text: str) -> int:
    """The largest number of years that `text` states, or 0."""
    found = [match.group(1).lower() for match in _YEARS.finditer(text)]
    return max((_NUMBERS.index(n) + 1 if n in _NUMBERS else int(n) for n in found), default=0)


@lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    return frozenset(term.name for term in longest(terms(text)))


def _groups(text: str) -> list[list[Term]]:
    """Terms of `text`, technologies joined by "or" in one group."""
    without_years = _YEARS.sub(lambda match: " " * len(match.group()), text)
    groups: list[list[Term]] = []
    run: list[Term] = []
    for term in longest(terms(without_years)):
        if run and term.is_technology and _BETWEEN.match(text[run[-1].end : term.start]):
            run.append(term)
            continue
        groups.extend(_settled(run, text))
        run = [term] if term.is_technology else []
        if not run:
            groups.append([term])
    groups.extend(_settled(run, text))
    return groups


def _settled(run: list[Term], text: str) -> list[list[Term]]:
    """A run of technologies as one group when the text offers a choice, else one group each."""
    if not run:
        return []
    inside = text[run[0].end : run[-1].start] if len(run) > 1 else ""
    choice = _ALTERNATIVE.search(inside) or _OR_SIMILAR.match(text[run[-1].end :])
    return [run] if choice else [[term] for term in run]
