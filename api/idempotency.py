"""Requests that are done once however often they are sent (draft-ietf-httpapi-idempotency-key).

A request first takes a lease; its answer is stored in the transaction that does the work. A
refusal frees the key, for nothing was done; a process that dies leaves a lease that runs out.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Header
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.keys import KeyCaller
from interloop.db.tables import IdempotentRequest
from interloop.domain.errors import Conflict, Unreadable
from interloop.domain.ids import new_id
from interloop.services import Services

HEADER = "Idempotency-Key"
IdempotencyKey = Annotated[
    str, Header(alias=HEADER, min_length=1, max_length=255, pattern=r"^[!-~]+$")
]

KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=2)
"""Longer than the reading of any document takes."""


class InFlight(Conflict):
    """The first sending is still at work; ask again in a moment."""

    retry_s = 1

    def __init__(self) -> None:
        super().__init__("this request is being worked on", code="idempotency_in_flight")


@dataclass(frozen=True)
class Stored:
    """The answer that was given before."""

    status: int
    answer: str


@dataclass(frozen=True)
class Lease:
    """The right to do the work of one request."""

    row_id: UUID
    lease: UUID

    async def finish(self, session: AsyncSession, status: int, answer: str) -> None:
        """Store the answer beside the work; `Conflict` when another process took the work over."""
        done = await session.scalar(
            update(IdempotentRequest)
            .where(IdempotentRequest.id == self.row_id, IdempotentRequest.lease == self.lease)
            .values(status=status, answer=answer)
            .returning(IdempotentRequest.id)
        )
        if done is None:
            raise InFlight


async def begin(
    services: Services, caller: KeyCaller, key: str, fingerprint: bytes
) -> Lease | Stored:
    """Take the request on, or return the answer it had.

    Raises `Unreadable` when the key came with another request, `InFlight` while that is worked on.
    """
    now = services.clock.now()
    try:
        async with services.db.session(caller.org_id) as session:
            return await _begin(session, caller, key, fingerprint=fingerprint, now=now)
    except IntegrityError:
        # The same request was a moment faster; its row stands now.
        async with services.db.session(caller.org_id) as session:
            return await _begin(session, caller, key, fingerprint=fingerprint, now=now)


async def _begin(
    session: AsyncSession, caller: KeyCaller, key: str, *, fingerprint: bytes, now: datetime
) -> Lease | Stored:
    mine = IdempotentRequest.api_key_id == caller.id
    await session.execute(
        delete(IdempotentRequest).where(mine, IdempotentRequest.expires_at <= now)
    )
    statement = select(IdempotentRequest).where(mine, IdempotentRequest.key == key)
    row = (await session.execute(statement.with_for_update())).scalar_one_or_none()
    if row is None:
        row = _row(caller, key, fingerprint, now=now)
        session.add(row)
        return Lease(row.id, row.lease)
    if row.fingerprint != fingerprint:
        raise Unreadable("this key came with another request", code="idempotency_mismatch")
    if row.status is not None and row.answer is not None:
        return Stored(row.status, row.answer)
    if row.leased_until > now:
        raise InFlight
    row.lease, row.leased_until = new_id(), now + LEASE
    return Lease(row.id, row.lease)


def _row(caller: KeyCaller, key: str, fingerprint: bytes, *, now: datetime) -> IdempotentRequest:
    return IdempotentRequest(
        id=new_id(),
        org_id=caller.org_id,
        created_at=now,
        api_key_id=caller.id,
        key=key,
        fingerprint=fingerprint,
        lease=new_id(),
        leased_until=now + LEASE,
        expires_at=now + KEPT,
    )


@asynccontextmanager
async def freed_when_refused(
    services: Services, caller: KeyCaller, lease: Lease
) -> AsyncIterator[None]:
    """Give the key free when the work inside raises: nothing was done, so it may be sent again."""
    try:
        yield
    except BaseException:
        async with services.db.session(caller.org_id) as session:
            await session.execute(
                delete(IdempotentRequest).where(
                    IdempotentRequest.id == lease.row_id,
                    IdempotentRequest.lease == lease.lease,
                    IdempotentRequest.answer.is_(None),
                )
            )
        raise
