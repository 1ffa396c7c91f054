"""The order in which the words of a page are read."""

from interloop.integrations.resume.columns import Box, page_text


def line(text: str, *, left: float, row: int) -> Box:
    """One word or phrase of ten points on a row, counted from the top."""
    top = 800 - 15 * row
    return Box(text, left, top - 10, left + 5 * len(text), top)


def test_an_empty_page_has_no_text() -> None:
    assert page_text([]) == ""


def test_words_are_read_by_row_then_from_the_left_whatever_their_order_in_the_file() -> None:
    words = [
        line("here", left=90, row=1),
        line("word", left=50, row=0),
        line("and", left=50, row=1),
    ]
    assert page_text(words) == "word\nand\there"


def test_dates_at_the_margin_stay_beside_their_entries() -> None:
    entries = [line(f"Engineer at firm {row}", left=50, row=row) for row in range(6)]
    dates = [line(f"{2010 + row} to {2011 + row}", left=400, row=row) for row in range(6)]
    assert page_text([*dates, *entries]).splitlines()[0] == "Engineer at firm 0\t2010 to 2011"


def test_what_stands_below_two_columns_is_read_after_both() -> None:
    rows = range(1, 7)
    heading = line("A heading that goes across everything that is here", left=50, row=0)
    left = [line(f"left {'abcdefg'[row]}", left=50, row=row) for row in rows]
    right = [line(f"right {'abcdefg'[row]}", left=200, row=row) for row in rows]
    footer = line("A last line that goes across everything that is here", left=50, row=8)
    text = page_text([footer, *right, *left, heading])
    blocks = text.split("\n\n")
    assert blocks[0] == heading.text
    assert blocks[1].startswith("left b")
    assert blocks[2].startswith("right b")
    assert blocks[3] == footer.text


def test_a_word_parted_at_the_end_of_a_line_is_one_word_again() -> None:
    assert page_text([line("proto\x02", left=50, row=0), line("col", left=50, row=1)]) == "protocol"
    assert page_text([line("well\x02known", left=50, row=0)]) == "well-known"


def test_a_page_with_thousands_of_pieces_is_read_in_rows() -> None:
    pieces = [line("x", left=20 * column, row=row) for row in range(60) for column in range(30)]
    assert len(page_text(pieces).splitlines()) == 60
