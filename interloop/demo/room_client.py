"""A candidate's page without a browser: one socket of the room, and what came over it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from interloop.domain import room as wire


class RoomClient:
    """Keeps captions, state and notices as they come; everything it does a page does too."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._changed = asyncio.Condition()
        self._pinging: asyncio.Task[None] | None = None
        self.captions: dict[UUID, wire.Caption] = {}
        self.states: list[wire.RoomState] = []
        self.notices: list[str] = []
        self.answers: dict[UUID, str] = {}
        self.refused: str | None = None
        self.closed = False
        self.last_seq = 0

    @classmethod
    @asynccontextmanager
    async def open(
        cls, address: str, ticket: str, *, origin: str, last_seq: int = 0
    ) -> "AsyncIterator[RoomClient]":
        """Join the room at `address` with a one-time ticket; leaves it at the end."""
        url = address.replace("http", "ws", 1) + "/room"
        async with connect(url, origin=origin, proxy=None, ping_interval=None) as socket:  # type: ignore[arg-type]  # Origin is a NewType of str
            client = cls(socket)
            await client.send(wire.Join(ticket=ticket))
            await client.send(wire.Hello(last_seq=last_seq))
            tasks = [asyncio.create_task(client._listen()), asyncio.create_task(client._ping())]
            try:
                yield client
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def state(self) -> wire.RoomState:
        """Return the newest state of the room; `IndexError` before the first."""
        return self.states[-1]

    @property
    def said(self) -> list[wire.Caption]:
        """Return the newest caption of each turn, in order."""
        return sorted(self.captions.values(), key=lambda caption: caption.turn_seq)

    async def send(self, message: wire.ClientMessage) -> None:
        """Send one message; a closed line takes it silently, as a page's does."""
        try:
            await self._socket.send(message.model_dump_json())
        except ConnectionClosed:
            self.closed = True

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
        """Send an SDP offer and return the gateway's answer."""
        offer = wire.Offer(id=uuid4(), sdp=sdp)
        await self.send(offer)
        await self.until(lambda room: offer.id in room.answers or room.refused is not None)
        return self.answers[offer.id]

    async def until(
        self, wanted: "Callable[[RoomClient], bool]", timeout_s: float = 15.0
    ) -> "RoomClient":
        """Wait until this holds; `TimeoutError` when it does not in time."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: wanted(self))
        return self

    async def until_asked(self, question_id: str, timeout_s: float = 15.0) -> None:
        """Wait until this question was asked and it is the candidate's turn."""
        await self.until(
            lambda room: (
                bool(room.states)
                and room.state.question_id == question_id
                and room.state.phase == "candidate"
            ),
            timeout_s,
        )

    async def _listen(self) -> None:
        try:
            async for text in self._socket:
                self._take(wire.SERVER_MESSAGE.validate_json(text))
                async with self._changed:
                    self._changed.notify_all()
        except ConnectionClosed:
            pass
        self.closed = True
        async with self._changed:
            self._changed.notify_all()

    def _take(self, message: wire.ServerMessage) -> None:
        self.last_seq = max(self.last_seq, message.seq)
        if isinstance(message, wire.Caption):
            self.captions[message.turn_id] = message
        elif isinstance(message, wire.RoomState):
            self.states.append(message)
        elif isinstance(message, wire.Notice):
            self.notices.append(message.code)
        elif isinstance(message, wire.Answer):
            self.answers[message.id] = message.sdp
        elif isinstance(message, wire.Refused):
            self.refused = message.code

    async def _ping(self) -> None:
        while not self.closed:
            await self.send(wire.Ping(at=0.0))
            await asyncio.sleep(1.0)
