"""A candidate's page without a browser: one socket of the room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from interloop.demo.memory import Memory
from interloop.domain import room as wire

PING_S = 1.0
OPEN_S = 4.0
"""A stopped gateway still lets itself be dialled; the page waits so long for its answer."""


class RoomClient:
    """Says what a page says; what it hears goes to its memory."""

    def __init__(self, socket: ClientConnection, memory: Memory) -> None:
        self._socket = socket
        self.memory = memory

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, ticket: str, *, origin: str, memory: Memory | None = None
    ) -> "AsyncIterator[RoomClient]":
        """Join the room at `address` with a one-time ticket; leaves it at the end."""
        url = address.replace("http", "ws", 1) + "/room"
        opening = connect(
            url, origin=Origin(origin), proxy=None, ping_interval=None, open_timeout=OPEN_S
        )
        async with opening as socket:
            client = cls(socket, memory or Memory())
            client.memory.closed = False
            await client.send(wire.Join(ticket=ticket))
            await client.send(wire.Hello(last_seq=client.memory.last_seq))
            tasks = [asyncio.create_task(client.listen()), asyncio.create_task(client._ping())]
            try:
                yield client
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def send(self, message: wire.ClientMessage) -> None:
        """Send one message; a closed line takes it silently, as a page's does."""
        try:
            await self._socket.send(message.model_dump_json())
        except ConnectionClosed:
            await self.memory.close()

    async def act(self, act: str) -> None:
        """Press a button."""
        await self.send(wire.Act.model_validate({"act": act}))

    async def draft(self, text: str) -> None:
        """Let this stand in the answer box."""
        await self.send(wire.TypedDraft(text=text))

    async def answer(self, text: str, answer_id: UUID | None = None) -> UUID:
        """Send a typed answer; returns its id."""
        answer_id = answer_id or uuid4()
        await self.send(wire.TypedAnswer(answer_id=answer_id, text=text))
        return answer_id

    async def offer(self, sdp: str) -> str:
        """Send an SDP offer and return the gateway's answer; `TimeoutError` without one."""
        offer = wire.Offer(id=uuid4(), sdp=sdp)
        await self.send(offer)
        await self.memory.until(lambda page: offer.id in page.answers)
        return self.memory.answers[offer.id]

    async def wire_pass(self) -> str:
        """Ask for a pass to a wire and return it; `TimeoutError` without one."""
        ask = wire.WireAsk(id=uuid4())
        await self.send(ask)
        await self.memory.until(lambda page: ask.id in page.passes)
        return self.memory.passes[ask.id]

    async def listen(self) -> None:
        """Take messages until the line is gone."""
        try:
            async for text in self._socket:
                await self.memory.take(wire.SERVER_MESSAGE.validate_json(text))
        except ConnectionClosed:
            pass
        await self.memory.close()

    async def _ping(self) -> None:
        while not self.memory.closed:
            await self.send(wire.Ping(at=0.0))
            await asyncio.sleep(PING_S)
