"""Sign-in, sign-out and who is asking."""

import asyncio
from functools import cache

from fastapi import Request, Response
from sqlalchemy import select

from api import session as sessions
from api.access import Public, Routes
from api.callers import StaffDep
from api.context import Context, Ctx
from api.cookies import REFRESH, check_origin, clear_cookies, set_cookie
from api.cookies import set_path_cookies as set_cookies
from api.limits import SIGN_IN_BY_ADDRESS
from api.shapes.auth import MeOut, OrganizationOut, SignInIn, TokenOut
from interloop.db.tables import Organization, User
from interloop.db.trail import Who, audit
from interloop.domain.errors import Unauthenticated
from interloop.domain.ids import new_id
from interloop.security.passwords import Cost, hash_password, password_fits
from interloop.security.permissions import Permission, permissions_of
from interloop.security.sealing import normal_email
from interloop.security.tokens import LIFETIME

routes = Routes("auth")

_AT_ONCE = asyncio.Semaphore(2)
"""Each argon2 run takes 64 MiB: a flood of sign-ins must wait, not fill the memory."""


@routes.post("/auth/sign-in", Public("how one becomes known"))
async def sign_in(context: Ctx, request: Request, response: Response, body: SignInIn) -> TokenOut:
    """Sign in with e-mail and password; the refresh token goes into its own cookie."""
    email = normal_email(body.email)
    await context.limits.hit(SIGN_IN_BY_ADDRESS, "sign-in", client_address(request))
    await context.limits.hit(context.limits.sign_in_by_account, "sign-in", email)
    user = await _find_user(context, email)
    if not await _fits(context, user, body.password) or user is None:
        if user is not None:
            await _note(context, user, "sign_in.failed")
        raise Unauthenticated("e-mail or password do not fit", code="wrong_credentials")
    return await _begin(context, response, user)


@routes.post("/auth/refresh", Public("carries its own cookie"))
async def refresh(context: Ctx, request: Request, response: Response) -> TokenOut:
    """Trade the refresh cookie for a new access token."""
    check_origin(request)
    secret = request.cookies.get(REFRESH[0])
    if secret is None:
        raise Unauthenticated("sign in first", code="no_token")
    access, following = await sessions.rotate(context, secret)
    return _handed(context, response, access, following)


@routes.post("/auth/sign-out", Public("carries its own cookie"), status_code=204)
async def sign_out(context: Ctx, request: Request, response: Response) -> None:
    """End this sign-in on this device."""
    check_origin(request)
    secret = request.cookies.get(REFRESH[0])
    if secret is not None:
        await sessions.end(context, secret)
    clear_cookies(response)


@routes.get("/me", Permission.see_self)
async def me(context: Ctx, staff: StaffDep) -> MeOut:
    """Say who is asking and what they may do."""
    async with context.services.db.read(staff.org_id) as session:
        organization = await session.get_one(Organization, staff.org_id)
    return MeOut(
        id=staff.id,
        name=staff.name,
        email=staff.email,
        role=staff.role,
        organization=OrganizationOut(
            id=organization.id, name=organization.name, stopped_at=organization.stopped_at
        ),
        permissions=permissions_of(staff.role),
        sandbox=context.services.settings.sandbox,
    )


@routes.post("/auth/cookies", Permission.see_self, status_code=204)
async def set_path_cookies(context: Ctx, staff: StaffDep, response: Response) -> None:
    """Set the 10-minute cookies for media, events, the codec and Temporal Web."""
    set_cookies(context, response, staff)


def client_address(request: Request) -> str:
    """Return the address the request came from, for rate limits only."""
    return request.client.host if request.client else "unknown"


async def _find_user(context: Context, email: str) -> User | None:
    async with context.services.db.unscoped("sign-in") as session:
        return (await session.execute(select(User).where(User.email == email))).scalar_one_or_none()


async def _fits(context: Context, user: User | None, password: str) -> bool:
    """Check the password in a thread; an unknown person costs the same time as a known one."""
    cost = context.services.settings.password_cost
    known = user is not None and user.disabled_at is None
    encoded = user.password_hash if known and user is not None else _nobody(cost)
    async with _AT_ONCE:
        fits = await asyncio.to_thread(password_fits, password, encoded, cost)
    return fits and known


@cache
def _nobody(cost: Cost) -> str:
    return hash_password(str(new_id()), cost)


async def _begin(context: Context, response: Response, user: User) -> TokenOut:
    now = context.services.clock.now()
    async with context.services.db.session(user.org_id) as session:
        secret = sessions.add_token(session, user.org_id, user.id, family=new_id(), now=now)
        who = Who(kind="user", id=user.id)
        await audit(session, who, "signed_in", at=now, about=("user", user.id))
    access = sessions.access_token(context, user.org_id, user.id)
    return _handed(context, response, access, secret)


def _handed(context: Context, response: Response, access: str, secret: str) -> TokenOut:
    set_cookie(context, response, REFRESH, secret, int(sessions.LIFETIME.total_seconds()))
    return TokenOut(access_token=access, expires_in=int(LIFETIME.total_seconds()))


async def _note(context: Context, user: User, action: str) -> None:
    now = context.services.clock.now()
    async with context.services.db.session(user.org_id) as session:
        who = Who(kind="user", id=user.id)
        await audit(session, who, action, at=now, about=("user", user.id))
