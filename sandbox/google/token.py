"""`POST /token`: RFC 6749 and RFC 7523 as Google's endpoint speaks them."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sandbox.google.access import Access
from sandbox.google.answers import NoToken

_ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LIFE_S = 3599


def token_routes(access: Access) -> APIRouter:
    """The one endpoint."""
    router = APIRouter()

    @router.post("/token")
    async def token(request: Request) -> Response:
        """A bearer token for an assertion or a refresh token."""
        form = {key: str(value) for key, value in (await request.form()).items()}
        try:
            given = _token(access, form)
        except NoToken as refused:
            return refused.answer()
        return JSONResponse(
            {"access_token": given, "expires_in": _LIFE_S, "token_type": "Bearer"},
            headers={"Cache-Control": "no-store"},
        )

    return router


def _token(access: Access, form: dict[str, str]) -> str:
    kind = form.get("grant_type")
    if kind == _ASSERTION:
        return access.by_assertion(form.get("assertion", ""))
    if kind == "refresh_token":
        return access.by_grant(form)
    raise NoToken("unsupported_grant_type", f"Invalid grant_type: {kind}")
