"""Writes small PDF files with real text, so that a demo or a test needs no document of anybody."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842  # A4 in points
MARGIN = 56
_LEADING = 1.45
_COLUMNS_AT_11_PT = 84  # Helvetica averages half an em a character


@dataclass(frozen=True)
class Line:
    """One line of text: where its baseline starts in points from the lower left corner."""

    text: str
    x: float = MARGIN
    y: float = PAGE_HEIGHT - MARGIN
    size: float = 11
    bold: bool = False
    colour: tuple[float, float, float] = (0, 0, 0)
    render_mode: int = 0
    """0 fills the glyphs, 3 draws nothing (PDF 1.7, table 106)."""

    def operators(self) -> bytes:
        """The content stream operators that show this line."""
        literal = self.text.encode("cp1252", errors="replace")
        for special in (b"\\", b"(", b")"):
            literal = literal.replace(special, b"\\" + special)
        red, green, blue = self.colour
        font = "F2" if self.bold else "F1"
        opening = (
            f"BT /{font} {self.size} Tf {red} {green} {blue} rg {self.render_mode} Tr "
            f"1 0 0 1 {self.x} {self.y} Tm ("
        )
        return opening.encode() + literal + b") Tj ET\n"


def make_pdf(text: str) -> bytes:
    """A PDF that shows `text`: the first line large, lines in capitals bold, long lines wrapped.

    Characters outside Windows-1252 become question marks: the standard fonts lack them.
    """
    pages: list[list[Line]] = [[]]
    baseline = float(PAGE_HEIGHT - MARGIN)
    for number, paragraph in enumerate(text.splitlines()):
        size = 18.0 if number == 0 else 11.0
        heading = number == 0 or (paragraph.isupper() and len(paragraph) < 40)
        for row in textwrap.wrap(paragraph, int(_COLUMNS_AT_11_PT * 11 / size)) or [""]:
            if baseline < MARGIN:
                pages.append([])
                baseline = float(PAGE_HEIGHT - MARGIN)
            pages[-1].append(Line(row, y=baseline, size=size, bold=heading))
            baseline -= size * _LEADING
    return draw_pdf(pages)


def draw_pdf(
    pages: Sequence[Sequence[Line]], *, underlay: bytes = b"", overlay: bytes = b""
) -> bytes:
    """A PDF with exactly these lines, between raw operators drawn below and above them."""
    fonts = [_font("Helvetica"), _font("Helvetica-Bold")]
    page_numbers = [5 + 2 * index for index in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % number for number in page_numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % len(pages),
        *fonts,
    ]
    for number, lines in zip(page_numbers, pages, strict=True):
        content = underlay + b"".join(line.operators() for line in lines) + overlay
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (PAGE_WIDTH, PAGE_HEIGHT, number + 1)
        )
        objects.append(stream(content))
    return assemble(objects)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF stream object of `content`, with further dictionary entries."""
    return b"<</Length %d" % len(content) + entries + b">>stream\n" + content + b"\nendstream"


def assemble(objects: Sequence[bytes], trailer_entries: bytes = b"") -> bytes:
    """A complete file of these objects, numbered from 1; the first is the catalog."""
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size %d/Root 1 0 R" % (len(objects) + 1) + trailer_entries + b">>\n"
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _font(name: str) -> bytes:
    return b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/" + name.encode() + b">>"
