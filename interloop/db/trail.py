"""Appends to the audit chain and to the changes feed, in the change's own transaction.

A chain per organisation: hash = SHA-256(previous hash | canonical JSON of the entry). Entries hold
ids and codes only, so that erasing a person breaks no link.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.outgoing import tell
from interloop.db.tables import AuditEntry, Change, TrailHead
from interloop.domain.base import Value


class Who(Value):
    """The hand behind an entry: a user, a candidate, or the system."""

    kind: str
    id: UUID | None = None


SYSTEM = Who(kind="system")

_HEAD = "trail_head"
"""Where a session keeps the head it has locked: a session is one transaction (`db/scope.py`)."""


async def _head(session: AsyncSession, org_id: UUID, at: datetime) -> TrailHead:
    """Return the organisation's head, locked until the transaction ends; looked up once in it."""
    kept: TrailHead | None = session.info.get(_HEAD)
    if kept is not None:
        return kept
    statement = select(TrailHead).where(TrailHead.org_id == org_id).with_for_update()
    with session.no_autoflush:
        head = (await session.execute(statement)).scalar_one_or_none()
    if head is None:
        head = TrailHead(
            org_id=org_id, audit_seq=0, audit_hash=bytes(32), change_seq=0, updated_at=at
        )
        session.add(head)
        await session.flush()
    session.info[_HEAD] = head
    return head


async def audit(  # noqa: PLR0913 - who, what, about what, when
    session: AsyncSession,
    who: Who,
    action: str,
    *,
    at: datetime,
    about: tuple[str, UUID | None],
    details: dict[str, str] | None = None,
) -> None:
    """Append one entry: `action` by `who` about `(noun, id)`; details hold ids and codes only.

    Other systems that want to know of it are told by webhook once the transaction is committed.
    """
    org_id: UUID = session.info["org_id"]
    head = await _head(session, org_id, at)
    entry = AuditEntry(
        org_id=org_id,
        created_at=at,
        seq=head.audit_seq + 1,
        actor_kind=who.kind,
        actor_id=who.id,
        action=action,
        noun=about[0],
        noun_id=about[1],
        details=details or {},
        prev_hash=head.audit_hash,
    )
    entry.hash = entry_hash(entry)
    head.audit_seq, head.audit_hash, head.updated_at = entry.seq, entry.hash, at
    session.add(entry)
    await tell(session, entry)


def entry_hash(entry: AuditEntry) -> bytes:
    """Return the hash that links this entry to the one before it."""
    body = {
        "org": str(entry.org_id),
        "seq": entry.seq,
        "at": entry.created_at.isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, str(entry.actor_id) if entry.actor_id else None],
        "action": entry.action,
        "about": [entry.noun, str(entry.noun_id) if entry.noun_id else None],
        "details": entry.details,
    }
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(entry.prev_hash + canonical.encode()).digest()


async def changed(
    session: AsyncSession, noun: str, noun_id: UUID, *, at: datetime, job_id: UUID | None = None
) -> None:
    """Append one line to the feed: whoever shows this noun should look again."""
    org_id: UUID = session.info["org_id"]
    head = await _head(session, org_id, at)
    head.change_seq += 1
    session.add(
        Change(
            org_id=org_id,
            created_at=at,
            seq=head.change_seq,
            noun=noun,
            noun_id=noun_id,
            job_id=job_id,
        )
    )
