"""A caller with a camera, a line that loses packets, and what of the picture is on disk."""

import asyncio
import random
import time
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av.video.frame import VideoFrame
from sqlalchemy import select

from interloop.db import tables
from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Microphone, Speech
from interloop.integrations.audio.port import Packet
from interloop.recording.container import place_of_segment, read_segment
from interloop.security.sealing import KeyClass
from tests.gateway.house import House
from tests.gateway.rows import Round

WIDTH, HEIGHT, FPS = 320, 240, 15
_CLOCK = 90_000


class Camera(MediaStreamTrack):
    """Pictures with a bar that moves."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._sent = 0
        self._began = time.monotonic()

    async def recv(self) -> VideoFrame:
        """Return the next picture when it is due."""
        if self.readyState != "live":
            raise MediaStreamError
        self._sent += 1
        await asyncio.sleep(max(0.0, self._began + self._sent / FPS - time.monotonic()))
        picture = np.full((HEIGHT, WIDTH, 3), 64, np.uint8)
        left = 8 * self._sent % (WIDTH - 16)
        picture[:, left : left + 16] = 220
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self._sent * _CLOCK // FPS, Fraction(1, _CLOCK)
        return frame


class Caller:
    """Voice and picture over one peer connection, whose packets `lose` may drop."""

    def __init__(self) -> None:
        self.speech = Speech()
        self.lose: Callable[[bytes], bool] = lambda _packet: False
        self._tracks = (Microphone(self.speech), Camera())
        self._pc = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )

    async def connect(self, room: RoomClient) -> str:
        """Negotiate over the room's socket; return the gateway's answer once connected."""
        connected = asyncio.Event()
        self._pc.on(
            "connectionstatechange",
            lambda: connected.set() if self._pc.connectionState == "connected" else None,
        )
        for track in self._tracks:
            self._pc.addTrack(track)
        await self._pc.setLocalDescription(await self._pc.createOffer())
        sdp = await room.offer(self._pc.localDescription.sdp)
        await self._pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        self._leak()
        await asyncio.wait_for(connected.wait(), 15)
        return sdp

    def lose_at_random(self, part: float) -> None:
        """Drop this part of all packets from now on, each time the same ones."""
        dice = random.Random(1)
        self.lose = lambda _packet: dice.random() < part

    async def close(self) -> None:
        """Hang up."""
        for track in self._tracks:
            track.stop()
        await self._pc.close()

    def _leak(self) -> None:
        """Put `lose` between both senders and the socket."""
        ice = self._pc.getSenders()[0].transport.transport
        send = ice._send

        async def sometimes(data: bytes) -> None:
            rtp = 127 < data[0] < 192
            if not (rtp and self.lose(data)):
                await send(data)

        ice._send = sometimes


async def pictures(house: House, held: Round) -> list[Packet]:
    """Return what is recorded of the picture so far, from every epoch."""
    box = await house.services.keys.box(held.org_id, held.candidate_id, KeyClass.media)
    found: list[Packet] = []
    async with house.services.db.read(held.org_id) as session:
        rows = await session.scalars(
            select(tables.Segment).where(
                tables.Segment.interview_id == held.interview_id,
                tables.Segment.source == tables.SegmentSource.candidate_video,
            )
        )
        for row in rows:
            path = house.services.settings.recordings_dir / row.object_key
            # The row stands before the file's first byte.
            data = path.read_bytes() if path.exists() else b""
            found += read_segment(data, box, place_of_segment(row.id)).packets
    return found


def decoded(packets: list[Packet]) -> int:
    """Return how many pictures a player makes of these frames; a broken one raises."""
    codec = av.CodecContext.create("vp8", "r")
    return sum(len(codec.decode(av.Packet(packet.data))) for packet in packets)
