"""Lists of people: read as spreadsheets save them, and never quietly wrong."""

import codecs

import pytest

from api.sheets import Encoding, read_sheet
from interloop.domain.errors import TooLarge, Unreadable
from interloop.domain.language import Language
from interloop.domain.lists import MAX_LIST, MAX_ROWS, Flaw, is_formula

HEAD = "Name,E-mail\n"
ONE = HEAD + "Zoë Müller,zoe@example.test\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ONE.encode(), Encoding.utf_8),
        (codecs.BOM_UTF8 + ONE.encode(), Encoding.utf_8),
        (ONE.encode("utf-16"), Encoding.utf_16),
        (codecs.BOM_UTF16_BE + ONE.encode("utf-16-be"), Encoding.utf_16),
        (ONE.encode("utf-16-le"), Encoding.utf_16),
        (ONE.encode("utf-16-be"), Encoding.utf_16),
        (ONE.encode("cp1252"), Encoding.windows_1252),
    ],
)
def test_letters_are_read_however_they_were_saved(data: bytes, encoding: Encoding) -> None:
    sheet = read_sheet(data)
    assert (sheet.encoding, sheet.people[0].name) == (encoding, "Zoë Müller")
    assert sheet.people[0].wrong == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(separator: str, end: str) -> None:
    rows = [["Name", "E-Mail", "Sprache"], ['"Vale, Jo; Dr."', "jo@example.test", "Deutsch"]]
    text = end.join(separator.join(row) for row in rows)
    sheet = read_sheet(text.encode())
    (person,) = sheet.people
    assert (person.name, person.language, sheet.separator) == (
        "Vale, Jo; Dr.",
        Language.de,
        separator,
    )


def test_quoted_headings_are_read_with_their_own_separator() -> None:
    (person,) = read_sheet(b'"Name";"E-mail"\n"Jo Vale";"jo@example.test"\n').people
    assert (person.name, person.email) == ("Jo Vale", "jo@example.test")


@pytest.mark.parametrize(
    "head",
    ["NAME,EMAIL", "Full name,e_mail", "candidate,E-mail address", "Bewerber:in,Mail-Adresse"],
)
def test_headings_may_be_written_in_many_ways(head: str) -> None:
    (person,) = read_sheet(f"{head}\nJo Vale,jo@example.test\n".encode()).people
    assert (person.name, person.email, person.line) == ("Jo Vale", "jo@example.test", 2)


def test_first_and_last_names_make_one_name_and_the_rest_is_named_as_ignored() -> None:
    text = (
        "Vorname;Nachname;E-Mail;Gehalt;ID;Time zone\nJo;Vale;jo@example.test;1;A-7;europe/berlin"
    )
    sheet = read_sheet(text.encode())
    (person,) = sheet.people
    assert person.name == "Jo Vale"
    assert (person.reference, person.zone) == ("A-7", "Europe/Berlin")
    assert sheet.ignored == ("Gehalt",)


def test_a_first_line_that_only_names_the_separator_is_no_heading() -> None:
    (person,) = read_sheet(b"sep=;\r\nName;E-mail\r\nJo;jo@example.test\r\n").people
    assert (person.name, person.line) == ("Jo", 3)


WRONG = {
    "no address": ("Jo,", Flaw.missing, "E-mail", ""),
    "no name": (",jo@example.test", Flaw.missing, "Name", ""),
    "half an address": ("Jo,jo@example", Flaw.not_an_address, "E-mail", "jo@example"),
    "two addresses": ("Jo,a@x.test;b@x.test", Flaw.not_an_address, "E-mail", "a@x.test;b@x.test"),
    "a mail header": ("Jo,j@x.test>Bcc", Flaw.not_an_address, "E-mail", "j@x.test>Bcc"),
    "a formula": ('"=HYPERLINK(""x"")",j@x.test', Flaw.formula, "Name", '=HYPERLINK("x")'),
    "a call of a program": ("@SUM(A1),j@x.test", Flaw.formula, "Name", "@SUM(A1)"),
    "a long name": (f"{'J' * 201},j@x.test", Flaw.too_long, "Name", "J" * 80),
    "letters lost before": ("J\ufffdrg,j@x.test", Flaw.unreadable_characters, "Name", "J\ufffdrg"),
    "a strange language": ("Jo,j@x.test,tlh", Flaw.unknown_language, "Language", "tlh"),
    "a strange zone": ("Jo,j@x.test,,Mars/Base", Flaw.unknown_zone, "Zone", "Mars/Base"),
    "too many cells": ("Jo,j@x.test,,,,more", Flaw.too_many_cells, "", ""),
}


