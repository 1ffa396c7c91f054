"""A candidate without a browser who comes back by itself, as the page does.

Used by `interloop demo`, by the kill tests and by `make chaos`: real HTTP, a real socket, a real
aiortc peer.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, Self
from uuid import UUID, uuid4

import httpx2
import structlog
from websockets.exceptions import WebSocketException

from interloop.demo.memory import Memory
from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Speech, Voice

_PAUSES_S = (0.5, 1.0, 2.0, 3.0)
_SILENT_S = 3.5
"""Without a word from the gateway for so long, the line is lost: three pongs are missing."""

_log = structlog.get_logger(__name__)


class Joined(NamedTuple):
    """Where to join."""

    address: str
    ticket: str
    epoch: int


Join = Callable[[int | None], Awaitable[Joined | None]]
"""Asks the API where to join; takes the epoch whose line was lost; none: ask again later."""


def join_by_api(http: httpx2.AsyncClient) -> Join:
    """Return a way to join by an HTTP client that carries the candidate's bearer token."""

    async def join(failed_epoch: int | None) -> Joined | None:
        try:
            reply = await http.post("/api/candidate/join", json={"failed_epoch": failed_epoch})
        except httpx2.HTTPError:
            return None
        if reply.status_code != httpx2.codes.OK:
            return None
        body = reply.json()
        return Joined(body["address"], body["ticket"], body["epoch"])

    return join


class Caller:
    """Stays in the interview until it is over; use as an async context manager."""

    def __init__(self, join: Join, *, origin: str, voice: bool = False) -> None:
        self._join = join
        self._origin = origin
        self._with_voice = voice
        self._running: asyncio.Task[None] | None = None
        self._there = asyncio.Event()
        self._hanging_up: list[asyncio.Task[None]] = []
        self.memory = Memory()
        self.speech = Speech()
        self.room: RoomClient | None = None
        self.voice: Voice | None = None
        self.epochs: list[int] = []
        self.addresses: list[str] = []
        self.absences: list[float] = []
        """Seconds from each loss of the line to the room's state on the next one."""

    async def __aenter__(self) -> Self:
        """Begin to join."""
        self._running = asyncio.create_task(self._stay())
        return self

    async def __aexit__(self, *_exc: object) -> None:
        """Leave."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await asyncio.gather(*self._hanging_up)

    async def here(self, timeout_s: float = 60.0) -> RoomClient:
        """Return the present line, waiting for the next when it is lost."""
        async with asyncio.timeout(timeout_s):
            await self._there.wait()
        assert self.room is not None
        return self.room

    async def act(self, act: str) -> None:
        """Press a button."""
        await (await self.here()).act(act)

    async def draft(self, text: str) -> None:
        """Let this stand in the answer box."""
        await (await self.here()).draft(text)

    async def answer(self, text: str, timeout_s: float = 60.0) -> UUID:
        """Send a typed answer, again on each new line, until it stands as a committed turn."""
        answer_id = uuid4()
        known = len(self._mine(text))
        async with asyncio.timeout(timeout_s):
            while len(self._mine(text)) <= known:
                room = await self.here()
                await room.answer(text, answer_id)

                def is_settled(_: Memory, room: RoomClient = room) -> bool:
                    return self.room is not room or len(self._mine(text)) > known

                with suppress(TimeoutError):
                    await self.memory.until(is_settled, 2.0)
        return answer_id

    async def say(self, frames: Sequence[bytes], timeout_s: float = 60.0) -> None:
        """Speak (20 ms frames, 48 kHz, mono); while the line is lost, the rest waits."""
        async with asyncio.timeout(timeout_s):
            await self.speech.say(frames)

    def _mine(self, text: str) -> list[UUID]:
        return [
            caption.turn_id
            for caption in self.memory.said
            if caption.final and caption.speaker == "candidate" and caption.text == text
        ]

    async def _stay(self) -> None:
        failed: int | None = None
        tries, lost_at = 0, None
        while not self.memory.over:
            joined = await self._join(failed)
            if joined is not None:
                states = len(self.memory.states)
                await self._attend(joined, lost_at)
                if len(self.memory.states) > states:
                    # The line stood; the next try asks for its place first, as the page does.
                    tries, lost_at, failed = 0, time.monotonic(), None
                if tries or self.memory.refused == "old_epoch":
                    failed = joined.epoch
            if self.memory.over:
                return
            await asyncio.sleep(_PAUSES_S[min(tries, len(_PAUSES_S) - 1)])
            tries += 1

    async def _attend(self, joined: Joined, lost_at: float | None) -> None:
        """Be in the room for as long as this line lasts."""
        states = len(self.memory.states)
        self.memory.refused = None
        opening = RoomClient.open(
            joined.address, joined.ticket, origin=self._origin, memory=self.memory
        )
        try:
            async with opening as room:
                await self.memory.until(lambda p: p.closed or len(p.states) > states, 5.0)
                if self.memory.closed:
                    return
                if lost_at is not None:
                    self.absences.append(time.monotonic() - lost_at)
                self.epochs.append(joined.epoch)
                self.addresses.append(joined.address)
                await self._be_there(room)
        except (OSError, TimeoutError, WebSocketException) as lost:
            _log.info("line_lost", reason=type(lost).__name__)

    async def _be_there(self, room: RoomClient) -> None:
        voice = Voice(self.speech) if self._with_voice else None
        self.room, self.voice = room, voice
        self._there.set()
        try:
            if voice is not None:
                await voice.connect(room)
            await self._until_lost()
        finally:
            self._there.clear()
            self.room = self.voice = None
            if voice is not None:
                # A task of its own: leaving must not cut it off in the middle.
                self._hanging_up.append(asyncio.create_task(voice.close()))

    async def _until_lost(self) -> None:
        """Wait until the line is closed or silent: a stopped gateway closes nothing."""
        while not self.memory.closed and not self.memory.over:
            heard = self.memory.heard
            with suppress(TimeoutError):
                await self.memory.until_more(heard, _SILENT_S)
            if self.memory.heard == heard:
                return
