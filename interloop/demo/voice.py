"""A microphone and an ear without a browser: one aiortc peer of the caller."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av.audio.frame import AudioFrame

from interloop.demo.room_client import RoomClient
from interloop.demo.wav import FRAME_BYTES, FRAME_SAMPLES, RATE

_FRAME_S = 0.02
_LATE_S = 0.2
_LOUD = 500


class Speech:
    """What is to be said; waits while no line is there, as a person does."""

    def __init__(self) -> None:
        self.frames: deque[bytes] = deque()
        self._said = asyncio.Event()
        self._said.set()

    async def say(self, frames: Sequence[bytes]) -> None:
        """Speak these frames (20 ms, 48 kHz, mono); returns when the last has left."""
        self.frames.extend(frames)
        self._said.clear()
        await self._said.wait()

    def next(self) -> bytes:
        """Return the next 20 ms: words or silence."""
        frame = self.frames.popleft() if self.frames else bytes(FRAME_BYTES)
        if not self.frames:
            self._said.set()
        return frame


class Microphone(MediaStreamTrack):
    """Sends the speech, frame by frame."""

    kind = "audio"

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._sent = 0
        self._began: float | None = None

    async def recv(self) -> AudioFrame:
        """Return the next 20 ms when it is due."""
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        self._began = self._began or now
        wait = self._began + self._sent * _FRAME_S - now
        if wait < -_LATE_S:
            # What a busy machine could not send in time was never said.
            self._sent += int(-wait / _FRAME_S)
        await asyncio.sleep(max(0.0, wait))
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME_SAMPLES)
        frame.planes[0].update(self._speech.next())
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._sent * FRAME_SAMPLES
        self._sent += 1
        return frame


class Voice:
    """One peer connection to the room; closed and made anew with each line."""

    def __init__(self, speech: Speech | None = None) -> None:
        self.speech = speech or Speech()
        self._microphone = Microphone(self.speech)
        self.loud_frames = 0
        """Frames of 20 ms in which something was heard."""
        self.heard_at = 0.0
        """When something was heard last, monotonic seconds."""
        self._pc = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self.connected = False
        self._listening: asyncio.Task[None] | None = None
        self._pc.on("track", self._on_track)

    async def connect(self, room: RoomClient) -> None:
        """Negotiate over the room's socket and wait for the connection."""
        connected = asyncio.Event()
        self._pc.on(
            "connectionstatechange",
            lambda: connected.set() if self._pc.connectionState == "connected" else None,
        )
        self._pc.addTrack(self._microphone)
        await self._pc.setLocalDescription(await self._pc.createOffer())
        sdp = await room.offer(self._pc.localDescription.sdp)
        await self._pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        await asyncio.wait_for(connected.wait(), 15)
        self.connected = True

    async def close(self) -> None:
        """Hang up."""
        self.connected = False
        if self._listening is not None:
            self._listening.cancel()
        self._microphone.stop()
        await self._pc.close()

    def _on_track(self, track: MediaStreamTrack) -> None:
        self._listening = asyncio.ensure_future(self._listen(track))

    async def _listen(self, track: MediaStreamTrack) -> None:
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            assert isinstance(frame, AudioFrame)
            if np.abs(frame.to_ndarray()).max() > _LOUD:
                self.loud_frames += 1
                self.heard_at = time.monotonic()
