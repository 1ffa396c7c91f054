"""Checks the audit chain, and signs checkpoints of it that are kept outside the database.

A chain alone cannot tell that its end was cut off or that all of it was written anew by somebody
who owns the database; a signed (sequence, hash) in another place can. Ed25519 (RFC 8032).
"""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interloop.db.keystore import KeyStore
from interloop.db.scope import Database
from interloop.db.signing import signing_keys
from interloop.db.tables import AuditEntry, Organization, TrailHead
from interloop.db.trail import entry_hash
from interloop.domain.base import Value
from interloop.domain.clock import Clock

CHECKPOINTS = "audit-checkpoints.jsonl"
"""Name of the checkpoint file in the state folder."""

_BATCH = 1000


class Checkpoint(Value):
    """One line of the checkpoint file: this entry had this hash (hex) at this instant."""

    org: UUID
    seq: int
    hash: str
    at: str
    kid: str
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """Return what the signature is made over."""
        body = self.model_dump(mode="json", exclude={"signature"})
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


class Verification(Value):
    """Whether one organisation's chain holds; `first_bad_seq` is where it first does not."""

    org_id: UUID
    entries: int
    checkpoints: int
    first_bad_seq: int | None = None
    reason: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.first_bad_seq is None


@dataclass(frozen=True)
class Auditor:
    """Verifies and signs; `path` is the checkpoint file, one line a checkpoint, append-only."""

    db: Database
    keys: KeyStore
    clock: Clock
    path: Path

    async def organizations(self) -> list[UUID]:
        """Return every organisation of the installation."""
        async with self.db.look_up("set-up") as session:
            statement = select(Organization.id).order_by(Organization.id)
            return list((await session.execute(statement)).scalars())

    async def verify(self, org_id: UUID) -> Verification:
        """Recompute the chain and compare it with its head and with every checkpoint."""
        private = await signing_keys(self.db, self.keys, self.clock, "audit")
        lines = await asyncio.to_thread(self._read)
        mine = [line for line in lines if line.org == org_id]
        async with self.db.read(org_id) as session:
            hashes, bad = await _walk(session)
            head = await session.scalar(select(TrailHead).where(TrailHead.org_id == org_id))
        wrong = bad or _against_head(hashes, head) or _against_checkpoints(hashes, mine, private)
        return Verification(
            org_id=org_id,
            entries=len(hashes),
            checkpoints=len(mine),
            first_bad_seq=wrong[0] if wrong else None,
            reason=wrong[1] if wrong else None,
        )

    async def checkpoint(self) -> int:
        """Sign the head of every chain that has grown; return how many were written."""
        private = await signing_keys(self.db, self.keys, self.clock, "audit")
        kid, key = list(private.items())[-1]
        lines = await asyncio.to_thread(self._read)
        known = {line.org: line.seq for line in lines}
        fresh = []
        for org_id in await self.organizations():
            async with self.db.read(org_id) as session:
                head = await session.scalar(select(TrailHead).where(TrailHead.org_id == org_id))
            if head is not None and head.audit_seq > known.get(org_id, 0):
                fresh.append(self._signed(org_id, head, kid=kid, key=key))
        await asyncio.to_thread(self._append, fresh)
        return len(fresh)

    def _signed(
        self, org_id: UUID, head: TrailHead, *, kid: str, key: Ed25519PrivateKey
    ) -> Checkpoint:
        line = Checkpoint(
            org=org_id,
            seq=head.audit_seq,
            hash=head.audit_hash.hex(),
            at=self.clock.now().isoformat(),
            kid=kid,
        )
        return line.model_copy(update={"signature": key.sign(line.signed_bytes()).hex()})

    def _read(self) -> list[Checkpoint]:
        if not self.path.exists():
            return []
        lines = self.path.read_text("utf-8").splitlines()
        return [_parsed(line, number) for number, line in enumerate(lines) if line.strip()]

    def _append(self, lines: Sequence[Checkpoint]) -> None:
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            # A crash may have left half a line; it must not swallow the next one.
            file.write("\n")
            file.writelines(line.model_dump_json() + "\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())


_Wrong = tuple[int, str] | None


async def _walk(session: AsyncSession) -> tuple[dict[int, bytes], _Wrong]:
    """Recompute every link; return the hashes by number, up to the first wrong one."""
    hashes: dict[int, bytes] = {}
    last = bytes(32)
    while True:
        statement = (
            select(AuditEntry)
            .where(AuditEntry.seq > len(hashes))
            .order_by(AuditEntry.seq)
            .limit(_BATCH)
        )
        entries = (await session.execute(statement)).scalars().all()
        for entry in entries:
            expected = len(hashes) + 1
            if entry.seq != expected:
                return hashes, (expected, "entry_missing")
            if entry.prev_hash != last or entry.hash != entry_hash(entry):
                return hashes, (expected, "entry_altered")
            hashes[expected] = last = entry.hash
        if len(entries) < _BATCH:
            return hashes, None
        session.expunge_all()


def _against_head(hashes: dict[int, bytes], head: TrailHead | None) -> _Wrong:
    """Compare with the numbers that writers go on from."""
    seq = head.audit_seq if head is not None else 0
    if seq > len(hashes):
        return len(hashes) + 1, "end_cut_off"
    if head is not None and seq and hashes[seq] != head.audit_hash:
        return seq, "head_altered"
    return (seq + 1, "entry_added") if len(hashes) > seq else None


def _against_checkpoints(
    hashes: dict[int, bytes], lines: Sequence[Checkpoint], keys: dict[str, Ed25519PrivateKey]
) -> _Wrong:
    """Compare with what was signed before."""
    for line in lines:
        if not _is_signed(line, keys):
            return line.seq, "checkpoint_forged"
        if line.seq > len(hashes):
            return len(hashes) + 1, "end_cut_off"
        if hashes[line.seq].hex() != line.hash:
            return line.seq, "rewritten"
    return None


def _is_signed(line: Checkpoint, keys: dict[str, Ed25519PrivateKey]) -> bool:
    try:
        public = keys[line.kid].public_key()
        public.verify(bytes.fromhex(line.signature), line.signed_bytes())
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


def _parsed(line: str, number: int) -> Checkpoint:
    """Read a line; one that cannot be read (cut off by a crash) vouches for nobody."""
    try:
        return Checkpoint.model_validate_json(line)
    except ValidationError:
        return Checkpoint(org=UUID(int=0), seq=number, hash="", at="", kid="")
