"""Takes an archive apart, one file at a time, and trusts nothing that it says about itself."""

import stat
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from interloop.domain.base import Value
from interloop.domain.bulk import MAX_FILE, MAX_FILES, Entry, is_litter, problem_of
from interloop.domain.errors import Unreadable

_ENCRYPTED = 0x1
_DOCX_INSIDE = "[Content_Types].xml"


class Unpacked(Value):
    """One file: its bytes, or why it was refused."""

    name: str
    data: bytes = b""
    code: str | None = None


def open_archive(file: IO[bytes]) -> ZipFile:
    """Open an archive of at most `MAX_FILES` files.

    Raises `Unreadable`: `not_a_zip`, `too_many_files`, `no_files`.
    """
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, OSError):
        raise Unreadable("this is not a zip archive", code="not_a_zip") from None
    files = sum(not is_litter(info.filename) for info in archive.infolist())
    if files > MAX_FILES:
        raise Unreadable(f"an archive may hold {MAX_FILES} files", code="too_many_files")
    if files == 0 or _DOCX_INSIDE in archive.namelist():
        raise Unreadable("there are no files in it", code="no_files")
    return archive


def unpacked(archive: ZipFile) -> Iterator[Unpacked]:
    """Yield each file in the archive's order; at most one file is held in memory."""
    for info in archive.infolist():
        if not is_litter(info.filename):
            yield _one(archive, info)


def _one(archive: ZipFile, info: ZipInfo) -> Unpacked:
    # `orig_filename` is what the archive says; zipfile cuts the other at a NUL.
    name = info.orig_filename
    entry = Entry(
        name=name,
        size=info.file_size,
        packed=info.compress_size,
        encrypted=bool(info.flag_bits & _ENCRYPTED),
        is_link=stat.S_ISLNK(info.external_attr >> 16),
    )
    code = problem_of(entry)
    if code is not None:
        return Unpacked(name=name, code=code)
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_FILE + 1)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return Unpacked(name=name, code="corrupt")
    if len(data) > MAX_FILE:
        return Unpacked(name=name, code="zip_bomb")
    return Unpacked(name=name, data=data)
