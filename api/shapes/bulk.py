"""Uploads of many people."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.bulk import BulkKind, BulkState, ItemState
from interloop.domain.lists import ListedPerson


class BulkItemOut(Value):
    """One file or row and what became of it."""

    seq: int
    """In an archive its place, in a list its line."""
    name: str
    state: ItemState
    code: str | None
    row: ListedPerson | None
    """The row of a list while nobody came of it, with what is wrong."""
    application_id: UUID | None
    candidate: str | None
    needs_email: bool
    """Added, but the resume has no address: type one."""


class BulkUploadOut(Value):
    """One archive or list, and all that is in it."""

    id: UUID
    kind: BulkKind
    state: BulkState
    started_by: UserRef
    started_at: datetime
    total: int
    read: int
    items: tuple[BulkItemOut, ...]
