"""The media of one call: the present peer, what it hears and says, and the recorder."""

import asyncio

from interloop.db.tables import SegmentSource
from interloop.domain.errors import Unreadable
from media_gateway.clock import InterviewClock
from media_gateway.conversation import Conversation
from media_gateway.recorder import Recorder
from media_gateway.voice.channel import Channel
from media_gateway.voice.listening import Listening
from media_gateway.voice.opus import PACKET_MS
from media_gateway.voice.peer import Peer
from media_gateway.voice.speaking import SpeakingTrack
from media_gateway.voice.timeline import Timeline

_WEAK_MS = 2000
"""Without a packet for so long, the line is called weak."""

_WATCH_S = 0.5


class Media:
    """At most one peer at a time; the newest offer wins."""

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        *,
        recorder: Recorder,
        clock: InterviewClock,
        inside: bool,
    ) -> None:
        """`inside`: see `Peer`."""
        self._inside = inside
        self._conversation = conversation
        self._channel = channel
        self._recorder = recorder
        self._clock = clock
        self._peer: Peer | None = None
        self._listening: Listening | None = None
        self._played = Timeline(1)
        self._played_ms = 0
        self._weak = False
        self._ended = False
        self._changing = asyncio.Lock()

    async def answer(self, sdp: str) -> str:
        """Close the peer there was and answer with a new one; `Unreadable` for a bad offer."""
        async with self._changing:
            await self.close()
            return await self._answer(sdp)

    async def _answer(self, sdp: str) -> str:
        if self._ended:
            raise Unreadable("the call is over", code="bad_offer")
        listening = Listening(
            self._conversation, self._channel, recorder=self._recorder, clock=self._clock
        )
        peer = Peer(
            listening.take,
            SpeakingTrack(self._channel.playout, self._record_played),
            changed=self._changed,
            inside=self._inside,
        )
        answer = await peer.answer(sdp)
        self._peer, self._listening = peer, listening
        if self._conversation.records:
            for source in (SegmentSource.candidate_audio, SegmentSource.interviewer_audio):
                await self._recorder.open(source, self._clock.ms())
        return answer

    async def close(self) -> None:
        """Close the present peer: nobody listens any more."""
        peer, self._peer, self._listening = self._peer, None, None
        if peer is not None:
            self._channel.playout.detach(peer)
            await peer.close()

    async def end(self) -> None:
        """Close the peer, then every file."""
        self._ended = True
        async with self._changing:
            await self.close()
        await self._recorder.close()

    async def watch(self) -> None:
        """Tell the page when its voice does not arrive; runs until cancelled."""
        while True:
            await asyncio.sleep(_WATCH_S)
            listening = self._listening if self._channel.playout.attached else None
            silent_ms = self._clock.ms() - listening.last_packet_ms if listening else 0
            if (silent_ms > _WEAK_MS) is not self._weak:
                self._weak = not self._weak
                self._conversation.room.notice("line_weak" if self._weak else "line_good")

    def _changed(self, peer: Peer, connected: bool) -> None:  # noqa: FBT001 - a callback
        if peer is not self._peer:
            return
        if connected:
            self._channel.playout.attach(peer)
        else:
            self._channel.playout.detach(peer)

    def _record_played(self, packet: bytes) -> None:
        if self._conversation.may_record():
            self._played_ms += PACKET_MS
            at_ms = self._played.ms(self._played_ms, self._clock.ms())
            self._recorder.put(SegmentSource.interviewer_audio, at_ms, packet)
