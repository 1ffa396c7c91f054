"""A microphone and an ear over a wire, as the page has them where UDP is blocked."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from fractions import Fraction

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Speech
from interloop.demo.wav import FRAME_SAMPLES, RATE
from interloop.domain.wire import HEADER, OPEN, Frame, FrameKind
from tests.gateway.house import House

START = 4_000_000
"""Where this microphone's clock stands at first; any number does."""


class Encoder:
    """48 kHz mono PCM to Opus packets of 20 ms."""

    def __init__(self) -> None:
        codec = AudioCodecContext.create("libopus", "w")
        codec.format, codec.layout, codec.sample_rate = "s16", "mono", RATE
        codec.time_base = Fraction(1, RATE)
        codec.options = {"frame_duration": "20"}
        self._codec = codec
        self._pts = 0

    def encode(self, pcm: bytes) -> list[bytes]:
        """Return what comes out for these 20 ms."""
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME_SAMPLES)
        frame.planes[0].update(pcm)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._pts
        self._pts += FRAME_SAMPLES
        return [bytes(packet) for packet in self._codec.encode(frame)]


class WiredVoice:
    """Sends what is said in real time and counts what is heard."""

    def __init__(self, socket: ClientConnection, speech: Speech) -> None:
        self._socket = socket
        self._encoder = Encoder()
        self._decoder = av.CodecContext.create("libopus", "r")
        self.speech = speech
        self.deaf = False
        """A stalled page: what comes is not acknowledged any more."""
        self.packets = 0
        self.hushes = 0
        self.keys_wanted = 0
        self.seen = 0
        """The newest picture that the gateway says it has."""
        self.late_s = 0.0
        """By how much a full line keeps each packet back."""
        self._began = 0.0

    def stamp(self) -> int:
        """Return what the microphone's clock shows now."""
        return START + int((time.monotonic() - self._began) * RATE)

    async def send(self) -> None:
        """Send the microphone, until cancelled or the line is gone."""
        await self._put(Frame(FrameKind.clock, 0, START))
        self._began, sent = time.monotonic(), 0
        while True:
            due = self._began + sent * 0.02 + self.late_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            for packet in self._encoder.encode(self.speech.next()):
                stamp, heard = START + sent * FRAME_SAMPLES, 0 if self.deaf else self.packets
                await self._put(Frame(FrameKind.microphone, sent, stamp, heard, packet))
            sent += 1

    async def hear(self) -> None:
        """Take what the gateway sends."""
        async for message in self._socket:
            assert isinstance(message, bytes)
            kind = HEADER.unpack_from(message)[0]
            if kind == FrameKind.hush:
                self.hushes += 1
            elif kind == FrameKind.key_wanted:
                self.keys_wanted += 1
            elif kind == FrameKind.seen:
                self.seen = HEADER.unpack_from(message)[1]
            else:
                assert self._decoder.decode(av.Packet(message[HEADER.size :]))
                self.packets += 1

    async def _put(self, frame: Frame) -> None:
        await self._socket.send(frame.packed())


@asynccontextmanager
async def open_wire(house: House, token: str) -> AsyncIterator[ClientConnection]:
    """Open a wire's socket and send the pass."""
    url = house.address.replace("http", "ws") + "/wire"
    async with connect(url, origin=Origin(house.origin), proxy=None) as socket:
        await socket.send(token)
        yield socket


@asynccontextmanager
async def wired(
    house: House, page: RoomClient, speech: Speech | None = None
) -> AsyncIterator[WiredVoice]:
    """Speak and hear over a wire while the block lasts."""
    async with open_wire(house, await page.wire_pass()) as socket:
        assert await socket.recv() == OPEN
        voice = WiredVoice(socket, speech or Speech())
        async with talking(voice.send(), voice.hear()):
            yield voice


@asynccontextmanager
async def talking(*doing: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do all this while the block lasts; a line that closes ends it quietly."""
    tasks = [asyncio.create_task(each) for each in doing]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError, ConnectionClosed):
                await task
