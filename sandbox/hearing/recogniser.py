"""Keeps the recognising process and hands each turn's sound to it."""

import asyncio
import base64
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from itertools import count

import structlog

from sandbox.hearing.turn import Partial

_log = structlog.get_logger(__name__)
_COMMAND = (sys.executable, "-m", "sandbox.hearing.child")
_LINE_LIMIT = 1 << 20


class Recogniser:
    """One child process for all sessions; without it every voice turn is heard as nothing."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._turns: dict[str, RecognisedTurn] = {}
        self._names = count(1)
        self.ready = asyncio.Event()

    async def start(self) -> None:
        """Starts the child; it loads its model while the first caller is still connecting."""
        self._process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, limit=_LINE_LIMIT
        )
        self._reader = asyncio.create_task(self._read())

    async def stop(self) -> None:
        """Ends the child at once; open turns end with what is known."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        if self._reader is not None:
            await self._reader

    def begin(self, speaker: str, partial: Partial) -> "RecognisedTurn":
        """A new turn whose sound goes to the child, which remembers how the speaker sounds."""
        name = str(next(self._names))
        self._turns[name] = RecognisedTurn(self, (name, speaker), partial)
        return self._turns[name]

    async def send(self, line: dict[str, object]) -> None:
        """One line to the child; silently nothing when it is gone."""
        if self._process is None or self._process.stdin is None:
            return
        with suppress(ConnectionError):
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            await self._process.stdin.drain()

    def forget(self, name: str) -> None:
        """The turn is over."""
        self._turns.pop(name, None)

    @property
    def alive(self) -> bool:
        """Whether a child is there to answer."""
        return self._process is not None and self._process.returncode is None

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for raw in self._process.stdout:
            line = json.loads(raw)
            if "ready" in line:
                _log.info("recogniser_ready", usable=line["ready"])
                self.ready.set()
            elif turn := self._turns.get(line["turn"]):
                await turn.take(line["text"], final=line["final"])
        for turn in list(self._turns.values()):
            await turn.take(turn.text, final=True)


class RecognisedTurn:
    """A turn that pocketsphinx hears."""

    def __init__(self, recogniser: Recogniser, names: tuple[str, str], partial: Partial) -> None:
        self._recogniser = recogniser
        self._name, self._speaker = names
        self._partial = partial
        self._final = asyncio.Event()
        self.text = ""

    async def feed(self, pcm: bytes) -> None:
        """Hands the sound on; waits when the child lags behind."""
        data = base64.b64encode(pcm).decode()
        line = {"turn": self._name, "speaker": self._speaker, "at": time.monotonic(), "pcm": data}
        await self._recogniser.send(line)

    async def finish(self) -> str:
        """Waits for the child to read the last sound."""
        if self._recogniser.alive:
            await self._recogniser.send({"turn": self._name, "end": True})
            await self._final.wait()
        self._recogniser.forget(self._name)
        return self.text

    async def drop(self) -> None:
        """Frees the decoder."""
        self._recogniser.forget(self._name)
        await self._recogniser.send({"turn": self._name, "drop": True})

    async def take(self, text: str, *, final: bool) -> None:
        """What the child understood so far."""
        self.text = text
        if final:
            self._final.set()
        else:
            await self._partial(text)
