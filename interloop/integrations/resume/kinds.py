"""Tells from the content, not from the name, what kind of file was uploaded."""

import io
import unicodedata
import zipfile
from enum import Enum, auto

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_XML_BYTES = 8 * 1024 * 1024
"""Word XML grows to a hundred times its size as objects: 8 MiB is what 2 GB of memory bear."""

MAX_ENTRIES = 2000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"{\\rtf", b"<svg")


class Kind(Enum):
    """What a file turned out to be."""

    PDF = auto()
    DOCX = auto()
    TEXT = auto()
    ENCRYPTED = auto()
    BOMB = auto()
    BROKEN = auto()
    OTHER = auto()


def kind_of(data: bytes) -> Kind:
    """The kind of non-empty `data`, by its magic bytes; archives are judged before unpacking."""
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK"):
        return _archive_kind(data)
    if data.startswith(_OLE):
        return Kind.ENCRYPTED if _ENCRYPTED_OFFICE in data else Kind.OTHER
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_MARKUP):
        return Kind.OTHER
    return Kind.TEXT if decoded(data) is not None else Kind.OTHER


def decoded(data: bytes) -> str | None:
    """`data` as text in UTF-8, UTF-16 with a mark, or Windows-1252; None when it is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _reads_like_text(text) else None
    return None


def _reads_like_text(text: str) -> bool:
    strange = sum(1 for c in text if unicodedata.category(c) == "Cc" and c not in "\t\r\n\f")
    return "\0" not in text and strange <= len(text) * 0.01


def _archive_kind(data: bytes) -> Kind:
    """DOCX, or why not: a reader that inflates a bomb first finds out too late."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return Kind.BROKEN
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
        return Kind.BOMB
    if any(e.filename.endswith((".xml", ".rels")) and e.file_size > MAX_XML_BYTES for e in entries):
        return Kind.BOMB
    return Kind.DOCX if any(e.filename == "word/document.xml" for e in entries) else Kind.OTHER
