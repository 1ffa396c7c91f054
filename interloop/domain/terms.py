"""Cuts text into the terms that are compared: stems of words and names of technologies."""

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from interloop.domain.technologies import AMBIGUOUS, CANONICAL, LONGEST
from interloop.domain.wordlist import wordlist

_WORD = re.compile(
    r"(?:\.(?=net\b))?[^\W_]+(?:[.+#'\u2019-](?=[^\W_])[^\W_]+)*[+#]*", re.IGNORECASE
)
_SPLIT = re.compile(r"[.-]")
_MARK = "="
"""Before the name of a technology, so that "go" the verb never equals "Go" the language."""

_AMBIGUOUS_FORMS = {word.lower(): word for word in AMBIGUOUS}
_STOP = wordlist(
    """a ability able about across all also an and any are as at be been by can candidate could
    degree demonstrated do equivalent etc excellent expert expertise experience experienced
    familiar familiarity field fluent for from good great had has have hands-on ideally in into is
    it its key knowledge least less like looking minimum more must necessary new not of on one or
    other our out over plus preferred previous proficiency proficient proven related relevant
    required similar skill skilled skills solid some strong such than that the their them these
    they this those to track record understanding up use used using very want was we well were
    what when where which who will willing willingness with within without work worked working
    would year years yrs you your"""
)


@dataclass(frozen=True, slots=True)
class Term:
    """One comparable piece of a text and the span it was read from."""

    name: str
    start: int
    end: int
    is_technology: bool = False


def terms(text: str) -> list[Term]:
    """All terms of `text` in order: technologies by their one name, other words by their stem.

    A word inside a technology's name also appears as itself, so that text that grows can only
    gain terms. Stop words and bare numbers are left out.
    """
    words = list(_WORD.finditer(text))
    found: list[Term] = []
    for index, word in enumerate(words):
        found.extend(_technologies(words[index : index + LONGEST], text))
        found.extend(_stems(word))
    return found


def longest(found: list[Term]) -> list[Term]:
    """The terms that do not lie inside a technology's name: what a requirement asks for."""
    wide = sorted((t for t in found if t.is_technology), key=lambda t: t.start - t.end)
    kept: list[Term] = []
    for term in [*wide, *(t for t in found if not t.is_technology)]:
        if not any(k.start <= term.start and term.end <= k.end for k in kept if k.is_technology):
            kept.append(term)
    return sorted(kept, key=lambda term: term.start)


def _technologies(words: list[re.Match[str]], text: str) -> list[Term]:
    """The technologies whose name starts at the first of these words."""
    found = []
    for length in range(1, len(words) + 1):
        forms = [word.group() for word in words[:length]]
        name = CANONICAL.get(tuple(form.lower() for form in forms))
        if name and (length > 1 or _is_meant(words[0], text)):
            span = words[0].start(), words[length - 1].end()
            found.append(Term(_MARK + name, *span, is_technology=True))
    return found


def _is_meant(word: re.Match[str], text: str) -> bool:
    """Whether a word that is also a plain word is spelt as the technology."""
    exact = _AMBIGUOUS_FORMS.get(word.group().lower())
    if exact is None:
        return True
    return word.group() == exact and text[word.end() : word.end() + 1] != "&"


def _stems(word: re.Match[str]) -> list[Term]:
    """The stem of a word, and of its parts when it is a compound such as "full-stack"."""
    parts = _SPLIT.split(word.group().lower())
    wholes = [word.group().lower()] if len(parts) > 1 else []
    return [
        Term(_stem(part), word.start(), word.end())
        for part in (*wholes, *parts)
        if part and part not in _STOP and not part.rstrip("+").isdigit()
    ]


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    stem: str = snowballstemmer.stemmer("english").stemWord(word)
    return stem
