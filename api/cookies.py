"""Cookies: HttpOnly, same-site strict, each for one path; and who may send them."""

from urllib.parse import urlsplit

from fastapi import Request, Response

from api.callers import COOKIE_PATHS, Staff, cookie_name
from api.context import Context
from interloop.domain.errors import Forbidden
from interloop.security.tokens import LIFETIME, Claims

REFRESH = ("interloop_refresh", "/api/auth")
CANDIDATE = ("interloop_candidate", "/api/candidate")


def set_cookie(
    context: Context, response: Response, cookie: tuple[str, str], value: str, seconds: int
) -> None:
    """Set a cookie (name, path) that no script can read."""
    name, path = cookie
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="strict",
        secure=context.services.settings.app_url.startswith("https:"),
    )


def set_path_cookies(context: Context, response: Response, staff: Staff) -> None:
    """Set one short-lived cookie for each path that a bearer token cannot reach."""
    now = context.services.clock.now()
    for kind, path in COOKIE_PATHS.items():
        claims = Claims(kind=kind, subject=staff.id, org_id=staff.org_id)
        token = context.signer.issue(claims, now=now)
        seconds = int(LIFETIME.total_seconds())
        set_cookie(context, response, (cookie_name(kind), path), token, seconds)


def clear_cookies(response: Response) -> None:
    """Take every cookie of staff away."""
    response.delete_cookie(REFRESH[0], path=REFRESH[1])
    for kind, path in COOKIE_PATHS.items():
        response.delete_cookie(cookie_name(kind), path=path)


def check_origin(request: Request) -> None:
    """Raise `Forbidden` when a browser says that another site sends this request.

    Programs send neither header and carry the cookie only if they hold it.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    same_host = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if site not in {"same-origin", "none"} or not same_host:
        raise Forbidden("this request came from another site", code="foreign_origin")
