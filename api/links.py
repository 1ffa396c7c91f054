"""Candidate links and the sessions they turn into: one redemption, one cookie on one device."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.callers import CandidateCaller
from api.context import Context
from api.session import digest
from interloop.db.tables import Application, CandidateLink, CandidateSession
from interloop.db.trail import Who, audit
from interloop.domain.errors import Gone, NotFound, Unauthenticated
from interloop.domain.ids import new_id
from interloop.security.links import link_hash, link_url, new_link_token
from interloop.security.tokens import Claims, TokenKind

LIFETIME = timedelta(days=30)
"""How long a device may come back: for the interview, and afterwards for one's own words."""


FOR_ANOTHER_DEVICE = timedelta(hours=1)
"""How long a link lives that a candidate makes to go on elsewhere."""


async def make_link(context: Context, candidate: CandidateCaller) -> tuple[str, datetime]:
    """Return (address, end) of a fresh link to the candidate's own pages; it works once.

    An earlier one that nobody used stops working. Devices that are signed in stay so: in the room
    the newest page has the interview.
    """
    now = context.services.clock.now()
    token = new_link_token()
    async with context.services.db.session(candidate.org_id) as session:
        await session.execute(
            update(CandidateLink)
            .where(
                CandidateLink.application_id == candidate.application_id,
                CandidateLink.used_at.is_(None),
                CandidateLink.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        link = CandidateLink(
            id=new_id(),
            org_id=candidate.org_id,
            application_id=candidate.application_id,
            token_hash=link_hash(token),
            expires_at=now + FOR_ANOTHER_DEVICE,
            created_at=now,
        )
        session.add(link)
        about = ("application", candidate.application_id)
        await audit(session, candidate.who, "link.made", at=now, about=about)
    return link_url(context.services.settings.app_url, token), link.expires_at


def candidate_token(context: Context, org_id: UUID, application_id: UUID) -> str:
    """Return a new bearer token of a candidate."""
    claims = Claims(kind=TokenKind.candidate, subject=application_id, org_id=org_id)
    return context.signer.issue(claims, now=context.services.clock.now())


async def redeem(context: Context, token: str) -> tuple[str, str]:
    """Trade a link for (bearer token, session secret), once.

    Raises `NotFound` for a link that never was, `Gone` for one that is used, expired or replaced.
    """
    now = context.services.clock.now()
    async with context.services.db.look_up("link") as session:
        statement = select(CandidateLink).where(CandidateLink.token_hash == link_hash(token))
        link = (await session.execute(statement)).scalar_one_or_none()
    if link is None:
        raise NotFound("this link opens nothing", code="link_unknown")
    async with context.services.db.session(link.org_id) as session:
        if not await _use(session, link, now=now):
            raise Gone("this link opens nothing any more", code=_why(link, now))
        secret = secrets.token_urlsafe(32)
        session.add(
            CandidateSession(
                id=new_id(),
                org_id=link.org_id,
                application_id=link.application_id,
                token_hash=digest(secret),
                expires_at=now + LIFETIME,
                created_at=now,
            )
        )
        application = await session.get_one(Application, link.application_id)
        who = Who(kind="candidate", id=application.candidate_id)
        about = ("application", application.id)
        await audit(session, who, "link.redeemed", at=now, about=about)
    return candidate_token(context, link.org_id, link.application_id), secret


async def renew(context: Context, secret: str) -> str:
    """Trade a session secret for a bearer token; `Unauthenticated` once it is over."""
    now = context.services.clock.now()
    async with context.services.db.look_up("candidate-session") as session:
        statement = select(CandidateSession).where(CandidateSession.token_hash == digest(secret))
        row = (await session.execute(statement)).scalar_one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        raise Unauthenticated("open the link in your mail again", code="session_over")
    return candidate_token(context, row.org_id, row.application_id)


async def _use(session: AsyncSession, link: CandidateLink, *, now: datetime) -> bool:
    """Mark the link as used in one statement; of two at once exactly one wins."""
    statement = (
        update(CandidateLink)
        .where(
            CandidateLink.id == link.id,
            CandidateLink.used_at.is_(None),
            CandidateLink.revoked_at.is_(None),
            CandidateLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(CandidateLink.id)
    )
    return await session.scalar(statement) is not None


def _why(link: CandidateLink, now: datetime) -> str:
    if link.revoked_at is not None:
        return "link_replaced"
    return "link_expired" if link.expires_at <= now else "link_used"
