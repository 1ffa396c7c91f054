"""Redeems the one-time ticket that opens a room."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from interloop.db.tables import Ticket
from interloop.domain.errors import Gone
from interloop.services import Services


@dataclass(frozen=True)
class Pass:
    """What a redeemed ticket opens."""

    org_id: UUID
    interview_id: UUID
    epoch: int


async def redeem(services: Services, ticket: str) -> Pass:
    """Use up a ticket; `Gone` when there is no such one, or it was used, or is too old."""
    token_hash = hashlib.sha256(ticket.encode()).digest()
    now = services.clock.now()
    async with services.db.unscoped("ticket") as session:
        used = await session.execute(
            update(Ticket)
            .where(
                Ticket.token_hash == token_hash,
                Ticket.used_at.is_(None),
                Ticket.expires_at > now,
            )
            .values(used_at=now)
            .execution_options(synchronize_session=False)
            .returning(Ticket.id)
        )
        if used.scalar_one_or_none() is None:
            raise Gone("ticket opens nothing", code="bad_ticket")
        row = (await session.scalars(select(Ticket).where(Ticket.token_hash == token_hash))).one()
        return Pass(org_id=row.org_id, interview_id=row.interview_id, epoch=row.epoch)
