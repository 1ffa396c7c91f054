"""Around every request: its id, its log line, the size it may have, the headers it leaves with."""

import re
import time
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.uploads import MULTIPART_OVERHEAD
from interloop.domain.bulk import MAX_ARCHIVE
from interloop.domain.ids import new_id
from interloop.domain.rate import Rate
from interloop.integrations.resume.port import MAX_BYTES
from interloop.settings import Settings

_LONGEST_BODY = 2 * 1024 * 1024
_UPLOADS = re.compile(r"/api/jobs/[^/]+/uploads")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger("api.request")

PERMISSIONS_POLICY = "camera=(self), microphone=(self), display-capture=(), geolocation=()"


def content_policy(settings: Settings) -> str:
    """Return the content security policy of our own pages.

    Rooms are joined on a gateway's own port, so its host is named for sockets.
    Radix and dnd-kit place things by inline style, hence the one `unsafe-inline`.
    """
    host = settings.gateway_host
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            f"connect-src 'self' ws://{host}:* wss://{host}:*",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


# Temporal Web is somebody else's page with inline scripts and with frames of its own, in which it
# shows a workflow's words; it is kept to our own origin.
_TEMPORAL_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'"
)


class Frame:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers: Mapping[str, str] = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": PERMISSIONS_POLICY,
            "content-security-policy": content_policy(settings),
        }
        self._tls = settings.app_url.startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside the frame."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        status = 500

        async def leave(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(scope, message, request_id)
            await send(message)

        try:
            await self._app(scope, _Capped(scope, receive), leave)
        finally:
            _note(scope, status, began)

    def _dress(self, scope: Scope, message: Message, request_id: str) -> None:
        headers = MutableHeaders(scope=message)
        if scope["path"].startswith("/temporal"):
            headers.setdefault("content-security-policy", _TEMPORAL_POLICY)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if scope["path"].startswith(("/api", "/v1")):
            headers.setdefault("cache-control", "no-store")
        _tell_rate(headers, scope["state"].get("rate"))
        if self._tls:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        headers["x-request-id"] = request_id


class _Capped:
    """Receives a body up to its limit; what comes after is refused unread."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        multipart = headers.get("content-type", "").startswith("multipart/")
        file = MAX_ARCHIVE if _UPLOADS.fullmatch(scope["path"]) else MAX_BYTES
        self._left = file + MULTIPART_OVERHEAD if multipart else _LONGEST_BODY
        self._announced = int(n) if (n := headers.get("content-length", "0")).isdigit() else 0
        self._receive = receive

    async def __call__(self) -> Message:
        """Return the next message; 413 once too much was announced or came."""
        if self._announced > self._left:
            raise HTTPException(413, "more than we take")
        message = await self._receive()
        if message["type"] == "http.request":
            self._announced = 0
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise HTTPException(413, "more than we take")
        return message


def _tell_rate(headers: MutableHeaders, rate: Rate | None) -> None:
    """Say how much is left to a key, on refusals too (draft-ietf-httpapi-ratelimit-headers-07)."""
    if rate is None:
        return
    headers["ratelimit-policy"] = f"{rate.limit};w={rate.window_s}"
    headers["ratelimit-limit"] = str(rate.limit)
    headers["ratelimit-remaining"] = str(rate.remaining)
    headers["ratelimit-reset"] = str(rate.retry_s or rate.reset_s)


def _request_id(headers: Headers) -> str:
    """Return the caller's id when it is a plain one, else a new one."""
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else str(new_id())


def _note(scope: Scope, status: int, began: float) -> None:
    endpoint = getattr(scope.get("endpoint"), "__name__", "none")
    if endpoint == "live":
        return
    ms = round((time.perf_counter() - began) * 1000, 1)
    _log.info("request", method=scope["method"], route=endpoint, status=status, ms=ms)
