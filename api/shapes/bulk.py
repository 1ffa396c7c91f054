"""Uploads of many resumes."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import UserRef
from interloop.domain.base import Value
from interloop.domain.bulk import BulkState, ItemState


class BulkItemOut(Value):
    """One file and what became of it."""

    seq: int
    name: str
    state: ItemState
    code: str | None
    application_id: UUID | None
    candidate: str | None
    needs_email: bool
    """Added, but the resume has no address: type one."""


class BulkUploadOut(Value):
    """One archive and all its files."""

    id: UUID
    state: BulkState
    started_by: UserRef
    started_at: datetime
    total: int
    read: int
    items: tuple[BulkItemOut, ...]
