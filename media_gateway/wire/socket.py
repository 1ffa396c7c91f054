"""One wire's socket: pass, then frames both ways until either side closes."""

import asyncio
from contextlib import suppress

import structlog
from fastapi import WebSocket, WebSocketDisconnect

from interloop.domain.errors import InterloopError, TooMany
from interloop.domain.wire import OPEN, WireClose
from media_gateway.call import Call
from media_gateway.calls import Calls
from media_gateway.wire.wire import Wire

_PASS_S = 5.0
_LONGEST_PASS = 200
_SILENT_S = 10.0
"""A page sends 50 packets a second; without one for so long its socket is dead."""

_log = structlog.get_logger(__name__)


class WireSocket:
    """Serves one accepted socket."""

    def __init__(self, socket: WebSocket, calls: Calls) -> None:
        self._socket = socket
        self._calls = calls

    async def serve(self) -> None:
        """Run until either side closes."""
        try:
            call = await self._admit()
        except InterloopError as refused:
            _log.info("wire_refused", code=refused.code)
            await self._close(WireClose.bad_pass)
            return
        except (WebSocketDisconnect, TimeoutError, KeyError):
            await self._close(WireClose.bad_pass)
            return
        wire = call.media.wire(self._socket.send_bytes, self._close)
        try:
            await call.media.carry(wire)
            await self._socket.send_text(OPEN)
            await self._both_ways(wire)
        except InterloopError:
            await self._close(WireClose.over)
        except (WebSocketDisconnect, RuntimeError):
            _log.info("wire_lost", interview_id=str(call.opening.interview_id))
        finally:
            await call.media.drop(wire)

    async def _admit(self) -> Call:
        """Redeem the pass and return its call; `KeyError` when it is not held here any more."""
        token = await asyncio.wait_for(self._socket.receive_text(), _PASS_S)
        return self._calls.held(self._calls.passes.redeem(token[:_LONGEST_PASS]))

    async def _both_ways(self, wire: Wire) -> None:
        speaking = asyncio.create_task(wire.speak())
        hearing = asyncio.create_task(self._hear(wire))
        try:
            await asyncio.wait({speaking, hearing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (speaking, hearing):
                task.cancel()
            ended = await asyncio.gather(speaking, hearing, return_exceptions=True)
        for error in ended:
            if not isinstance(error, WebSocketDisconnect | RuntimeError | asyncio.CancelledError):
                assert error is None, error

    async def _hear(self, wire: Wire) -> None:
        while True:
            try:
                wire.receive(await asyncio.wait_for(self._socket.receive_bytes(), _SILENT_S))
            except (WebSocketDisconnect, TimeoutError, KeyError):
                # Starlette says KeyError where text comes instead of bytes.
                await self._close(WireClose.bad_frame)
                return
            except InterloopError as refused:
                many = isinstance(refused, TooMany)
                await self._close(WireClose.too_many if many else WireClose.bad_frame)
                return

    async def _close(self, why: WireClose) -> None:
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._socket.close(int(why))
