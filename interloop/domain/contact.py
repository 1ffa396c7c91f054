"""Reads how to reach a person from the text of a resume; what is not there stays None."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from interloop.domain.document import ContactDetails, Field
from interloop.domain.places import NAMES_OF_PLACES
from interloop.domain.wordlist import wordlist

_SEARCHED = 8_000
"""Characters searched for a number: contact details stand at the front or in a side column."""

_HEAD = 1500
_HEAD_LINES = 10

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w@])"
)
_PHONE_LABEL = re.compile(r"(?:phone|tel|telephone|mobile|cell|mob|call)\W{0,3}$", re.IGNORECASE)
_NOT_A_PHONE = re.compile(r"(?:doi|arxiv|isbn|issn|orcid|[/.=])\W{0,2}$", re.IGNORECASE)
_SEGMENT = re.compile(r"(?:(?!\s[\u2013\u2014-]\s)[^\t\n,|\u2022\u00b7\u25c6:])+")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:[-'\u2019.][^\W\d_]*)*\Z")
_PARTICLES = wordlist("al bin da de del della den der di dos du el la le ten van von y")
_NO_NAME = wordlist(
    """about academy accountant address administrator analyst architect assistant backend business
    career ceo chief college computer consultant contact curriculum data designer developer devops
    director education email engineer engineering executive experience frontend full head highly
    home intern junior last lead letter linkedin manager marketing mobile name nurse objective
    officer operations page personal phone principal product professional profile programmer
    project projects recruiter references resume researcher sales science scientist security
    senior skills software specialist stack staff student summary systems teacher technical
    technician university updated vitae web website welcome work cv r\u00e9sum\u00e9"""
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLACE = re.compile(
    r"(?<!\w)(?P<city>[^\W\d_a-z][\w.'\u2019]{1,40}(?:[ -][^\W\d_a-z][\w.'\u2019]{1,40}){0,3}), ?"
    r"(?P<region>[^\W\d_a-z][^\W\d_]{1,40}(?: [^\W\d_a-z][^\W\d_]{1,40}){0,2})"
)


def read_contact(text: str, *, regions: Sequence[str] = ("US", "GB")) -> ContactDetails:
    """Read name, e-mail, phone and location from `text`.

    `regions` (ISO 3166-1) are where a number without country code may come from, best guess
    first. Spans are offsets into `text`; the phone's value is E.164, the others are slices.
    """
    email = _match_field(_EMAIL.search(text))
    location = _location(text)
    return ContactDetails(
        name=_name(text, email, location),
        email=email,
        phone=_phone(text[:_SEARCHED], regions),
        location=location,
    )


def _match_field(match: re.Match[str] | None) -> Field | None:
    return match and Field(value=match.group(), start=match.start(), end=match.end())


def _phone(text: str, regions: Sequence[str]) -> Field | None:
    """The first valid number; one without country code only in the head or after a label."""
    for region in regions:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            before = text[max(match.start - 16, 0) : match.start]
            expected = match.start < _HEAD or _PHONE_LABEL.search(before)
            if (expected or match.raw_string.startswith("+")) and not _NOT_A_PHONE.search(before):
                return Field(value=_e164(match.number), start=match.start, end=match.end)
    return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _location(text: str) -> Field | None:
    """The first "City, Region" of the head whose region is a known state or country."""
    for start, line in _head(text):
        if _YEAR.search(line):
            continue
        for match in _PLACE.finditer(line):
            region = match.group("region")
            while region and region.casefold() not in NAMES_OF_PLACES:
                region = region.rpartition(" ")[0]
            if region:
                end = match.start("region") + len(region)
                value = line[match.start() : end]
                return Field(value=value, start=start + match.start(), end=start + end)
    return None


def _name(text: str, email: Field | None, location: Field | None) -> Field | None:
    """The likeliest name of the head: one that the e-mail address repeats, else the first."""
    names = [field for field in _names(text) if not _overlap(field, location)]
    account = email.value.partition("@")[0].casefold() if email else ""
    for field in names:
        if any(len(word) > 2 and word.casefold() in account for word in field.value.split()):
            return field
    return names[0] if names else None


def _names(text: str) -> Iterator[Field]:
    for start, line in _head(text):
        for match in _SEGMENT.finditer(line):
            value = match.group().strip()
            if _is_name(value):
                begin = start + match.start() + match.group().index(value)
                yield Field(value=value, start=begin, end=begin + len(value))


def _is_name(value: str) -> bool:
    words = value.split()
    if not 2 <= len(words) <= 5 or any(word.strip(".").casefold() in _NO_NAME for word in words):
        return False
    if words[0].casefold() in _PARTICLES and not words[0][0].isupper():
        return False
    return all(_NAME_WORD.match(w) and (not w[0].islower() or w in _PARTICLES) for w in words)


def _overlap(one: Field, other: Field | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end


def _head(text: str) -> Iterator[tuple[int, str]]:
    """The first lines with words in them, each with its offset."""
    lines = (match for match in re.finditer(r"[^\n]+", text) if match.group().strip())
    for _, match in zip(range(_HEAD_LINES), lines, strict=False):
        yield match.start(), match.group()[:_HEAD]
