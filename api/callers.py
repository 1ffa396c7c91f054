"""Who is asking: a member of staff by bearer token (or path cookie), or a candidate by theirs."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from api.context import Context, Ctx
from interloop.db.tables import Application, User
from interloop.db.trail import Who
from interloop.domain.base import Value
from interloop.domain.errors import Unauthenticated
from interloop.domain.roles import Role
from interloop.security.tokens import Claims, TokenKind

COOKIE_PATHS: dict[TokenKind, str] = {
    TokenKind.media: "/api/media",
    TokenKind.events: "/api/events",
    TokenKind.codec: "/codec",
    TokenKind.temporal: "/temporal",
}


class Staff(Value):
    """A signed-in member of staff, as the database knows them now."""

    id: UUID
    org_id: UUID
    role: Role
    name: str
    email: str

    @property
    def who(self) -> Who:
        """Return the hand for the audit trail."""
        return Who(kind="user", id=self.id)


class CandidateCaller(Value):
    """A candidate, by the application their link was for."""

    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    org_id: UUID

    @property
    def who(self) -> Who:
        """Return the hand for the audit trail."""
        return Who(kind="candidate", id=self.candidate_id)


def bearer(request: Request) -> str | None:
    """Return the token of the `Authorization` header, if there is one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def claims_of(request: Request, context: Context, kind: TokenKind) -> Claims:
    """Read the bearer token of this kind; `Unauthenticated` when there is none."""
    token = bearer(request)
    if token is None:
        raise Unauthenticated("sign in first", code="no_token")
    return context.signer.read(token, kind, now=context.services.clock.now())


async def staff_of(request: Request, context: Context, cookie: TokenKind | None = None) -> Staff:
    """Return the member of staff; where `cookie` is named, its path cookie counts as well."""
    now = context.services.clock.now()
    if bearer(request) is None and cookie is not None:
        token = request.cookies.get(cookie_name(cookie))
        if token is None:
            raise Unauthenticated("sign in first", code="no_token")
        claims = context.signer.read(token, cookie, now=now)
    else:
        claims = claims_of(request, context, TokenKind.access)
    async with context.services.db.read(claims.org_id) as session:
        user = await session.get(User, claims.subject)
    if user is None or user.org_id != claims.org_id or user.disabled_at is not None:
        raise Unauthenticated("this account is closed", code="account_closed")
    return Staff(id=user.id, org_id=user.org_id, role=user.role, name=user.name, email=user.email)


def cookie_name(kind: TokenKind) -> str:
    """Return the name of the cookie of this kind."""
    return f"interloop_{kind}"


async def candidate_of(request: Request, context: Ctx) -> CandidateCaller:
    """Return the candidate who is asking."""
    claims = claims_of(request, context, TokenKind.candidate)
    async with context.services.db.read(claims.org_id) as session:
        application = await session.get(Application, claims.subject)
    if application is None or application.org_id != claims.org_id:
        raise Unauthenticated("this session is over", code="account_closed")
    return CandidateCaller(
        application_id=application.id,
        candidate_id=application.candidate_id,
        job_id=application.job_id,
        org_id=application.org_id,
    )


def kept_staff(request: Request) -> Staff:
    """Return who passed the wall of this route."""
    staff: Staff = request.state.staff
    return staff


def kept_candidate(request: Request) -> CandidateCaller:
    """Return the candidate who passed the wall of this route."""
    caller: CandidateCaller = request.state.candidate
    return caller


StaffDep = Annotated[Staff, Depends(kept_staff)]
CandidateDep = Annotated[CandidateCaller, Depends(kept_candidate)]
