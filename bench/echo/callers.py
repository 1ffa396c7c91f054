"""Calls an echo and times its bursts on the wire: `python -m bench.echo.callers N SECONDS URL`.

Each caller sends Opus packets made beforehand: 100 ms of a tone in each second of silence. A burst
is told by the size of its packets, sent and received, so neither jitter buffer nor decoder of the
caller is in what is measured. Nothing is measured before every call is connected and has gone on
for `SETTLE_S`. Prints an empty line when that is so, and after SECONDS a line of JSON: the delays
in ms, and bursts without an echo.
"""

import asyncio
import json
import sys
import time
from fractions import Fraction
from statistics import median
from typing import Any

import av
import httpx2
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.packet import Packet

from bench.echo.wire import Offered
from media_gateway.voice.aiortc_private import offer_loopback

RATE, PACKET, PER_SECOND = 48_000, 960, 50
SETTLE_S, LATEST_S, APART_S = 5.0, 0.9, 0.4
TIME_BASE = Fraction(1, RATE)


def period() -> tuple[list[bytes], int]:
    """Return the packets of one second, and which of them begins the burst."""
    at = np.arange(RATE)
    sound = np.where(at < RATE // 10, np.sin(2 * np.pi * 1000 * at / RATE) * 16_000, 0)
    sound = np.tile(sound.astype(np.int16), 3)
    codec = AudioCodecContext.create("libopus", "w")
    codec.bit_rate, codec.format, codec.layout = 32_000, "s16", "mono"
    codec.sample_rate, codec.time_base = RATE, TIME_BASE
    codec.options = {"application": "voip"}
    packets: list[bytes] = []
    for start in range(0, sound.size, PACKET):
        frame = AudioFrame.from_ndarray(
            sound[None, start : start + PACKET], format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = RATE, start
        packets += [bytes(packet) for packet in codec.encode(frame)]
    second = packets[PER_SECOND : 2 * PER_SECOND]
    loud = _loud([len(packet) for packet in second])
    return second, second.index(next(p for p in second if len(p) > loud))


class Microphone(MediaStreamTrack):
    """Sends the period again and again and notes when each burst left."""

    kind = "audio"

    def __init__(self, packets: list[bytes], first: int, *, phase: int) -> None:
        super().__init__()
        self._packets, self._first, self._phase = packets, first, phase
        self._began = 0.0
        self._sent = 0
        self.bursts: list[float] = []

    async def recv(self) -> "Packet[Any]":
        """Return the next packet when it is due."""
        self._began = self._began or time.monotonic()
        await asyncio.sleep(max(0.0, self._began + self._sent / PER_SECOND - time.monotonic()))
        number = (self._sent + self._phase) % PER_SECOND
        if number == self._first:
            self.bursts.append(time.monotonic())
        packet: Packet[Any] = av.Packet(self._packets[number])
        packet.pts, packet.time_base = self._sent * PACKET, TIME_BASE
        self._sent += 1
        return packet


class Window:
    """The time in which is measured, the same for all calls."""

    def __init__(self, calls: int, seconds: float) -> None:
        self._missing = calls
        self._seconds = seconds
        self._all_there = asyncio.Event()
        self.began = self.ended = 0.0

    def is_there(self) -> None:
        """One more call is connected."""
        self._missing -= 1
        if not self._missing:
            self._all_there.set()

    async def run(self) -> None:
        """Wait for all calls, let them settle, then for the window to end."""
        await asyncio.wait_for(self._all_there.wait(), 90)
        await asyncio.sleep(SETTLE_S)
        print(flush=True)
        self.began = time.monotonic()
        await asyncio.sleep(self._seconds)
        self.ended = time.monotonic()


async def call(url: str, microphone: Microphone, window: Window) -> list[tuple[float, int]]:
    """Hold one call until cancelled; return when which packet came."""
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
    connected = asyncio.Event()
    pc.on(
        "connectionstatechange",
        lambda: connected.set() if pc.connectionState == "connected" else None,
    )
    came: list[tuple[float, int]] = []

    async def take(packet: Any, arrival_time_ms: int) -> None:  # noqa: ARG001 - its signature
        came.append((time.monotonic(), len(packet.payload)))

    transceiver = pc.addTransceiver(microphone, direction="sendrecv")
    # On the receiver's own way in: what aiortc would do with the packet costs and delays.
    setattr(transceiver.receiver, "_handle_rtp_packet", take)  # noqa: B010 - a private name
    if "pipecat" in sys.argv[4:]:
        # pipecat answers nothing but its own client's set of sections.
        for _ in range(2):
            pc.addTransceiver("video", direction="recvonly")
        pc.createDataChannel("chat")
    await pc.setLocalDescription(await pc.createOffer())
    offered = Offered(sdp=pc.localDescription.sdp)
    async with httpx2.AsyncClient(timeout=30) as http:
        reply = await http.post(url, json=offered.model_dump())
    answer = Offered.model_validate(reply.raise_for_status().json())
    await pc.setRemoteDescription(RTCSessionDescription(answer.sdp, answer.type))
    await connected.wait()
    window.is_there()
    while not window.ended:  # noqa: ASYNC110 - a clock, no event
        await asyncio.sleep(0.2)
    await asyncio.sleep(LATEST_S)
    await pc.close()
    return came


def delays(sent: list[float], came: list[tuple[float, int]], window: Window) -> list[float | None]:
    """Match the bursts that left in the window with bursts that came."""
    sent = [at for at in sent if window.began <= at < window.ended]
    came = [(at, size) for at, size in came if at >= window.began - LATEST_S]
    loud = _loud([size for _, size in came])
    echoes: list[float] = []
    last = float("-inf")
    for at, size in came:
        if size > loud:
            if at - last > APART_S:
                echoes.append(at)
            last = at
    return [
        next((1000 * (echo - left) for echo in echoes if 0 < echo - left < LATEST_S), None)
        for left in sent
    ]


def _loud(sizes: list[int]) -> float:
    """Return the size above which a packet holds the tone: most hold silence."""
    quiet = median(sizes) if sizes else 0
    return quiet + 0.35 * (max(sizes, default=0) - quiet)


async def main() -> None:
    """Hold the calls side by side, their bursts spread over the second."""
    offer_loopback()
    count, seconds, url = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    packets, first = period()
    window = Window(count, seconds)
    measuring = asyncio.create_task(window.run())
    microphones, calls = [], []
    for number in range(count):
        microphones.append(Microphone(packets, first, phase=number * PER_SECOND // count))
        calls.append(asyncio.create_task(call(url, microphones[-1], window)))
        await asyncio.sleep(0.12)
    await measuring
    came = await asyncio.gather(*calls)
    both = zip(microphones, came, strict=True)
    each = [delay for own, heard in both for delay in delays(own.bursts, heard, window)]
    echoed = sorted(delay for delay in each if delay is not None)
    print(json.dumps({"ms": [round(ms, 1) for ms in echoed], "lost": len(each) - len(echoed)}))


if __name__ == "__main__":
    asyncio.run(main())
