"""One WebRTC connection of one page: voice both ways, a picture in; replaced as often as needed."""

import asyncio
from collections.abc import Callable

import structlog
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.exceptions import InternalError, InvalidAccessError, InvalidStateError

from interloop.domain.errors import Unreadable
from media_gateway.voice.aiortc_private import (
    Take,
    TakeVideo,
    counted,
    ignore,
    tap_audio,
    tap_video,
)
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

_PICTURE = {"video/VP8", "video/rtx"}

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
        watch: TakeVideo | None = None,
    ) -> None:
        """`changed(peer, connected)` is called as the connection comes and goes.

        `inside`: pages of this host and its private network may be called back. `watch` takes the
        candidate's picture; without it a picture is dropped on arrival.
        """
        self._inside = inside
        # Never the default servers: no address of ours is told to anybody.
        self._pc = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self._take = take
        self._watch = watch
        self._camera: RTCRtpReceiver | None = None
        self._sender: RTCRtpSender | None = None
        self._receivers: list[RTCRtpReceiver] = []
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
            self._expect_picture(sdp)
            await self._pc.setRemoteDescription(
                RTCSessionDescription(clean(sdp, inside=self._inside), "offer")
            )
            self._sender = self._sender or self._pc.addTrack(self._speaking)
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

    def counted(self) -> tuple[int, int]:
        """Return how many packets of all streams were expected and how many came."""
        both = [counted(receiver) for receiver in self._receivers]
        return sum(expected for expected, _ in both), sum(received for _, received in both)

    async def round_trip_ms(self) -> float | None:
        """Return the round trip as the page's reports on the interviewer's voice tell it."""
        if self._sender is None:
            return None
        stats = await self._sender.getStats()
        told = (getattr(each, "roundTripTime", None) for each in stats.values())
        return next((1000 * seconds for seconds in told if seconds is not None), None)

    async def close(self) -> None:
        """Close the connection; closing twice is fine."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._speaking.stop()
        await self._pc.close()

    def _expect_picture(self, sdp: str) -> None:
        """Make ready for the first picture of the offer, as VP8, if there is a taker for it.

        The voice stands first in an offer of ours, and is made first here too: in another order
        aiortc would close the one transport that all media share.
        """
        kinds = [line[2:].split(" ", 1)[0] for line in sdp.splitlines() if line.startswith("m=")]
        if self._watch is None or kinds[0] != "audio" or "video" not in kinds:
            return
        known = RTCRtpReceiver.getCapabilities("video")
        assert known is not None
        self._sender = self._pc.addTrack(self._speaking)
        transceiver = self._pc.addTransceiver("video", direction="recvonly")
        transceiver.setCodecPreferences([c for c in known.codecs if c.mimeType in _PICTURE])
        self._camera = transceiver.receiver

    def _on_track(self, track: MediaStreamTrack) -> None:
        receiver = next(t.receiver for t in self._pc.getTransceivers() if t.receiver.track is track)
        if track.kind == "audio":
            tap_audio(receiver, self._take)
        elif receiver is self._camera and self._watch is not None:
            tap_video(receiver, self._watch)
        else:
            ignore(receiver)
            return
        self._receivers.append(receiver)

    def _on_state(self) -> None:
        state = self._pc.connectionState
        _log.info("peer_state", state=state)
        if state == "connected" and self._deadline is not None:
            self._deadline.cancel()
        if state in {"connected", "failed", "closed"}:
            self._changed(self, state == "connected")

    def _give_up(self) -> None:
        self._closing = asyncio.get_running_loop().create_task(self.close())
