"""Splits plain English into sentences, words and stems."""

import re

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#'-]*")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))+[.!?]*")
_COMMON = frozenset(
    _WORD.findall(
        """a about after again all also am an and any are as at be been before being both but by can
    could did do does doing done each even every few for from further get gets give gives got had
    has have having he her here him his how i if in into is it its just last like made make makes
    many may me more most much my no not of off on one only or other our out over own rather same
    she should so some such than that the their them then there these they thing things this those
    through time times to too under until up us very was we well went were what when where which
    while who why will with without would you your"""
    )
)


def words(text: str) -> list[str]:
    """Lower-case words in the order in which they stand."""
    return [match.group().lower() for match in _WORD.finditer(text)]


def stems(text: str) -> set[str]:
    """Snowball stems of the words that carry meaning."""
    return {_stem(word) for word in words(text) if word not in _COMMON and len(word) > 2}


def sentences(text: str) -> list[str]:
    """Sentences exactly as they stand in the text, without the blanks around them."""
    return [found for match in _SENTENCE.finditer(text) if words(found := match.group().strip())]


def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem
