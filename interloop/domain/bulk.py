"""Many people at once, by resumes or by a list: what is taken, and what became of each."""

import re
from enum import StrEnum
from pathlib import PurePosixPath
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.journey import Policy

MAX_FILES = 500
MAX_ARCHIVE = 200 * 1024 * 1024
MAX_FILE = 10 * 1024 * 1024
MAX_RATIO = 200
"""A document does not shrink to a two-hundredth; what does is made to burst."""

_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".jar"})
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_DRIVE = re.compile(r"^[A-Za-z]:")


class BulkKind(StrEnum):
    """What was handed in: an archive of resumes, or a list of people without any."""

    resumes = "resumes"
    people = "people"


class BulkState(StrEnum):
    """Where an upload stands."""

    reading = "reading"
    done = "done"


class ItemState(StrEnum):
    """What became of one file or row."""

    waiting = "waiting"
    added = "added"
    already_there = "already_there"
    refused = "refused"


class Entry(Value):
    """One entry of an archive, as its directory describes it."""

    name: str
    size: int
    packed: int
    encrypted: bool = False
    is_link: bool = False


class BulkInput(Value):
    """Starts the reading of an upload; asked for again, it goes on with what is left."""

    org_id: UUID
    bulk_id: UUID
    job_id: UUID
    policy: Policy = Policy()


class BulkRef(Value):
    """One upload of one organisation."""

    org_id: UUID
    bulk_id: UUID


class ItemRef(Value):
    """One file or row of an upload."""

    org_id: UUID
    item_id: UUID


class ItemList(Value):
    """Files or rows that wait, at most as many as one run reads."""

    ids: tuple[UUID, ...]


class ItemTaken(Value):
    """The application that a file or row led to; None when it led to none."""

    application_id: UUID | None = None


def is_litter(name: str) -> bool:
    """Tell whether an entry is a folder, or what systems leave in archives unasked."""
    path = PurePosixPath(name)
    return name.endswith("/") or path.parts[:1] == ("__MACOSX",) or path.name.lower() in _LITTER


def problem_of(entry: Entry) -> str | None:
    """Return why an entry is not taken, before a byte of it is unpacked; None when it may be."""
    path = PurePosixPath(entry.name)
    leaves = path.is_absolute() or ".." in path.parts or "\\" in entry.name
    if leaves or "\0" in entry.name or _DRIVE.match(entry.name) or entry.is_link:
        return "bad_path"
    if entry.encrypted:
        return "encrypted"
    if path.suffix.lower() in _ARCHIVES:
        return "nested_archive"
    if entry.size == 0:
        return "empty"
    if entry.size > MAX_RATIO * max(entry.packed, 1):
        return "zip_bomb"
    return "too_large" if entry.size > MAX_FILE else None
