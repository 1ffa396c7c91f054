"""A list of people as a spreadsheet saves it: what a row says, and what is wrong with it."""

import re
from enum import StrEnum
from typing import TypeAlias
from unicodedata import category

from interloop.domain.base import Value
from interloop.domain.language import Language
from interloop.domain.zones import named_zone

MAX_ROWS = 500
MAX_LIST = 1024 * 1024

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_NUMBER = re.compile(r"[+-]?[\d .,()/-]*\d")


class Column(StrEnum):
    """What a list may say of a person; name and address are needed, the others may be left out."""

    name = "name"
    email = "email"
    language = "language"
    zone = "zone"
    reference = "reference"
    """The number or key under which another system knows them."""


class Flaw(StrEnum):
    """What can be wrong with a cell, or with a whole row."""

    missing = "missing"
    too_long = "too_long"
    not_an_address = "not_an_address"
    unknown_language = "unknown_language"
    unknown_zone = "unknown_zone"
    formula = "formula"
    unreadable_characters = "unreadable_characters"
    double = "double"
    too_many_cells = "too_many_cells"


class Wrong(Value):
    """One thing that is wrong: in which column, what stands there, and where it stood first."""

    flaw: Flaw
    column: Column | None = None
    heading: str = ""
    """What the file calls the column."""
    cell: str = ""
    first_line: int | None = None
    """For `double`: the line that has the same address."""


class ListedPerson(Value):
    """One row; `line` is where it begins in the file, as a text editor counts."""

    line: int
    name: str
    email: str
    language: Language | None = None
    zone: str | None = None
    reference: str | None = None
    wrong: tuple[Wrong, ...] = ()


Cells: TypeAlias = dict[Column, str]
"""The cells of one row by column, trimmed; what the list does not have is not there."""
Headings: TypeAlias = dict[Column, str]

_LONGEST = {Column.name: 200, Column.email: 254, Column.reference: 100}
_NEEDED = (Column.name, Column.email)
_LANGUAGES = {
    "en": Language.en,
    "eng": Language.en,
    "english": Language.en,
    "englisch": Language.en,
    "de": Language.de,
    "deu": Language.de,
    "ger": Language.de,
    "german": Language.de,
    "deutsch": Language.de,
}
_SHOWN = 80


def person_of(line: int, cells: Cells, headings: Headings, *, spilled: bool) -> ListedPerson:
    """Read one row; what is wrong with it stands in it, and nothing of it is lost.

    `spilled`: it has more cells than the list has headings.
    """
    wrong = [
        Wrong(
            flaw=flaw,
            column=column,
            heading=headings.get(column, "")[:_SHOWN],
            cell=cells.get(column, "")[:_SHOWN],
        )
        for column in Column
        if (flaw := _flaw(column, cells.get(column, ""))) is not None
    ]
    if spilled:
        wrong.append(Wrong(flaw=Flaw.too_many_cells))
    return ListedPerson(
        line=line,
        name=cells.get(Column.name, "")[: _LONGEST[Column.name]],
        email=cells.get(Column.email, "")[: _LONGEST[Column.email]],
        language=_language(cells.get(Column.language, "")),
        zone=named_zone(cells.get(Column.zone, "")),
        reference=cells.get(Column.reference, "")[: _LONGEST[Column.reference]] or None,
        wrong=tuple(wrong),
    )


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would calculate what stands in a cell; a plain number is none.

    Also where somebody has put an apostrophe before it, as our own files do.
    """
    bare = cell.lstrip("'")
    begins = bare[:1] in {"=", "@", "\t", "\r"}
    return begins or (bare[:1] in {"+", "-"} and not _NUMBER.fullmatch(bare))


def without_doubles(people: tuple[ListedPerson, ...]) -> tuple[ListedPerson, ...]:
    """Say of each row whose address stands further up already that it does, and where."""
    first: dict[str, int] = {}
    told: list[ListedPerson] = []
    for person in people:
        key = person.email.strip().casefold()
        line = first.setdefault(key, person.line) if key and not person.wrong else person.line
        if line != person.line:
            column, cell = Column.email, person.email
            twice = Wrong(flaw=Flaw.double, column=column, cell=cell, first_line=line)
            told.append(person.model_copy(update={"wrong": (twice,)}))
        else:
            told.append(person)
    return tuple(told)


def _flaw(column: Column, cell: str) -> Flaw | None:
    if not cell:
        return Flaw.missing if column in _NEEDED else None
    if len(cell) > _LONGEST.get(column, 64):
        return Flaw.too_long
    if any(category(sign) == "Cc" or sign == "\ufffd" for sign in cell):
        return Flaw.unreadable_characters
    if is_formula(cell):
        return Flaw.formula
    return _own_flaw(column, cell)


def _own_flaw(column: Column, cell: str) -> Flaw | None:
    if column is Column.email and not _ADDRESS.fullmatch(cell):
        return Flaw.not_an_address
    if column is Column.language and _language(cell) is None:
        return Flaw.unknown_language
    if column is Column.zone and named_zone(cell) is None:
        return Flaw.unknown_zone
    return None


def _language(cell: str) -> Language | None:
    """Read `de`, `de-AT`, `German` or `Deutsch`."""
    word = cell.strip().casefold()
    return _LANGUAGES.get(word) or _LANGUAGES.get(re.split(r"[-_]", word)[0])
