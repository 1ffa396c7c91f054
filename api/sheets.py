"""Reads a list of people out of the bytes of a CSV file: its letters, its separator, its rows."""

import csv
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from interloop.domain.base import Value
from interloop.domain.errors import TooLarge, Unreadable
from interloop.domain.lists import (
    MAX_LIST,
    MAX_ROWS,
    Cells,
    Column,
    ListedPerson,
    person_of,
    without_doubles,
)

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 512

_Part: TypeAlias = Column | str
_FIRST, _LAST = "first", "last"
_HEADINGS: dict[str, _Part] = {
    **dict.fromkeys(
        ("name", "fullname", "candidate", "candidatename", "applicant", "applicantname"),
        Column.name,
    ),
    **dict.fromkeys(("bewerber", "bewerberin", "displayname", "vollername"), Column.name),
    **dict.fromkeys(("firstname", "givenname", "forename", "vorname"), _FIRST),
    **dict.fromkeys(("lastname", "surname", "familyname", "nachname", "familienname"), _LAST),
    **dict.fromkeys(
        ("email", "emailaddress", "mail", "mailaddress", "emailadresse", "mailadresse"),
        Column.email,
    ),
    **dict.fromkeys(
        ("language", "lang", "locale", "preferredlanguage", "sprache"), Column.language
    ),
    **dict.fromkeys(("zone", "timezone", "tz", "zeitzone"), Column.zone),
    **dict.fromkeys(
        ("reference", "ref", "externalid", "id", "candidateid", "applicantid", "referenz"),
        Column.reference,
    ),
}


class Encoding(StrEnum):
    """How the letters of a file are written."""

    utf_8 = "UTF-8"
    utf_16 = "UTF-16"
    windows_1252 = "Windows-1252"


class Sheet(Value):
    """A list as it was read."""

    encoding: Encoding
    separator: str
    headings: tuple[str, ...]
    """The headings that were understood, as they stand in the file."""
    ignored: tuple[str, ...]
    people: tuple[ListedPerson, ...]


def read_sheet(data: bytes) -> Sheet:
    """Read a list of at most `MAX_ROWS` people.

    Raises `TooLarge`, or `Unreadable`: `empty`, `spreadsheet_file`, `unknown_encoding`,
    `no_headings`, `no_name_column`, `no_email_column`, `double_column`, `broken_quotes`,
    `too_many_rows`, `no_rows`. What is wrong with a row stands in the row.
    """
    if len(data) > MAX_LIST:
        raise TooLarge("a list may have 1 MB", code="too_large")
    text, encoding = _decoded(data)
    separator = _separator(text)
    rows = _rows(text, separator)
    _, first = next(rows, (0, []))
    parts = _parts(first)
    people = tuple(_people(rows, first, parts))
    if not people:
        raise Unreadable("there is nobody in the list", code="no_rows")
    return Sheet(
        encoding=encoding,
        separator=separator,
        headings=tuple(h.strip() for h, part in zip(first, parts, strict=True) if part),
        ignored=tuple(
            h.strip()[:80] for h, part in zip(first, parts, strict=True) if h.strip() and not part
        ),
        people=without_doubles(people),
    )


def _decoded(data: bytes) -> tuple[str, Encoding]:
    if not data.strip():
        raise Unreadable("the file is empty", code="empty")
    if data.startswith((_ZIP, _OLD_OFFICE)):
        raise Unreadable("this is a workbook: save it as CSV", code="spreadsheet_file")
    wide = _wide(data)
    tries = [(wide, Encoding.utf_16)] if wide else [("utf-8-sig", Encoding.utf_8)]
    if not wide and b"\0" not in data:
        tries.append(("cp1252", Encoding.windows_1252))
    for codec, encoding in tries:
        try:
            return data.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("the letters of this file cannot be read", code="unknown_encoding")


def _wide(data: bytes) -> str | None:
    """Return the codec of text in two bytes a letter, with or without its mark; else None."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:_LOOKED_AT]
    little, big = head[1::2].count(0), head[0::2].count(0)
    if max(little, big) <= len(head) // 4:
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _separator(text: str) -> str:
    """Return what parts the headings such that most of them are known."""
    found = {each: sum(p is not None for p in _known(text, each)) for each in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda each: found[each])
    if not found[best]:
        raise Unreadable("the first line names no column that is known", code="no_headings")
    return best


def _known(text: str, separator: str) -> list[_Part | None]:
    try:
        _, first = next(_rows(text, separator), (0, []))
    except Unreadable:
        # Quoted headings read with another separator than theirs.
        return []
    return [_part(heading) for heading in first]


def _part(heading: str) -> _Part | None:
    return _HEADINGS.get(re.sub(r"[\W_]", "", heading.casefold()))


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            told = [cell.strip() for cell in row]
            # Excel writes the separator into a first line of its own.
            if any(told) and not (begins == 1 and "".join(told).startswith("sep=")):
                yield begins, told
            begins = reader.line_num + 1
    except csv.Error:
        words = f"a quotation mark in or after line {begins} is not closed"
        raise Unreadable(words, code="broken_quotes") from None


def _parts(first: list[str]) -> list[_Part | None]:
    """Return what each heading means; two of one meaning would leave one unread."""
    parts = [_part(heading) for heading in first]
    known = [part for part in parts if part is not None]
    if len(known) != len(set(known)):
        raise Unreadable("two columns have the same meaning", code="double_column")
    if Column.email not in known:
        raise Unreadable("there is no column of e-mail addresses", code="no_email_column")
    if not {Column.name, _FIRST, _LAST} & set(known):
        raise Unreadable("there is no column of names", code="no_name_column")
    return parts


def _people(
    rows: Iterator[tuple[int, list[str]]], first: list[str], parts: list[_Part | None]
) -> Iterator[ListedPerson]:
    headings = {part: heading for heading, part in zip(first, parts, strict=True) if part}
    under = {column: headings[column] for column in Column if column in headings}
    under.setdefault(Column.name, headings.get(_FIRST) or headings.get(_LAST) or "")
    for number, (line, row) in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise Unreadable(f"a list may hold {MAX_ROWS} people", code="too_many_rows")
        spilled = any(row[len(parts) :])
        yield person_of(line, _cells(row, parts), under, spilled=spilled)


def _cells(row: list[str], parts: list[_Part | None]) -> Cells:
    said = {part: " ".join(cell.split()) for cell, part in zip(row, parts, strict=False) if part}
    cells: Cells = {column: said[column] for column in Column if column in said}
    if not cells.get(Column.name):
        cells[Column.name] = " ".join(said[p] for p in (_FIRST, _LAST) if said.get(p))
    return cells
