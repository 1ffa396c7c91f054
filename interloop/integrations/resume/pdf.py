"""Reads PDF files: words with their boxes, ordered by columns, parted by the ink they leave."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no stubs
from pypdfium2 import raw

from interloop.domain.document import ReadDocument, ReadStatus
from interloop.integrations.resume.columns import Box, page_text
from interloop.integrations.resume.ink import Inks, inks_of, visible_colour
from interloop.integrations.resume.invisible import parted
from interloop.integrations.resume.port import MAX_PAGES

_SMALLEST = 4.0
"""Points. Text below is not read by people; the ink test alone would let it pass."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    tight: tuple[float, float, float, float]
    loose: tuple[float, float, float, float]
    draws: bool
    colour: np.ndarray | None


def read_pdf(data: bytes) -> ReadDocument:
    """Read a PDF of at most `MAX_PAGES` pages."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        return ReadDocument(status=ReadStatus.ENCRYPTED if locked else ReadStatus.CORRUPT)
    if len(document) > MAX_PAGES:
        return ReadDocument(status=ReadStatus.TOO_MANY_PAGES, pages=len(document))
    try:
        pages = [_read_page(page) for page in document]
    except pypdfium2.PdfiumError:
        return ReadDocument(status=ReadStatus.CORRUPT, pages=len(document))
    text, tagged = parted("\n\n".join(page.text for page in pages if page.text))
    hidden = " ".join(part for part in [*(page.hidden for page in pages), tagged] if part)
    if text.strip():
        status = ReadStatus.OK
    elif all(page.is_bare for page in pages) and not hidden:
        status = ReadStatus.EMPTY
    else:
        status = ReadStatus.NO_TEXT
    kept = text if status is ReadStatus.OK else ""
    return ReadDocument(status=status, pages=len(pages), text=kept, hidden_text=hidden)


@dataclass(frozen=True)
class _Page:
    text: str
    hidden: str
    is_bare: bool


def _read_page(page: pypdfium2.PdfPage) -> _Page:
    textpage = page.get_textpage()
    words = list(_words(textpage))  # before rendering: that changes the text's modes
    inks = inks_of(page)
    seen, hidden = [], []
    for word in words:
        if _is_visible(word, inks):
            seen.append(_box(word))
        else:
            hidden.append(_spelling(word))
    return _Page(page_text(seen), parted(" ".join(hidden))[0], inks.is_bare)


def _words(textpage: pypdfium2.PdfTextPage) -> Iterator[list[_Glyph]]:
    """The words of a page in the order of the file, parted at blanks and jumps."""
    word: list[_Glyph] = []
    for index in range(textpage.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(textpage, index))
        blank = char.isspace() or char == "\0"
        glyph = None if blank else _glyph(textpage, index, char)
        if word and (glyph is None or _jumps(word[-1], glyph)):
            yield word
            word = []
        if glyph is not None:
            word.append(glyph)
    if word:
        yield word


def _glyph(textpage: pypdfium2.PdfTextPage, index: int, char: str) -> _Glyph:
    draws, colour = visible_colour(textpage, index)
    tight = textpage.get_charbox(index)
    loose = textpage.get_charbox(index, loose=True)
    shown = "\x02" if char == "\ufffe" else char
    return _Glyph(shown, tight, loose, draws, colour)


def _jumps(before: _Glyph, after: _Glyph) -> bool:
    """Whether two neighbours of the file stand apart on the page."""
    height = max(before.loose[3] - before.loose[1], 1.0)
    apart = after.loose[0] - before.loose[2]
    level = abs(after.loose[1] - before.loose[1])
    return apart > 0.5 * height or apart < -2.0 * height or level > 0.6 * height


def _is_visible(word: list[_Glyph], inks: Inks) -> bool:
    """Half of the glyphs must leave ink: a dot in a light font may not, a white word never does."""
    size = statistics.median(max(g.loose[2] - g.loose[0], g.loose[3] - g.loose[1]) for g in word)
    if size < _SMALLEST:
        return False
    inked = sum(1 for glyph in word if glyph.draws and inks.shows(glyph.tight, glyph.colour))
    return inked * 2 >= len(word)


def _box(word: list[_Glyph]) -> Box:
    return Box(
        _spelling(word),
        min(glyph.loose[0] for glyph in word),
        min(glyph.loose[1] for glyph in word),
        max(glyph.loose[2] for glyph in word),
        max(glyph.loose[3] for glyph in word),
    )


def _spelling(word: list[_Glyph]) -> str:
    """The word's text; characters beyond the basic plane come as two halves."""
    halves = "".join(glyph.char for glyph in word)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
