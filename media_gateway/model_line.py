"""Keeps a session with the live model open: resumes it by handle, else starts afresh.

A lost line is opened again at once, then with growing pauses; when it stays away for `AWAY_S` the
conversation is told and goes on in writing. What is to be sent waits in bounded queues: a line
that does not take it is given up, never waited for.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from interloop.domain.agenda import Item
from interloop.domain.errors import Unavailable
from interloop.integrations.live.port import (
    Briefing,
    GoingAway,
    Hearing,
    LiveModel,
    LiveSession,
    Resumable,
)
from media_gateway.events import Event, LineLost, ModelAway, ModelBack, Words

AWAY_S = 2.0
_PAUSES_S = (0.1, 0.3, 0.5, 1.0, 1.0, 2.0)
_SEND_TIMEOUT_S = 5.0
_UNSENT = 500
_BACKLOG_CHUNKS = 1000
"""Sound of a running activity that waits for a new line: 20 s of 20 ms chunks."""

_log = structlog.get_logger(__name__)
_Send = Callable[[LiveSession], Awaitable[None]]


class ModelLine:
    """The conversation's connection to the model, over as many sessions as it takes."""

    def __init__(
        self,
        model: LiveModel,
        briefing: Callable[[], Briefing],
        *,
        deliver: Callable[[Event], Awaitable[None]],
        quiet: Callable[[], bool],
    ) -> None:
        """`quiet` tells whether now is a good moment to change the connection."""
        self._model = model
        self._briefing = briefing
        self._deliver = deliver
        self._quiet = quiet
        self._session: LiveSession | None = None
        self._handle: str | None = None
        self._unsent: asyncio.Queue[_Send] = asyncio.Queue(_UNSENT)
        self._backlog: deque[bytes] = deque(maxlen=_BACKLOG_CHUNKS)
        self._active = False
        self._ended_offline = False
        self._activity = 0
        self._sessions = 0
        self._expected: deque[int] = deque()
        self._leave_at: float | None = None
        self.available = True
        """Whether the model is there, or expected back in a moment."""

    async def run(self) -> None:
        """Hold the line until cancelled."""
        lost_at, failures = time.monotonic(), 0
        while True:
            session = await self._open()
            if session is None:
                await self._tell_if_away(lost_at)
                await asyncio.sleep(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])
                failures += 1
                continue
            failures = 0
            self.available = True
            await self._deliver(ModelBack())
            try:
                await self._hold(session)
            finally:
                self._session = None
                await session.close()
            lost_at = time.monotonic()
            await self._deliver(LineLost())

    def activity_start(self, preroll: bytes = b"") -> int:
        """The candidate begins to speak; `preroll` is the sound before that was noticed.

        Returns the number by which `Words` will name this stretch of speech.
        """
        self._active, self._ended_offline = True, False
        self._activity += 1
        self._backlog.clear()
        self._put(lambda session: session.activity_start())
        self.hear(preroll)
        return self._activity

    def hear(self, pcm: bytes) -> None:
        """Send sound of the running activity, or keep it for the next line."""
        if not self._active or self._ended_offline or not pcm:
            return
        if self._session is None:
            self._backlog.append(pcm)
        else:
            self._hear_now(pcm)

    def activity_end(self) -> None:
        """The candidate is done speaking."""
        if not self._active:
            return
        if self._session is None:
            # What was said since the line was lost goes to the next one, and ends there.
            self._ended_offline = True
        else:
            self._end_now()

    def tell(self, text: str) -> None:
        """Send a whole user turn as text."""
        self._put(lambda session: session.tell(text))

    def answer_item(self, call_id: str, item: Item | None) -> None:
        """Answer the model's question what to say."""
        self._put(lambda session: session.answer_item(call_id, item))

    def _end_now(self) -> None:
        self._active = self._ended_offline = False
        self._expected.append(self._activity)
        self._put(lambda session: session.activity_end())

    def _words(self, heard: Hearing) -> Words:
        """Say which stretch of speech these words belong to: last words come in order."""
        activity = self._activity
        if heard.final and self._expected:
            activity = self._expected.popleft()
        return Words(activity, self._sessions, heard.text, heard.final)

    def _hear_now(self, pcm: bytes) -> None:
        self._put(lambda session: session.hear(pcm))

    def _put(self, send: _Send) -> None:
        if self._session is None:
            return
        if self._unsent.full():
            # The line does not take what we send; `_send_all` notices by its timeout.
            return
        self._unsent.put_nowait(send)

    async def _open(self) -> LiveSession | None:
        try:
            return await self._model.connect(self._briefing(), self._handle)
        except Unavailable as away:
            _log.info("live_away", code=away.code)
            if away.code == "handle_unknown":
                self._handle = None
            return None

    async def _tell_if_away(self, lost_at: float) -> None:
        if self.available and time.monotonic() - lost_at > AWAY_S:
            self.available = False
            await self._deliver(ModelAway())

    async def _hold(self, session: LiveSession) -> None:
        """Send and receive until the line is lost or left."""
        self._unsent = asyncio.Queue(_UNSENT)
        self._session, self._leave_at = session, None
        self._sessions += 1
        self._expected.clear()
        if self._active:
            # The candidate is in the middle of a sentence: it goes on in the new session.
            self._put(lambda opened: opened.activity_start())
            while self._backlog:
                self._hear_now(self._backlog.popleft())
            if self._ended_offline:
                self._end_now()
        tasks = {
            asyncio.create_task(self._receive(session)),
            asyncio.create_task(self._send_all(session)),
            asyncio.create_task(self._leave_in_time()),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _receive(self, session: LiveSession) -> None:
        with suppress(Unavailable):
            async for event in session.events():
                if isinstance(event, Resumable):
                    self._handle = event.handle or self._handle
                elif isinstance(event, GoingAway):
                    self._leave_at = time.monotonic() + event.seconds * 0.8
                elif isinstance(event, Hearing):
                    await self._deliver(self._words(event))
                else:
                    await self._deliver(event)

    async def _send_all(self, session: LiveSession) -> None:
        with suppress(Unavailable, TimeoutError):
            while True:
                send = await self._unsent.get()
                await asyncio.wait_for(send(session), _SEND_TIMEOUT_S)

    async def _leave_in_time(self) -> None:
        """End when the service will close: at the first quiet moment, at the latest in time."""
        while True:
            await asyncio.sleep(0.2)
            if self._leave_at is not None and (self._quiet() or time.monotonic() > self._leave_at):
                return
