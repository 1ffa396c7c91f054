"""A gateway, a sandbox beside it, and a caller who looks at every packet of the interviewer's."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import structlog
from aiortc import MediaStreamTrack
from structlog.typing import EventDict
from uvicorn.loops.auto import auto_loop_factory

from interloop.bootstrap import build
from interloop.db.upgrade import upgrade
from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Speech, Voice
from interloop.settings import Settings
from media_gateway.voice.aiortc_private import tap_audio
from media_gateway.voice.opus import Ear
from tests.gateway.house import House, open_house
from tests.gateway.rows import Round
from tests.sandbox.outside import Outside, start

T = TypeVar("T")
LOUD = 400
"""Highest sample of a packet of 20 ms with sound; silence after Opus stays below 30."""


class Mouth(Speech):
    """Speech that remembers when sound began and ended to leave."""

    def __init__(self) -> None:
        super().__init__()
        self.began_at = self.ended_at = 0.0

    def next(self) -> bytes:
        """Return the next 20 ms and note whether it has sound."""
        frame = super().next()
        if np.abs(np.frombuffer(frame, np.int16)).max() > LOUD:
            self.ended_at = time.monotonic()
            self.began_at = self.began_at or self.ended_at
        return frame


class Caller(Voice):
    """A voice whose ear is the RTP itself: no jitter buffer, no player."""

    def __init__(self) -> None:
        self.mouth = Mouth()
        super().__init__(self.mouth)
        self._ear = Ear()
        self.loud_at: list[float] = []
        """Arrival of each packet with sound, monotonic seconds."""

    def _on_track(self, track: MediaStreamTrack) -> None:
        receivers = (t.receiver for t in self._pc.getTransceivers())
        tap_audio(next(r for r in receivers if r.track is track), self._take)

    def _take(self, _sequence: int, _timestamp: int, payload: bytes) -> None:
        pcm = np.frombuffer(self._ear.hear(payload), np.int16)
        if len(pcm) and np.abs(pcm).max() > LOUD:
            self.loud_at.append(time.monotonic())


def run_measure(measure: Coroutine[Any, Any, T]) -> T:
    """Run a measure on the event loop that a gateway process has, without its log."""
    structlog.configure(processors=[_say_nothing])
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        return runner.run(measure)


def _say_nothing(*_: object) -> EventDict:
    raise structlog.DropEvent


@asynccontextmanager
async def house(**knobs: object) -> AsyncIterator[tuple[House, Outside]]:
    """Run a sandbox process, and a gateway in this one; `knobs` are further settings."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        outside = await start(here)
        data = f"sqlite+aiosqlite:///{here}/data.db"
        upgrade(data)
        services = await build(
            Settings.model_validate(
                {
                    "state_dir": here / "state",
                    "database_url": data,
                    "keys_url": f"sqlite+aiosqlite:///{here}/keys.db",
                    "live_base_url": outside.google,
                    "live_ca_file": outside.state_dir / "tls.crt",
                    **knobs,
                }
            )
        )
        try:
            async with open_house(services) as opened:
                yield opened, outside
        finally:
            await services.close()
            await outside.stop()


@asynccontextmanager
async def call(opened: House, held: Round) -> AsyncIterator[tuple[RoomClient, Caller]]:
    """Be in the room with a voice; the interview has begun."""
    await opened.hold(held)
    async with opened.page(held) as page:
        caller = Caller()
        await caller.connect(page)
        await page.act("start")
        try:
            yield page, caller
        finally:
            await caller.close()
