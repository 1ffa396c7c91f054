"""The socket of the Live service, from upgrade to close."""

import re
from contextlib import suppress

import structlog
from fastapi import APIRouter
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.google_error import body
from sandbox.live.faults import Moment
from sandbox.live.frames_in import ProtocolError, Setup, parsed
from sandbox.live.line import Abort, Line
from sandbox.live.memory import Memory
from sandbox.live.service import Service
from sandbox.live.session import Session

_log = structlog.get_logger(__name__)
_SERVICE = re.compile(
    r"google\.ai\.generativelanguage\.v1(?:alpha|beta)?\.GenerativeService\.BidiGenerateContent"
)


def live_routes(service: Service, abort: Abort) -> APIRouter:
    """One socket path, named as at the real service."""
    router = APIRouter()

    @router.websocket("/ws/{name}")
    async def live(socket: WebSocket, name: str) -> None:
        if not _SERVICE.fullmatch(name):
            await socket.send_denial_response(JSONResponse(body(404, "Not found"), 404))
            return
        if refused := service.faults.due(Moment.UPGRADE, None):
            answer = JSONResponse(body(refused.code, refused.reason), refused.code)
            await socket.send_denial_response(answer)
            return
        await socket.accept()
        line = Line(socket, service.faults, abort)
        try:
            await _serve(socket, line, service)
        except ProtocolError as error:
            _log.info("live_closed", code=error.code, reason=error.reason)
            await line.close(error.code, error.reason)
        finally:
            line.end()

    return router


async def _serve(socket: WebSocket, line: Line, service: Service) -> None:
    """Handshake, then frames until the connection ends."""
    with suppress(WebSocketDisconnect):
        if not socket.headers.get("x-goog-api-key"):
            raise ProtocolError(1008, "Method doesn't allow unregistered callers.")
        setup = _checked(parsed(await _frame(socket)).setup)
        line.label = setup.labels.get("session")
        session = Session(line, setup, _remembered(setup, service), service)
        service.sessions[session.id] = session
        _log.info("live_session", session=session.id, open=len(service.sessions))
        try:
            await session.begin()
            while True:
                await session.take(parsed(await _frame(socket)))
        finally:
            del service.sessions[session.id]
            await session.end()


async def _frame(socket: WebSocket) -> str | bytes:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    frame: str | bytes = message.get("bytes") or message.get("text") or b""
    return frame


def _checked(setup: Setup | None) -> Setup:
    if setup is None:
        raise ProtocolError(1007, "Request contains an invalid argument: setup must come first.")
    if not setup.model.startswith("models/"):
        raise ProtocolError(1008, "Unexpected model name format: expected models/{model}.")
    if setup.generation_config.response_modalities != ["AUDIO"]:
        raise ProtocolError(1007, "Request contains an invalid argument: only AUDIO is spoken.")
    if not setup.realtime_input_config.automatic_activity_detection.disabled:
        raise ProtocolError(1007, "The sandbox needs automatic activity detection disabled.")
    return setup


def _remembered(setup: Setup, service: Service) -> Memory:
    handle = setup.session_resumption.handle if setup.session_resumption else None
    if not handle:
        return Memory()
    memory = service.handles.find(handle)
    if memory is None:
        raise ProtocolError(1008, "BidiGenerateContent session not found")
    return memory
