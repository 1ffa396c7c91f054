"""Sign-in, sign-out and who is asking."""

from api.access import Public, Routes
from api.callers import StaffDep
from api.context import Ctx
from api.shapes.auth import MeOut, SignInIn, TokenOut
from interloop.security.permissions import Permission

routes = Routes("auth")


@routes.post("/auth/sign-in", Public("how one becomes known"))
async def sign_in(context: Ctx, body: SignInIn) -> TokenOut:
    """Sign in with e-mail and password; the refresh token goes into its own cookie."""
    raise NotImplementedError


@routes.post("/auth/refresh", Public("carries its own cookie"))
async def refresh(
    context: Ctx,
) -> TokenOut:
    """Trade the refresh cookie for a new access token."""
    raise NotImplementedError


@routes.post("/auth/sign-out", Public("carries its own cookie"), status_code=204)
async def sign_out(
    context: Ctx,
) -> None:
    """End this sign-in on this device."""
    raise NotImplementedError


@routes.get("/me", Permission.see_self)
async def me(context: Ctx, staff: StaffDep) -> MeOut:
    """Say who is asking and what they may do."""
    raise NotImplementedError


@routes.post("/auth/cookies", Permission.see_self, status_code=204)
async def set_path_cookies(context: Ctx, staff: StaffDep) -> None:
    """Set the 10-minute cookies for media, events, the codec and Temporal Web."""
    raise NotImplementedError
