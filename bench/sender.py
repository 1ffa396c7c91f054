"""A page that sends 640x480 at 30 pictures a second and a voice, encoded beforehand.

`python -m bench.sender` writes an SDP offer as one line of JSON, reads the answer the same way, and
sends until its standard input ends. A process of its own: its work is not the gateway's.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from media_gateway.voice.aiortc_private import offer_loopback
from media_gateway.voice.opus import Mouth

WIDTH, HEIGHT, FPS, KBIT = 640, 480, 30, 750
_PICTURES = 150
_CLOCK = 90_000


class Played(MediaStreamTrack):
    """Sends the same encoded packets again and again, each when it is due."""

    def __init__(self, kind: str, packets: Sequence[bytes], *, rate: int, clock: int) -> None:
        super().__init__()
        self.kind = kind
        self._packets = packets
        self._rate = rate
        self._clock = clock
        self._sent = 0
        self._began: float | None = None

    async def recv(self) -> "Packet[Any]":
        """Return the next packet."""
        self._began = self._began or time.monotonic()
        due = self._began + self._sent / self._rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        packet: Packet[Any] = Packet(self._packets[self._sent % len(self._packets)])
        packet.pts = self._sent * self._clock // self._rate
        packet.time_base = Fraction(1, self._clock)
        self._sent += 1
        return packet


def pictures() -> list[bytes]:
    """Return five seconds of VP8, a key frame first: a bright bar over noise that moves."""
    codec = VideoCodecContext.create("libvpx", "w")
    assert isinstance(codec, VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, FPS), Fraction(FPS, 1)
    codec.bit_rate = KBIT * 1000
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "g": "1000"}
    noise = np.random.default_rng(1).integers(90, 120, (HEIGHT, WIDTH * 2, 3), np.uint8)
    encoded: list[bytes] = []
    for number in range(_PICTURES):
        picture = noise[:, 2 * number : 2 * number + WIDTH].copy()
        picture[:, 4 * number : 4 * number + 30] = 220
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        encoded += [bytes(packet) for packet in codec.encode(frame)]
    return encoded


def voice() -> list[bytes]:
    """Return five seconds of a tone as Opus."""
    at = np.arange(24_000 * 5) / 24_000
    pcm = (np.sin(2 * np.pi * 220 * at) * 9000).astype(np.int16).tobytes()
    mouth = Mouth()
    said = [mouth.say(pcm[n : n + 960]) for n in range(0, len(pcm) - 959, 960)]
    return [packet for packet in said if packet]


async def main() -> None:
    """Offer, connect, send until nobody wants it any more."""
    offer_loopback()
    peer = RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )
    peer.addTrack(Played("audio", voice(), rate=50, clock=48_000))
    peer.addTrack(Played("video", pictures(), rate=FPS, clock=_CLOCK))
    await peer.setLocalDescription(await peer.createOffer())
    print(json.dumps({"sdp": peer.localDescription.sdp}), flush=True)
    loop = asyncio.get_running_loop()
    answer = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    await peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
    await loop.run_in_executor(None, sys.stdin.readline)
    await peer.close()


if __name__ == "__main__":
    av.logging.set_level(av.logging.ERROR)
    asyncio.run(main())
