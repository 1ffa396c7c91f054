"""Temporal Web behind our own door: seen by those who may watch, steered by admins only."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.background import BackgroundTask

from api.access import Routes
from api.context import Context, Ctx
from api.cookies import check_origin
from api.wording import POLICY, Theme, worded
from interloop.domain.errors import Unavailable
from interloop.security.permissions import Permission
from interloop.security.tokens import TokenKind

routes = Routes("temporal", prefix="/temporal", cookie=TokenKind.temporal)

_OURS = "interloop_"
_NOT_SENT = frozenset({"host", "authorization", "cookie", "connection", "content-length", "te"})
_NOT_RETURNED = frozenset(
    {
        *("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade", "server", "date"),
        # Ours says more (`api/frame.py`).
        "content-security-policy",
    }
)
_READ = ("GET", "HEAD")
_WRITE = ("POST", "PUT", "PATCH", "DELETE")
_QUERY = "/api/v1/namespaces/{namespace}/workflows/{workflow}/query/{kind}"
_HIDDEN = {"include_in_schema": False, "response_class": Response}


@routes.any("/render", ("GET",), Permission.watch_workflows, **_HIDDEN)
async def render(context: Ctx, content: str = "", theme: Theme = "light") -> Response:
    """Show a workflow's words, where Temporal Web asks for them in a frame.

    Its page expects this of a server of its own language; the one that ships with Temporal has no
    such address and answers with the page itself, which then finds nothing.
    """
    page = worded(content, theme, app_url=context.services.settings.app_url)
    return HTMLResponse(page, headers={"content-security-policy": POLICY})


@routes.any("", _READ, Permission.watch_workflows, **_HIDDEN)
@routes.any("/{path:path}", _READ, Permission.watch_workflows, **_HIDDEN)
async def watch(context: Ctx, request: Request) -> Response:
    """Pass a read on to Temporal Web."""
    return await _pass_on(context, request)


@routes.any(_QUERY, ("POST",), Permission.watch_workflows, **_HIDDEN)
async def query(context: Ctx, request: Request) -> Response:
    """Pass a query on: Temporal's interface sends it by POST, but it changes nothing."""
    check_origin(request)
    return await _pass_on(context, request)


@routes.any("/{path:path}", _WRITE, Permission.steer_workflows, **_HIDDEN)
async def steer(context: Ctx, request: Request) -> Response:
    """Pass a change on to Temporal Web, when our own page sends it."""
    check_origin(request)
    return await _pass_on(context, request)


async def _pass_on(context: Context, request: Request) -> Response:
    base = urlsplit(context.services.settings.temporal_web_url)
    url = httpx2.URL(
        scheme=base.scheme,
        netloc=base.netloc.encode(),
        path=request.url.path,
        query=request.url.query.encode(),
    )
    onward = context.web.build_request(
        request.method, url, headers=_onward(request), content=await request.body()
    )
    try:
        answer = await context.web.send(onward, stream=True)
    except httpx2.TransportError as away:
        raise Unavailable("Temporal Web is away", code="temporal_away") from away
    return StreamingResponse(
        answer.aiter_raw(),
        status_code=answer.status_code,
        headers=_returned(answer.headers),
        background=BackgroundTask(answer.aclose),
    )


def _onward(request: Request) -> dict[str, str]:
    """Return the headers to pass on; our own credentials stay here."""
    headers = {k: v for k, v in request.headers.items() if k not in _NOT_SENT}
    theirs = {k: v for k, v in request.cookies.items() if not k.startswith(_OURS)}
    if theirs:
        headers["cookie"] = "; ".join(f"{name}={value}" for name, value in theirs.items())
    return headers


def _returned(headers: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k.lower() not in _NOT_RETURNED}
