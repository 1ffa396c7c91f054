"""Reads Word files with `unstructured`, after taking out the runs that Word would not show."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
import spacy
import unstructured.nlp.tokenize
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree  # type: ignore[import-untyped]  # it ships no stubs
from unstructured.documents.elements import Element, Footer, Header, ListItem
from unstructured.partition.docx import partition_docx

from interloop.domain.document import ReadDocument, ReadStatus
from interloop.integrations.resume.invisible import parted
from interloop.integrations.resume.port import MAX_PAGES

_SMALLEST_HALF_POINTS = 8
_WHITE = ("FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC")
_PAPER = ("background1", "light1")
_OFF = ("0", "false", "off")
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    KeyError,
    ValueError,
)


def read_docx(data: bytes) -> ReadDocument:
    """Read a DOCX that passed the archive check. Pages are those Word last laid out."""
    _forbid_downloads()
    try:
        document = docx.Document(io.BytesIO(data))
        hidden = _take_hidden(document)
        cleaned = io.BytesIO()
        document.save(cleaned)
        elements = partition_docx(file=cleaned, languages=["eng"])
    except _BROKEN:
        return ReadDocument(status=ReadStatus.CORRUPT)
    pages = max((element.metadata.page_number or 1 for element in elements), default=1)
    if pages > MAX_PAGES:
        return ReadDocument(status=ReadStatus.TOO_MANY_PAGES, pages=pages)
    text, tagged = parted("\n".join(_line(element) for element in _in_order(elements)))
    hidden_text = parted(" ".join(part for part in [*hidden, tagged] if part))[0]
    if text.strip():
        return ReadDocument(status=ReadStatus.OK, pages=pages, text=text, hidden_text=hidden_text)
    pictures = any(part.partname.startswith("/word/media/") for part in document.part.package.parts)
    status = ReadStatus.NO_TEXT if pictures or hidden_text else ReadStatus.EMPTY
    return ReadDocument(status=status, pages=pages, hidden_text=hidden_text)


def _forbid_downloads() -> None:
    """Give `unstructured` a blank pipeline: its own loader fetches a model over the network."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    unstructured.nlp.tokenize._load_spacy_model = lambda: pipeline  # noqa: SLF001


def _in_order(elements: list[Element]) -> Iterator[Element]:
    """Page headers first and once, then the body, then footers."""
    seen: set[str] = set()
    for kind in (Header, None, Footer):
        for element in elements:
            is_edge = isinstance(element, Header | Footer)
            if kind is None and not is_edge:
                yield element
            elif kind is not None and isinstance(element, kind) and element.text not in seen:
                seen.add(element.text)
                yield element


def _line(element: Element) -> str:
    return f"\u2022 {element.text}" if isinstance(element, ListItem) else element.text


def _take_hidden(document: Document) -> list[str]:
    """Remove what Word does not show or what no reader can see, and return it."""
    taken: list[str] = []
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]  # noqa: SLF001
    styles = {style.style_id: style.element for style in document.styles}
    for part in parts:
        for run in list(part.iter(qn("w:r"))):
            if _is_hidden(run, styles):
                taken.append("".join(node.text or "" for node in run.iter(qn("w:t"))))
                run.getparent().remove(run)
    return [text for text in taken if text.strip()]


def _is_hidden(run: BaseOxmlElement, styles: dict[str, BaseOxmlElement]) -> bool:
    properties = list(_properties(run, styles))
    vanish = _first(properties, "w:vanish")
    if vanish is not None and vanish.get(qn("w:val"), "true") not in _OFF:
        return True
    size = _first(properties, "w:sz")
    if size is not None and float(size.get(qn("w:val"), "22")) < _SMALLEST_HALF_POINTS:
        return True
    colour = _first(properties, "w:color")
    return colour is not None and _is_paper(colour) and not _is_shaded(run)


def _is_paper(colour: BaseOxmlElement) -> bool:
    value = colour.get(qn("w:val"), "").upper()
    return value in _WHITE or colour.get(qn("w:themeColor")) in _PAPER


def _is_shaded(run: BaseOxmlElement) -> bool:
    """Whether the run, its paragraph or a table cell around it has a ground of its own."""
    for element in (run, *run.iterancestors()):
        for shade in element.iterfind(f"./*/{qn('w:shd')}"):
            if shade.get(qn("w:fill"), "auto").upper() not in ("AUTO", *_WHITE):
                return True
    return False


def _properties(
    run: BaseOxmlElement, styles: dict[str, BaseOxmlElement]
) -> Iterator[BaseOxmlElement]:
    """Run properties from the nearest to the farthest: own, character style, paragraph style."""
    own = run.find(qn("w:rPr"))
    if own is not None:
        yield own
        yield from _style_properties(own.find(qn("w:rStyle")), styles)
    paragraph = next(run.iterancestors(qn("w:p")), None)
    if paragraph is not None:
        yield from _style_properties(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"), styles)


def _style_properties(
    reference: BaseOxmlElement | None, styles: dict[str, BaseOxmlElement]
) -> Iterator[BaseOxmlElement]:
    seen: set[str] = set()
    while reference is not None:
        name = reference.get(qn("w:val"), "")
        style = styles.get(name)
        if style is None or name in seen:  # a style may be based on itself in a forged file
            return
        seen.add(name)
        properties = style.find(qn("w:rPr"))
        if properties is not None:
            yield properties
        reference = style.find(qn("w:basedOn"))


def _first(properties: list[BaseOxmlElement], tag: str) -> BaseOxmlElement | None:
    found = (each.find(qn(tag)) for each in properties)
    return next((element for element in found if element is not None), None)
