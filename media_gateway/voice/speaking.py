"""The track a page hears: 20 ms of the interviewer at a time, recorded as it leaves."""

from collections.abc import Callable
from typing import Any

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av.packet import Packet

from media_gateway.voice.opus import RTP_PER_PACKET, RTP_TIME_BASE, Mouth
from media_gateway.voice.pace import Pace
from media_gateway.voice.playout import Playout


class SpeakingTrack(MediaStreamTrack):
    """Paced by the monotonic clock; silence is sent between utterances."""

    kind = "audio"

    def __init__(self, playout: Playout, record: Callable[[bytes], None]) -> None:
        super().__init__()
        self._playout = playout
        self._record = record
        self._mouth = Mouth()
        self._sent = 0
        self._pace = Pace()

    async def recv(self) -> "Packet[Any]":
        """Return the next 20 ms as an Opus packet, when it is due."""
        while True:
            await self._due()
            pcm = self._playout.pull()
            if pcm is None:
                data = self._mouth.rest(cut=self._playout.cut_short)
            else:
                data = self._mouth.say(pcm)
            self._sent += 1
            if data:
                if pcm is not None:
                    self._record(data)
                return self._packet(data)

    def _packet(self, data: bytes) -> "Packet[Any]":
        packet: Packet[Any] = Packet(data)
        packet.pts = self._sent * RTP_PER_PACKET
        packet.time_base = RTP_TIME_BASE
        return packet

    async def _due(self) -> None:
        if self.readyState != "live":
            raise MediaStreamError
        await self._pace.due()
