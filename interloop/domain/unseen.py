"""Blanks what must not count: who the person is, where they live, studied, how old they are."""

import re
from collections.abc import Iterator

from interloop.domain.document import ContactDetails

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?://|\bwww\.|@|[a-z0-9]\.[a-z]{2,6}/", re.IGNORECASE)
_PERSONAL = re.compile(
    r"(?:^|(?<=[\t|\u2022]))[ ]{0,8}(?:age|birth(?:day|date)|born|date of birth|d\.?o\.?b\.?|gender"
    r"|sex|nationality|citizenship|marital status|religion|address|photo)[ ]{0,3}:[^\n\t|\u2022]*",
    re.IGNORECASE | re.MULTILINE,
)
_BORN = re.compile(
    r"\b(?:born (?:in|on)\b[^\n,;]*|aged?:? \d{2}\b|\d{2} years old\b)", re.IGNORECASE
)
_CAPITAL = (
    r"(?!(?:BSc|MSc|BA|BS|MA|MS|MBA|PhD|Bachelor|Master|Diploma)\b)[^\W\d_a-z][\w'\u2019.&-]{0,40}"
)
_SCHOOL = re.compile(
    rf"(?<!\w)(?:{_CAPITAL}[ ]){{0,4}}"
    r"(?:Universit(?:y|\u00e4t|\u00e9|\u00e0|at|eit)|Universidad|College|Institute|School|Academy"
    r"|Polytechnic)"
    rf"(?:[ ](?:of|for|at|de)[ ](?:the[ ])?{_CAPITAL}(?:[ ](?:and[ ])?{_CAPITAL}){{0,3}})?"
)


def blanked(text: str, contact: ContactDetails) -> str:
    """`text` with spaces of the same length where a person, not their work, is described.

    Pass an empty `contact` for a text about nobody, such as a requirement.
    """
    chars = list(text)
    for start, end in _spans(text, contact):
        chars[start:end] = ["\n" if char == "\n" else " " for char in chars[start:end]]
    return "".join(chars)


def _spans(text: str, contact: ContactDetails) -> Iterator[tuple[int, int]]:
    for field in (contact.name, contact.email, contact.phone, contact.location):
        if field is not None:
            yield field.start, field.end
    if contact.name is not None:
        yield from (
            m.span() for m in re.finditer(re.escape(contact.name.value), text, re.IGNORECASE)
        )
    # A single pattern for the whole of an address is quadratic on text without blanks.
    yield from (m.span() for m in _TOKEN.finditer(text) if _ADDRESS.search(m.group()))
    for pattern in (_PERSONAL, _BORN, _SCHOOL):
        yield from (match.span() for match in pattern.finditer(text))
