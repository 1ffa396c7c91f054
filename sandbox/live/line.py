"""The connection to one client: frames out, faults, and every way of ending it."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.live import frames_out
from sandbox.live.faults import ARMED, Fault, Faults, Kind, Moment

Abort = Callable[[tuple[str, int]], None]
"""Cuts the TCP connection of the client at that address without a word."""


class Line:
    """Sends binary frames, as the real service does; sending on a dead line does nothing."""

    def __init__(self, socket: WebSocket, faults: Faults, abort: Abort) -> None:
        self.label: str | None = None
        self._socket = socket
        self._faults = faults
        self._abort = abort
        self._timers: set[asyncio.Task[None]] = set()
        self._armed: dict[Kind, Fault] = {}
        self._stalled = False

    async def send(self, message: frames_out.Message) -> None:
        """One frame; nothing once the line has stalled."""
        if self._stalled:
            return
        with suppress(WebSocketDisconnect, RuntimeError, OSError):
            await self._socket.send_bytes(json.dumps(message).encode())

    async def close(self, code: int, reason: str) -> None:
        """Ends the session with a code and a reason of at most 123 bytes."""
        with suppress(WebSocketDisconnect, RuntimeError, OSError):
            await self._socket.close(code, reason)

    def abort(self) -> None:
        """Ends the connection as a pulled cable does."""
        client = self._socket.client
        if client is not None:
            self._abort((client.host, client.port))

    async def at(self, moment: Moment) -> None:
        """Lets happen what is planned for this moment."""
        fault = self._faults.due(moment, self.label)
        if fault is not None:
            await self.suffer(fault)

    async def suffer(self, fault: Fault) -> None:
        """Lets the fault happen."""
        if fault.kind in ARMED:
            self._armed[fault.kind] = fault
        elif fault.kind is Kind.ABORT:
            self.abort()
        elif fault.kind is Kind.CLOSE:
            await self.close(fault.code, fault.reason)
        elif fault.kind is Kind.SLOW:
            await asyncio.sleep(fault.seconds)
        elif fault.kind is Kind.STALL:
            self._stalled = True
        else:
            await self._tell(fault)

    async def _tell(self, fault: Fault) -> None:
        """A message that a client may not expect."""
        if fault.kind is Kind.UNKNOWN_MESSAGE:
            await self.send({"somethingNew": {}})
        elif fault.kind is Kind.ERROR_FRAME:
            await self.send({"error": {"code": 500, "message": fault.reason}})
        elif fault.kind is Kind.GO_AWAY:
            await self.send(frames_out.go_away(fault.seconds))
            self._timers.add(asyncio.create_task(self._abort_after(fault.seconds)))

    def planned(self, kind: Kind) -> Fault | None:
        """The fault of that kind that is still to show."""
        return self._armed.get(kind)

    def armed(self, kind: Kind) -> Fault | None:
        """The fault of that kind that is to show now, once."""
        return self._armed.pop(kind, None)

    def end(self) -> None:
        """Stops what is still timed."""
        for timer in self._timers:
            timer.cancel()

    async def _abort_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self.abort()
