"""Lets planned faults happen to requests of the Calendar API."""

import asyncio
from collections.abc import Callable

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.google.answers import Refused, unknown_token
from sandbox.google.faults import AFTER, CalendarFault, Kind
from sandbox.google.workspace import Workspace

Cut = Callable[[tuple[str, int]], None]
"""Resets the connection of the client at that address."""

_PROMISED = 100_000


class Trouble:
    """ASGI: requests go through, or go wrong as planned."""

    def __init__(self, app: ASGIApp, workspace: Workspace, cut: Cut) -> None:
        self._app, self._workspace, self._cut = app, workspace, cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or "/calendar/v3/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        self._workspace.note(scope["method"], scope["path"].partition("/calendar/v3")[2])
        fault = self._workspace.faults.due(scope["method"])
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind in AFTER:
            await self._after(fault, scope, receive, send)
        else:
            await self._instead(fault).answer()(scope, receive, send)

    def _instead(self, fault: CalendarFault) -> Refused:
        """The error that is answered without doing anything."""
        if fault.kind is Kind.EXPIRED:
            self._workspace.access.expire()
            return unknown_token()
        if fault.kind is Kind.FORBIDDEN:
            return Refused(403, "forbidden", "Forbidden")
        if fault.kind is Kind.RATE_LIMITED:
            return Refused(403, "rateLimitExceeded", "Rate Limit Exceeded")
        if fault.kind is Kind.TOO_MANY:
            wait = {"Retry-After": str(fault.retry_after_s)}
            return Refused(429, "rateLimitExceeded", "Rate Limit Exceeded", wait)
        return Refused(500, "backendError", "Backend Error")

    async def _after(
        self, fault: CalendarFault, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Does what was asked, and lets nobody hear of it."""
        kept: list[Message] = []

        async def keep(message: Message) -> None:
            kept.append(message)

        await self._app(scope, receive, keep)
        if fault.kind is Kind.STALL:
            await asyncio.sleep(fault.seconds)
            for message in kept:
                await send(message)
        elif fault.kind is Kind.BROKEN_AFTER:
            body = {"error": {"code": 503, "message": "The service is currently unavailable."}}
            await JSONResponse(body, 503)(scope, receive, send)
        else:
            if fault.kind is Kind.ANSWER_LOST:
                await send(_beginning())
            self._cut(tuple(scope["client"]))


def _beginning() -> Message:
    length = (b"content-length", str(_PROMISED).encode())
    return {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-type", b"application/json"), length],
    }
