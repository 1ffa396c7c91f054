"""What a job asks for, read from its description."""

import re
from collections.abc import Iterator
from enum import StrEnum

from interloop.domain.base import Value
from interloop.domain.plan import Key, Line
from interloop.domain.wordlist import wordlist

MOST = 12
"""More requirements than this nobody reads, and no interview covers."""


class Weight(StrEnum):
    """How much a requirement matters."""

    must = "must"
    nice = "nice"


class Requirement(Value):
    """One thing the job asks for; `key` is stable within the job."""

    key: Key
    text: Line
    weight: Weight = Weight.must


class Requirements(Value):
    """All requirements of a job, in the order of its description."""

    items: tuple[Requirement, ...] = ()


class _Part(StrEnum):
    """What the lines under a heading are."""

    must = "must"
    nice = "nice"
    duties = "duties"
    other = "other"
    unknown = "unknown"


_LONGEST = 280
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u25e6\u25aa\u25cf\u2013\u2014\u00b7]|\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z\d])")
_HEADING_WORDS = {
    _Part.nice: (
        r"nice[ -]to[ -]have|bonus|preferred|desirable|desired|optional|a plus|pluses|ideally"
        r"|extra credit|good to have|what would help"
    ),
    _Part.other: (
        r"about (?:us|the (?:company|team))|who we are|benefits?|perks|we offer|what you get"
        r"|offer|salary|compensation|location|how to apply|equal opportunit\w+|our values|why"
    ),
    _Part.must: (
        r"requirements?|qualifications?|must[ -]haves?|you have|you bring|you need|your profile"
        r"|who you are|we expect|looking for|skills|essential|about you|experience|you know"
    ),
    _Part.duties: (
        r"responsibilit\w+|duties|you(?:'|\u2019)?(?:ll| will)|tasks|the role|the job|your role"
        r"|what you do|day[ -]to[ -]day"
    ),
}
"""In the order of trying: "Preferred skills" are nice to have, "Why us" is no duty."""

_HEADINGS = {
    part: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for part, words in _HEADING_WORDS.items()
}
_NICE = re.compile(
    r"\b(?:a plus|nice to have|bonus|preferred|preferably|ideally|advantage|desirable|beneficial"
    r"|would be (?:great|good|helpful)|not required|optional)\b",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:must|requires?|required|experienced?|years?|knowledge|proficien\w+|familiar\w*|fluen\w+"
    r"|able to|ability|skills?|skilled|background|degree|certifi\w+|understand\w*|expertise"
    r"|comfortable|you (?:have|know|bring|can|are|write|speak)|hands-on|track record)\b",
    re.IGNORECASE,
)
_GENERAL = wordlist(
    """and basic candidate core essential formal further general ideal job key main minimum
    minimal of other our required role technical that the these this things to us we what
    who work would you your s re ll are do will"""
)
_STOP = wordlist(
    """a an and are as at be by experience experienced for from good have in is knowledge least like
    must of on or our proven required skills solid strong that the this to understanding using we
    with work working year years you your ability able plus such will"""
)


def read_requirements(description: str) -> Requirements:
    """Read at most `MOST` requirements, musts before nice-to-haves when there are more.

    Lines under headings such as "Requirements" or "Nice to have" come first. Without such
    headings: sentences that ask for something; without those, what the person will do.
    """
    lines = list(_lines(description))
    found = [(text, weight) for text, weight in map(_headed, lines) if weight]
    if not found:
        asked = [text for part, text in lines if part is not _Part.other and _CUE.search(text)]
        duties = [text for part, text in lines if part is _Part.duties]
        found = [(text, _weight(text)) for text in asked or duties]
    return Requirements(items=_numbered(_most_important(found)))


def _headed(line: tuple[_Part, str]) -> tuple[str, Weight | None]:
    """The line's weight when it stands under a heading that asks for something."""
    part, text = line
    if part is _Part.nice:
        return text, Weight.nice
    return text, _weight(text) if part is _Part.must else None


def _weight(text: str) -> Weight:
    return Weight.nice if _NICE.search(text) else Weight.must


def _lines(description: str) -> Iterator[tuple[_Part, str]]:
    """Bulleted lines and sentences, each with the kind of heading above it."""
    part = _Part.unknown
    for line in description.splitlines():
        bulleted = _BULLET.match(line)
        text = " ".join(line[bulleted.end() if bulleted else 0 :].split())
        heading = None if bulleted else _heading(text)
        if heading:
            part, text = heading
        under = _Part.duties if bulleted and part is _Part.unknown else part
        for piece in [text] if bulleted else _SENTENCE_END.split(text):
            cleaned = piece.strip().rstrip(".;,").strip()[:_LONGEST]
            if sum(1 for char in cleaned if char.isalpha()) >= 2:
                yield under, cleaned


def _heading(text: str) -> tuple[_Part, str] | None:
    """The kind of heading a line is and what follows its colon, or None for a plain line."""
    title, colon, rest = text.strip("#*_ ").partition(":")
    ends = bool(colon) or not title.endswith((".", ";", "!"))
    if not ends or not 0 < len(title.split()) <= 6 or "," in title:
        return None
    for part, pattern in _HEADINGS.items():
        marked = bool(colon) or text.startswith(("#", "*", "_")) or title.isupper()
        if pattern.search(title) and (marked or _is_bare_title(pattern.sub("", title))):
            return part, rest.strip("*_ ")
    return (_Part.unknown, "") if colon and not rest.strip() else None


def _is_bare_title(rest: str) -> bool:
    """Whether beside the heading's own words only general ones are left: not "Docker skills"."""
    return set(re.findall(r"\w+", rest.lower())) <= _GENERAL


def _most_important(found: list[tuple[str, Weight]]) -> list[tuple[str, Weight]]:
    """The first of each text; when there are too many, nice-to-haves go first, then the last."""
    first: dict[str, tuple[str, Weight]] = {}
    for item in found:
        first.setdefault(item[0].casefold(), item)
    ordered = list(first.values())
    spare = max(MOST - sum(1 for _, weight in ordered if weight is Weight.must), 0)
    nice = [item for item in ordered if item[1] is Weight.nice][:spare]
    return [item for item in ordered if item[1] is Weight.must or item in nice][:MOST]


def _numbered(found: list[tuple[str, Weight]]) -> tuple[Requirement, ...]:
    """Requirements with keys made of their telling words, distinct within the job."""
    items: list[Requirement] = []
    taken: set[str] = set()
    for text, weight in found:
        words = [w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in _STOP]
        base = key = "-".join(words[:4])[:56].strip("-") or "requirement"
        number = 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        items.append(Requirement(key=key, text=text, weight=weight))
    return tuple(items)
