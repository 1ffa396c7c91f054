"""The audit chain as auditors see it."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import UserRef
from interloop.domain.base import Value


class AuditEntryOut(Value):
    """One link of the chain: ids and codes only."""

    seq: int
    at: datetime
    actor_kind: str
    actor: UserRef | None
    action: str
    noun: str
    noun_id: UUID | None
    details: dict[str, str]
    hash: str


class AuditPage(Value):
    """Newest first; ask again with `before=next` until it is null."""

    entries: tuple[AuditEntryOut, ...]
    next: int | None


class VerificationOut(Value):
    """Whether the chain and its signed checkpoints hold."""

    ok: bool
    entries: int
    checkpoints: int
    first_bad_seq: int | None
    reason: str | None
