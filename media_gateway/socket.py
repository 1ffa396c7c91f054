"""One page's socket: ticket, hello, then messages both ways until it closes."""

import asyncio
from contextlib import suppress

import structlog
from fastapi import WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from interloop.domain import room as wire
from interloop.domain.errors import Gone, InterloopError, Superseded
from media_gateway import events
from media_gateway.call import Call
from media_gateway.calls import Calls
from media_gateway.room import QueueOutbox
from media_gateway.tickets import redeem

_JOIN_S = 5.0
_SILENT_S = 15.0
"""A page pings once a second; without a word for so long its socket is dead."""

_CALL_S = 5.0
_MALFORMED = 1008
_log = structlog.get_logger(__name__)


class RoomSocket:
    """Serves one accepted socket."""

    def __init__(self, socket: WebSocket, calls: Calls) -> None:
        self._socket = socket
        self._calls = calls
        self._outbox = QueueOutbox()

    async def serve(self) -> None:
        """Run until either side closes."""
        try:
            call = await self._admit()
        except InterloopError as refused:
            await self._refuse(refused)
            return
        except (WebSocketDisconnect, TimeoutError, ValidationError):
            await self._close(_MALFORMED)
            return
        sending = asyncio.create_task(self._send_all())
        receiving = asyncio.create_task(self._receive_all(call))
        try:
            done, _ = await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (sending, receiving):
                task.cancel()
            await asyncio.gather(sending, receiving, return_exceptions=True)
            call.room.leave(self._outbox)
            await self._close(self._outbox.close_code)

    async def _admit(self) -> Call:
        """Redeem the ticket, find the call, and enter its room with what the page has heard."""
        join = await asyncio.wait_for(self._receive(), _JOIN_S)
        if not isinstance(join, wire.Join):
            raise Gone("join comes first", code="bad_ticket")
        admitted = await redeem(self._calls.services, join.ticket)
        call = await self._calls.find(admitted.interview_id, admitted.epoch, wait_s=_CALL_S)
        if call is None:
            raise Superseded("no such call here")
        hello = await asyncio.wait_for(self._receive(), _JOIN_S)
        if not isinstance(hello, wire.Hello):
            raise Gone("hello comes second", code="bad_message")
        if hello.last_seq == 0:
            # Another page than before, or a reloaded one: what the old one had has no say any more.
            await call.media.close()
        call.enter(self._outbox, hello.last_seq)
        return call

    async def _receive_all(self, call: Call) -> None:
        while True:
            try:
                message = await asyncio.wait_for(self._receive(), _SILENT_S)
                await self._take(call, message)
            except TimeoutError:
                _log.info("page_silent", interview_id=str(call.opening.interview_id))
                return
            except WebSocketDisconnect:
                return
            except (ValidationError, asyncio.QueueFull):
                self._outbox.put(wire.Refused(code="bad_message"))
                self._outbox.close(_MALFORMED)
                await asyncio.Event().wait()

    async def _take(self, call: Call, message: wire.ClientMessage) -> None:
        if not call.room.holds(self._outbox):
            return
        if isinstance(message, wire.Ping | wire.LineReport | wire.Offer | wire.WireAsk):
            await self._mind_the_line(call, message)
        elif isinstance(message, wire.TypedDraft):
            call.conversation.post(events.Drafted(message.text))
        elif isinstance(message, wire.TypedAnswer):
            call.conversation.post(events.Typed(message.answer_id, message.text))
        elif isinstance(message, wire.Act):
            call.conversation.post(events.Acted(message.act))

    async def _mind_the_line(
        self, call: Call, message: wire.Ping | wire.LineReport | wire.Offer | wire.WireAsk
    ) -> None:
        """Take what is about the lines between page and gateway, not about the talk."""
        if isinstance(message, wire.Ping):
            call.room.pong(message.at)
        elif isinstance(message, wire.LineReport):
            call.media.quality.reported(message)
        elif isinstance(message, wire.Offer):
            await call.offer(message)
        else:
            token = self._calls.passes.give(call.opening.interview_id)
            call.room.send(wire.WirePass(id=message.id, token=token))

    async def _receive(self) -> wire.ClientMessage:
        text = await self._socket.receive_text()
        if len(text) > wire.MAX_MESSAGE_BYTES:
            raise WebSocketDisconnect(1009)
        return wire.CLIENT_MESSAGE.validate_json(text)

    async def _send_all(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while (message := await self._outbox.queue.get()) is not None:
                await self._socket.send_text(message.model_dump_json())

    async def _refuse(self, refused: InterloopError) -> None:
        known = {"bad_ticket", "old_epoch", "bad_message", "interview_over"}
        code = refused.code if refused.code in known else "bad_ticket"
        _log.info("socket_refused", code=code)
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._socket.send_text(
                wire.Refused.model_validate({"code": code}).model_dump_json()
            )
        await self._close(_MALFORMED)

    async def _close(self, code: int) -> None:
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._socket.close(code)
