"""One WebRTC connection of one page: voice in, voice out; replaced whenever the page needs one."""

import asyncio
from collections.abc import Callable

import structlog
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.exceptions import InternalError, InvalidAccessError, InvalidStateError

from interloop.domain.errors import Unreadable
from media_gateway.voice.aiortc_private import Take, ignore, tap_audio
from media_gateway.voice.offer import check_offer, clean

CONNECT_S = 15.0
_BAD_SDP = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    InternalError,
    InvalidAccessError,
    InvalidStateError,
)
"""What aiortc raises for text that is no offer, as found by feeding it such."""

_log = structlog.get_logger(__name__)


class Peer:
    """Answers one offer and lives until it is closed or the line is gone."""

    def __init__(
        self,
        take: Take,
        speaking: MediaStreamTrack,
        *,
        changed: Callable[["Peer", bool], None],
        inside: bool,
    ) -> None:
        """`changed(peer, connected)` is called as the connection comes and goes.

        `inside`: pages of this host and its private network may be called back.
        """
        self._inside = inside
        # Never the default servers: no address of ours is told to anybody.
        self._pc = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self._take = take
        self._speaking = speaking
        self._changed = changed
        self._deadline: asyncio.TimerHandle | None = None
        self._closing: asyncio.Task[None] | None = None
        self._pc.on("track", self._on_track)
        self._pc.on("connectionstatechange", self._on_state)

    async def answer(self, sdp: str) -> str:
        """Return the SDP answer; `Unreadable` for an offer that is none or asks too much."""
        check_offer(sdp)
        answered = False
        try:
            await self._pc.setRemoteDescription(
                RTCSessionDescription(clean(sdp, inside=self._inside), "offer")
            )
            self._pc.addTrack(self._speaking)
            await self._pc.setLocalDescription(await self._pc.createAnswer())
            answered = True
        except _BAD_SDP as wrong:
            raise Unreadable("offer cannot be answered", code="bad_offer") from wrong
        finally:
            # Also when the page is gone in the middle: sockets are open by then.
            if not answered:
                await self.close()
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(CONNECT_S, self._give_up)
        return self._pc.localDescription.sdp

    async def close(self) -> None:
        """Close the connection; closing twice is fine."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._speaking.stop()
        await self._pc.close()

    def _on_track(self, track: MediaStreamTrack) -> None:
        receiver = next(t.receiver for t in self._pc.getTransceivers() if t.receiver.track is track)
        if track.kind == "audio":
            tap_audio(receiver, self._take)
        else:
            ignore(receiver)

    def _on_state(self) -> None:
        state = self._pc.connectionState
        _log.info("peer_state", state=state)
        if state == "connected" and self._deadline is not None:
            self._deadline.cancel()
        if state in {"connected", "failed", "closed"}:
            self._changed(self, state == "connected")

    def _give_up(self) -> None:
        self._closing = asyncio.get_running_loop().create_task(self.close())
