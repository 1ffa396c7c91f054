"""The media of one call: what carries the voice now, what is about to, and the recorder."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from interloop.db.tables import SegmentSource
from interloop.domain.errors import Unreadable
from interloop.domain.wire import WireClose
from media_gateway.clock import InterviewClock
from media_gateway.conversation import Conversation
from media_gateway.recorder import Recorder
from media_gateway.video.quality import SAMPLE_S, Quality
from media_gateway.video.sight import Sight
from media_gateway.video.watching import Watching
from media_gateway.voice.channel import Channel
from media_gateway.voice.listening import Listening
from media_gateway.voice.opus import PACKET_MS
from media_gateway.voice.peer import Peer
from media_gateway.voice.speaking import SpeakingTrack
from media_gateway.voice.timeline import CaptureTimeline, Placing, Timeline
from media_gateway.wire.wire import Wire

_WEAK_MS = 2000
"""Without a packet for so long, the line is called weak."""

_RTP_PER_MS = 48
_HELD_UP_MS = 1500
"""A busy moment shorter than this moves no word of a recording from its place."""


class Carrier(Protocol):
    """What brings the voice both ways: a peer connection or a wire."""

    async def close(self) -> None:
        """Hang up; twice is fine."""
        ...


@dataclass(frozen=True)
class Terms:
    """What this house and this candidate allow."""

    inside: bool
    """See `Peer`."""
    allows_picture: Callable[[], Awaitable[bool]]
    """Asked at each offer: the candidate may have changed their mind."""


@dataclass(eq=False)
class _Carried:
    carrier: Carrier
    listening: Listening
    sight: Sight


class Media:
    """One carrier at a time; the newest that works takes over from the one before, without a gap.

    A carrier that is only being tried changes nothing: the one that works goes on until then.
    """

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        *,
        recorder: Recorder,
        clock: InterviewClock,
        terms: Terms,
    ) -> None:
        self._terms = terms
        self._conversation = conversation
        self._channel = channel
        self._recorder = recorder
        self._clock = clock
        self.quality = Quality(conversation.room)
        self._now: _Carried | None = None
        self._tried: _Carried | None = None
        self._heard_until_ms = self._seen_until_ms = -1
        self._played = Timeline(1)
        self._played_ms = 0
        self._weak = False
        self._ended = False
        self._changing = asyncio.Lock()
        self._closing: set[asyncio.Task[None]] = set()

    async def answer(self, sdp: str) -> str:
        """Answer with a new peer, which takes over once connected; `Unreadable`: a bad offer."""
        async with self._changing:
            self._must_go_on()
            listening = self._new_listening(Timeline(_RTP_PER_MS, _HELD_UP_MS))
            sight = Sight(await self._picture())
            peer = Peer(
                sight.hearing(self._only_of(listening)),
                SpeakingTrack(self._channel.playout, self._record_played),
                changed=self._changed,
                inside=self._terms.inside,
                watch=sight.take_picture if sight.agreed else None,
            )
            sight.peer = peer
            answer = await peer.answer(sdp)
            self._let_go(self._tried)
            self._tried = _Carried(peer, listening, sight)
            await self._open_files()
            return answer

    def wire(
        self,
        send: Callable[[bytes], Awaitable[None]],
        hang_up: Callable[[WireClose], Awaitable[None]],
    ) -> Wire:
        """Return a wire over a socket that was let in; `carry` begins it."""
        return Wire(send, hang_up, playout=self._channel.playout, record=self._record_played)

    async def carry(self, wire: Wire) -> None:
        """Let this wire take over now; `Unreadable` when the call is over."""
        async with self._changing:
            self._must_go_on()
            timeline = CaptureTimeline()
            listening = self._new_listening(timeline)
            sight = Sight(await self._picture(), wired=True)
            wire.take = sight.hearing(self._only_of(listening))
            wire.show = lambda stamp, frame: sight.take_whole(
                timeline.beside(stamp, self._clock.ms()), frame
            )
            wire.set_clock = lambda stamp: timeline.set_clock(stamp, self._clock.ms())
            await self._open_files()
            self._take_over(_Carried(wire, listening, sight))

    async def drop(self, wire: Wire) -> None:
        """The wire's socket is gone."""
        if self._now is not None and self._now.carrier is wire:
            self._forget(self._now)

    async def close(self) -> None:
        """Close every carrier: nobody listens any more."""
        now, tried = self._now, self._tried
        self._tried = None
        if now is not None:
            self._forget(now)
        for carried in (now, tried):
            if carried is not None:
                await carried.carrier.close()
        await asyncio.gather(*self._closing)

    async def end(self) -> None:
        """Close every carrier, then every file."""
        self._ended = True
        async with self._changing:
            await self.close()
        await self._recorder.close()

    async def watch(self) -> None:
        """Keep an eye on the line, and on a picture that comes; runs until cancelled."""
        while True:
            await asyncio.sleep(SAMPLE_S)
            now = self._now
            self._say_when_silent(now)
            if now is None:
                continue
            if now.sight.wanted:
                await self._recorder.open(SegmentSource.candidate_video, self._clock.ms())
                now.sight.record()
            await self.quality.sample(now.sight)

    def _say_when_silent(self, now: _Carried | None) -> None:
        """Tell the page when its voice does not arrive."""
        silent_ms = self._clock.ms() - now.listening.last_packet_ms if now else 0
        if (silent_ms > _WEAK_MS) is not self._weak:
            self._weak = not self._weak
            self._conversation.room.notice("line_weak" if self._weak else "line_good")

    async def _picture(self) -> Watching | None:
        """Return who takes the candidate's picture, if they agreed to that."""
        if not await self._terms.allows_picture():
            return None
        return Watching(self._recorder, self._clock, may_record=self._conversation.may_record)

    def _must_go_on(self) -> None:
        if self._ended:
            raise Unreadable("the call is over", code="bad_offer")

    def _new_listening(self, timeline: Placing) -> Listening:
        return Listening(
            self._conversation,
            self._channel,
            recorder=self._recorder,
            clock=self._clock,
            timeline=timeline,
        )

    def _only_of(self, listening: Listening) -> Callable[[int, int, bytes], None]:
        """Return where a carrier's packets go: nowhere unless it is the present one."""

        def take(sequence: int, timestamp: int, payload: bytes) -> None:
            if self._now is not None and self._now.listening is listening:
                listening.take(sequence, timestamp, payload)

        return take

    def _changed(self, peer: Peer, connected: bool) -> None:  # noqa: FBT001 - a callback
        if self._tried is not None and self._tried.carrier is peer:
            tried, self._tried = self._tried, None
            if connected:
                self._take_over(tried)
        elif self._now is not None and self._now.carrier is peer and not connected:
            self._forget(self._now)

    def _take_over(self, carried: _Carried) -> None:
        before, self._now = self._now, carried
        if before is not None:
            self._note_end(before)
        carried.listening.begin(self._heard_until_ms)
        carried.sight.begin(self._seen_until_ms)
        self._channel.playout.attach(carried.carrier)
        self.quality.begin(carried.sight)
        self._let_go(before)

    def _forget(self, carried: _Carried) -> None:
        self._now = None
        self._note_end(carried)
        self._channel.playout.detach(carried.carrier)

    def _note_end(self, carried: _Carried) -> None:
        self._heard_until_ms = carried.listening.until_ms
        self._seen_until_ms = max(self._seen_until_ms, carried.sight.end())

    def _let_go(self, carried: _Carried | None) -> None:
        """Close a carrier that has no say any more, without waiting for it."""
        if carried is not None:
            closing = asyncio.ensure_future(carried.carrier.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _open_files(self) -> None:
        if self._conversation.records:
            for source in (SegmentSource.candidate_audio, SegmentSource.interviewer_audio):
                await self._recorder.open(source, self._clock.ms())

    def _record_played(self, packet: bytes) -> None:
        if self._conversation.may_record():
            self._played_ms += PACKET_MS
            at_ms = self._played.ms(self._played_ms, self._clock.ms())
            self._recorder.put(SegmentSource.interviewer_audio, at_ms, packet)
