"""A camera over a wire: pictures as the page makes them where UDP is blocked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction

import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from websockets.asyncio.client import ClientConnection

from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Speech
from interloop.domain.wire import OPEN, Frame, FrameKind
from tests.gateway.house import House
from tests.gateway.wired import WiredVoice, open_wire, talking

WIDTH, HEIGHT, FPS = 320, 240, 10


class Encoder:
    """Pictures with a bar that moves, as VP8; the first one stands alone."""

    def __init__(self) -> None:
        codec = VideoCodecContext.create("libvpx", "w")
        codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        codec.time_base, codec.bit_rate = Fraction(1, FPS), 100_000
        codec.gop_size = 100_000
        codec.options = {"deadline": "realtime", "lag-in-frames": "0", "cpu-used": "8"}
        self._codec = codec
        self._made = 0

    def next(self, *, key: bool) -> bytes:
        """Return the next picture."""
        picture = np.full((HEIGHT, WIDTH, 3), 64, np.uint8)
        left = 8 * self._made % (WIDTH - 16)
        picture[:, left : left + 16] = 220
        frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
        frame.pts, frame.time_base = self._made, Fraction(1, FPS)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        self._made += 1
        [packet] = self._codec.encode(frame)
        return bytes(packet)


class WiredCamera:
    """Sends a picture ten times a second, beside a voice on the same socket."""

    def __init__(self, socket: ClientConnection, voice: WiredVoice) -> None:
        self._socket = socket
        self._voice = voice
        self._encoder = Encoder()
        self.sent = 0

    async def send(self) -> None:
        """Send pictures, until cancelled; one that stands alone whenever the gateway asks."""
        began, asked = time.monotonic(), 0
        while True:
            await asyncio.sleep(max(0.0, began + self.sent / FPS - time.monotonic()))
            key, asked = self._voice.keys_wanted > asked, self._voice.keys_wanted
            stamp = self._voice.stamp()
            data = self._encoder.next(key=key)
            frame = Frame(FrameKind.picture, self.sent + 1, stamp, self._voice.packets, data)
            await self._socket.send(frame.packed())
            self.sent += 1


@asynccontextmanager
async def filmed(
    house: House, page: RoomClient, speech: Speech | None = None
) -> AsyncIterator[tuple[WiredVoice, WiredCamera]]:
    """Speak, hear and show oneself over a wire while the block lasts."""
    async with open_wire(house, await page.wire_pass()) as socket:
        assert await socket.recv() == OPEN
        voice = WiredVoice(socket, speech or Speech())
        camera = WiredCamera(socket, voice)
        async with talking(voice.send(), voice.hear(), camera.send()):
            yield voice, camera


def picture() -> bytes:
    """Return one picture that stands alone."""
    return Encoder().next(key=True)
