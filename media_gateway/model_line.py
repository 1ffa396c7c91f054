"""Keeps a session with the live model open, over as many connections as it takes.

A connection is changed before the service ends it, in a quiet moment; one that is lost is opened
again as `line/ladder.py` says; when the model stays away for `AWAY_S` the conversation is told and
goes on in writing. The old socket is always closed before the next one is opened. What is to be
sent waits in bounded queues: a line that does not take it is given up, never waited for.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from interloop.domain.agenda import Item
from interloop.domain.errors import Unavailable
from interloop.integrations.live import port
from interloop.integrations.live.port import Briefing, LiveModel, LiveSession
from media_gateway.events import Event, Garbled, LineLost, ModelAway, ModelBack
from media_gateway.line.ladder import Ladder
from media_gateway.line.stretches import Stretches
from media_gateway.line.watch import Watch

AWAY_S = 2.0
_PROVEN_S = 5.0
"""A session that has lived so long, or has spoken, has worked."""

_PLANNED = frozenset({"rotation", "going_away"})
_SEND_TIMEOUT_S = 5.0
_WATCH_S = 0.1
_UNSENT = 500
_BACKLOG_CHUNKS = 1000
"""Sound of a running activity that waits for a new line: 20 s of 20 ms chunks."""

_GARBLED_MOST = 2
"""After so many sessions without words beside the voice, words are taken to be missing."""

_log = structlog.get_logger(__name__)
_Send = Callable[[LiveSession], Awaitable[None]]


class ModelLine:
    """The conversation's connection to the model."""

    def __init__(
        self,
        model: LiveModel,
        briefing: Callable[[bool], Briefing],
        *,
        deliver: Callable[[Event], Awaitable[None]],
        quiet: Callable[[], bool],
        handle: str | None = None,
    ) -> None:
        """`quiet` tells whether now is a good moment to change the connection.

        `briefing(True)` is only the gist; `handle` is what an earlier gateway left.
        """
        self._model = model
        self._can = model.capabilities
        self._briefing = briefing
        self._deliver = deliver
        self._quiet = quiet
        self._ladder = Ladder(self._can.handle_s, handle, now=time.monotonic())
        self._session: LiveSession | None = None
        self._watch = Watch(self._can, time.monotonic(), garbage=True)
        self._unsent: asyncio.Queue[_Send] = asyncio.Queue(_UNSENT)
        self._backlog: deque[bytes] = deque(maxlen=_BACKLOG_CHUNKS)
        self._active = False
        self._ended_offline = False
        self._activity = 0
        self._stretches = Stretches()
        self._garbled = 0
        self._spoke = False
        self._lost_at = time.monotonic()
        self.handle: str | None = handle
        """The newest handle of the service; whoever takes the interview over goes on with it."""
        self.available = True
        """Whether the model is there, or expected back in a moment."""

    async def run(self) -> None:
        """Hold the line until cancelled."""
        while True:
            session = await self._open()
            if session is not None:
                await self._use(session)
            await self._tell_if_away()
            await asyncio.sleep(self._ladder.pause_s)

    def activity_start(self, preroll: bytes = b"") -> int:
        """The candidate begins to speak; `preroll` is the sound before that was noticed.

        Returns the number by which `Words` will name this stretch of speech.
        """
        self._active, self._ended_offline = True, False
        self._activity += 1
        self._stretches.begin(self._activity, time.monotonic())
        self._watch.heard()
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
        self._expect()
        self._put(lambda session: session.tell(text))

    def answer_item(self, call_id: str, item: Item | None) -> None:
        """Answer the model's question what to say."""
        self._watch.answered()
        if item is not None:
            self._expect()
        self._put(lambda session: session.answer_item(call_id, item))

    def _expect(self) -> None:
        self._watch.expect(time.monotonic())

    def _end_now(self) -> None:
        self._active = self._ended_offline = False
        self._stretches.end(time.monotonic())
        self._expect()
        self._put(lambda session: session.activity_end())

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
        handle = self._ladder.handle(time.monotonic())
        try:
            session = await self._model.connect(self._briefing(self._ladder.brief), handle)
        except Unavailable as away:
            _log.info("live_away", code=away.code)
            self._ladder.failed(away.code)
            return None
        _log.info("live_open", kind="resumed" if handle else "fresh")
        return session

    async def _use(self, session: LiveSession) -> None:
        """Hold the session until it is over, and learn from how it ended."""
        self.available, self._spoke, opened = True, False, time.monotonic()
        await self._deliver(ModelBack())
        reason = "cancelled"
        try:
            reason = await self._hold(session)
        finally:
            self._session = None
            await session.close()
        _log.info("live_left", reason=reason, seconds=int(time.monotonic() - opened))
        self._learn(reason, lived_s=time.monotonic() - opened)
        if reason == "garbage":
            await self._deliver(Garbled())
        await self._deliver(LineLost())

    def _learn(self, reason: str, *, lived_s: float) -> None:
        """Remember how a session ended: one that had worked is no failure."""
        self._garbled += reason == "garbage"
        lasted = lived_s > _PROVEN_S and reason != "stalled"
        worked = self._spoke or lasted or reason in _PLANNED
        if worked or not self._ladder.failing:
            self._lost_at = time.monotonic()
        if worked:
            self._ladder.lost(reason)
        else:
            self._ladder.failed(reason)

    async def _tell_if_away(self) -> None:
        if self.available and time.monotonic() - self._lost_at > AWAY_S:
            self.available = False
            await self._deliver(ModelAway())

    async def _hold(self, session: LiveSession) -> str:
        """Send and receive until the line is lost or left; returns why."""
        self._unsent = asyncio.Queue(_UNSENT)
        garbage = self._garbled < _GARBLED_MOST
        self._watch = Watch(self._can, time.monotonic(), garbage=garbage)
        self._session = session
        self._stretches.renew()
        if self._active:
            self._go_on_speaking()
        tasks = [
            asyncio.create_task(part)
            for part in (self._receive(session), self._send_all(session), self._leave_in_time())
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return next(task.result() for task in tasks if task in done)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _go_on_speaking(self) -> None:
        """The candidate is in the middle of a sentence: it goes on in the new session."""
        self._put(lambda opened: opened.activity_start())
        while self._backlog:
            self._hear_now(self._backlog.popleft())
        if self._ended_offline:
            self._end_now()

    async def _receive(self, session: LiveSession) -> str:
        try:
            async for event in session.events():
                self._watch.heard()
                taken = self._taken(event)
                if taken is not None:
                    await self._deliver(taken)
        except Unavailable as lost:
            return lost.code
        return "model_away"

    def _taken(self, event: port.LiveEvent) -> Event | None:
        """Return what the conversation is to know of an event; the rest is the line's own."""
        now = time.monotonic()
        if isinstance(event, port.Resumable):
            self._resumable(event.handle, now)
        elif isinstance(event, port.GoingAway):
            self._watch.going_away(event.seconds, now)
        elif isinstance(event, port.Hearing):
            return self._stretches.take(event, now)
        else:
            self._voice(event)
            return event
        return None

    def _resumable(self, handle: str | None, now: float) -> None:
        if handle:
            self.handle = handle
            self._ladder.keep(handle, now)
            self._watch.handle()
        else:
            self._watch.answered()

    def _voice(self, event: port.LiveEvent) -> None:
        if isinstance(event, port.Sound):
            self._spoke = True
            self._watch.sound(len(event.pcm), time.monotonic())
        elif isinstance(event, port.Saying | port.SaidAll):
            self._watch.words()

    async def _send_all(self, session: LiveSession) -> str:
        while True:
            send = await self._unsent.get()
            try:
                await asyncio.wait_for(send(session), _SEND_TIMEOUT_S)
            except Unavailable as lost:
                return lost.code
            except TimeoutError:
                return "stalled"

    async def _leave_in_time(self) -> str:
        """End when the session is to be left: a timer of its own, whatever the service sends."""
        while True:
            await asyncio.sleep(_WATCH_S)
            quiet = self._quiet() and not self._active
            reason = self._watch.reason(time.monotonic(), quiet=quiet)
            if reason is not None:
                return reason
