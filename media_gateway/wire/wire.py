"""Voice and picture of one page over a WebSocket; to the call it is what a peer connection is."""

from collections.abc import Awaitable, Callable

from interloop.domain.errors import TooMany
from interloop.domain.wire import Frame, FrameKind, WireClose, read_frame
from media_gateway.voice.aiortc_private import Take
from media_gateway.voice.opus import RTP_PER_PACKET, Mouth
from media_gateway.voice.pace import Pace
from media_gateway.voice.playout import Playout
from media_gateway.wire.allowance import Allowance

WINDOW = 25
"""Packets of 20 ms on their way to the page: beyond this the line is stalled, and nothing plays."""

_TAIL = 3
"""Silent packets after an utterance push its last sound out of the page's decoder and player."""

_PER_SECOND, _BURST = 75.0, 1500.0
"""Microphone packets: half as many again as there should be; half a minute after a stall."""

_PICTURES_PER_SECOND, _PICTURES_BURST = 15.0, 450.0
_BYTES_PER_SECOND, _BYTES_BURST = 32.0 * 1024, 1024.0 * 1024
"""Pictures: half as many again as the ladder allows, and twice the bytes; as long after a stall."""


class Wire:
    """Takes the page's frames and sends the interviewer's voice, as the page hears it."""

    def __init__(
        self,
        send: Callable[[bytes], Awaitable[None]],
        hang_up: Callable[[WireClose], Awaitable[None]],
        *,
        playout: Playout,
        record: Callable[[bytes], None],
    ) -> None:
        self._send = send
        self._hang_up = hang_up
        self._playout = playout
        self._record = record
        self._mouth = Mouth()
        self._allowance = Allowance(per_second=_PER_SECOND, burst=_BURST)
        self._pictures = Allowance(per_second=_PICTURES_PER_SECOND, burst=_PICTURES_BURST)
        self._bytes = Allowance(per_second=_BYTES_PER_SECOND, burst=_BYTES_BURST)
        self._key_wanted = False
        self._seen: int | None = None
        self._sent = 0
        self._heard = 0
        self._cuts = playout.cuts
        self._tail = 0
        self.take: Take = lambda _sequence, _timestamp, _payload: None
        """Where microphone packets go; set by whoever carries this wire."""
        self.show: Callable[[int, bytes], bool] = lambda _timestamp, _frame: False
        """Where pictures go; tells whether a key frame is wanted now."""
        self.set_clock: Callable[[int], None] = lambda _timestamp: None
        """Told the timestamp that the page's microphone has reached now."""

    def receive(self, message: bytes) -> None:
        """Take a page's frame; `Unreadable` for one that is none, `TooMany` for a flood."""
        frame = read_frame(message)
        self._heard = frame.heard
        if frame.kind is FrameKind.picture:
            self._see(frame)
            return
        if not self._allowance.spend(1):
            raise TooMany("more packets than a microphone makes")
        if frame.kind is FrameKind.clock:
            self.set_clock(frame.timestamp)
        else:
            self.take(frame.sequence, frame.timestamp, frame.payload)

    async def speak(self) -> None:
        """Send the interviewer's voice at its pace, until cancelled."""
        pace = Pace()
        while True:
            await pace.due()
            if self._cuts != self._playout.cuts:
                self._cuts = self._playout.cuts
                await self._send(Frame(FrameKind.hush, 0, 0).packed())
            await self._answer_pictures()
            if (self._sent - self._heard) & 0xFFFF < WINDOW:
                await self._say(self._playout.pull())

    async def close(self, why: WireClose = WireClose.replaced) -> None:
        """Hang up."""
        await self._hang_up(why)

    def _see(self, frame: Frame) -> None:
        if not (self._pictures.spend(1) and self._bytes.spend(len(frame.payload))):
            raise TooMany("more of a picture than a page sends")
        self._seen = frame.sequence
        self._key_wanted |= self.show(frame.timestamp, frame.payload)

    async def _answer_pictures(self) -> None:
        """Tell the page which picture is here, so that it sends the next, and what it should be."""
        if self._key_wanted:
            self._key_wanted = False
            await self._send(Frame(FrameKind.key_wanted, 0, 0).packed())
        if self._seen is not None:
            seen, self._seen = self._seen, None
            await self._send(Frame(FrameKind.seen, seen, 0).packed())

    async def _say(self, pcm: bytes | None) -> None:
        self._tail = _TAIL if pcm is not None else self._tail - 1
        if self._tail < 0:
            return
        if pcm is None:
            data = self._mouth.rest(cut=self._playout.cut_short)
        else:
            data = self._mouth.say(pcm)
        if not data:
            return
        if pcm is not None:
            self._record(data)
        self._sent += 1
        timestamp = self._sent * RTP_PER_PACKET
        await self._send(Frame(FrameKind.interviewer, self._sent, timestamp, 0, data).packed())