@pytest.mark.parametrize(("row", "flaw", "heading", "cell"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_says_its_line_its_column_and_what_stands_there(
    row: str, flaw: Flaw, heading: str, cell: str
) -> None:
    text = f"Name,E-mail,Language,Zone,ID\nAnna,anna@x.test,en,UTC,1\n{row}\n"
    good, bad = read_sheet(text.encode()).people
    assert good.wrong == ()
    assert bad.line == 3
    (wrong,) = bad.wrong
    assert (wrong.flaw, wrong.heading, wrong.cell) == (flaw, heading, cell)


def test_everything_that_is_wrong_with_a_row_is_said_at_once() -> None:
    (person,) = read_sheet(b"Name,E-mail,Language\n,nobody,xx\n").people
    assert [each.heading for each in person.wrong] == ["Name", "E-mail", "Language"]


def test_an_address_that_stands_twice_counts_once_and_names_its_first_line() -> None:
    text = HEAD + 'Jo,jo@x.test\n\n"Jo\nagain",JO@x.test\n,jo@x.test\nAnna,anna@x.test\n'
    people = read_sheet(text.encode()).people
    assert [person.line for person in people] == [2, 4, 6, 7]
    (twice,) = people[1].wrong
    assert (twice.flaw, twice.first_line) == (Flaw.double, 2)
    assert [each.flaw for each in people[2].wrong] == [Flaw.missing]
    assert people[3].wrong == ()


def test_a_broken_row_does_not_keep_a_good_one_with_its_address_out() -> None:
    first, second = read_sheet((HEAD + ",jo@x.test\nJo,jo@x.test\n").encode()).people
    assert first.wrong
    assert not second.wrong


REFUSED = {
    "empty": b" \n",
    "spreadsheet_file": b"PK\x03\x04 and the rest of a workbook",
    "no_headings": b"Jo Vale,jo@example.test\n",
    "no_email_column": b"Name,Phone\nJo,1\n",
    "no_name_column": b"E-mail,Phone\njo@example.test,1\n",
    "double_column": b"Name,E-mail,Mail\nJo,a@x.test,b@x.test\n",
    "broken_quotes": b'Name,E-mail\n"Jo,jo@example.test\nAnna,anna@example.test\n',
    "no_rows": HEAD.encode() + b"\n,\n",
    "too_many_rows": HEAD.encode() + b"Jo,jo@example.test\n" * (MAX_ROWS + 1),
    "unknown_encoding": HEAD.encode() + b"J\x81\x8d,jo@example.test\n",
}


@pytest.mark.parametrize(("code", "data"), REFUSED.items())
def test_what_is_no_list_is_refused_as_a_whole_with_its_reason(code: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(data)
    assert refused.value.code == code


def test_an_open_quotation_mark_names_its_line() -> None:
    with pytest.raises(Unreadable, match="line 3"):
        read_sheet((HEAD + 'Jo,jo@x.test\n"Anna,anna@x.test\nTim,tim@x.test\n').encode())


def test_a_list_of_five_hundred_is_read_and_one_above_a_megabyte_is_not() -> None:
    many = HEAD + "".join(f"Person {n},p{n}@x.test\n" for n in range(MAX_ROWS))
    assert len(read_sheet(many.encode()).people) == MAX_ROWS
    with pytest.raises(TooLarge):
        read_sheet(bytes(MAX_LIST + 1))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|'/C calc'!A0", "-2+3+cmd", "@SUM(1)", "'=1+1"])
def test_a_formula_is_known_and_a_number_is_none(cell: str) -> None:
    assert is_formula(cell)
    assert not any(map(is_formula, ("-12", "+49 30 1234", "A-7", "O'Neil", "")))
