"""One interview in this gateway's hands, from the activity's start to its end."""

import asyncio
import time
from contextlib import suppress

import structlog

from interloop.db.tables import InterviewState
from interloop.domain.calls import InterviewEnd
from interloop.domain.errors import Superseded, Unreadable
from interloop.domain.room import Answer, Offer, Refused
from interloop.integrations.live.port import LiveModel
from interloop.services import Services
from media_gateway.clock import InterviewClock
from media_gateway.conversation import Conversation
from media_gateway.events import Entered, Unattended
from media_gateway.ledger import Ledger
from media_gateway.media import Media, Terms
from media_gateway.opening import Opening, allows_picture
from media_gateway.recorder import Recorder
from media_gateway.room import Outbox
from media_gateway.stopping import heed_stop
from media_gateway.voice.channel import Channel
from media_gateway.voice.playout import Playout
from media_gateway.voice.turn_taking import TurnTaking

IDLE_S = 600.0
"""Without a page for so long, the slot is given back."""

NOBODY_S = 60.0
"""Who waited in line and closed the page does not keep the room from the next."""

PAUSE_S = 300.0
CLOSE_REPLACED, CLOSE_MOVED, CLOSE_OVER = 4001, 4009, 1000
_WATCH_S = 0.5
_ALONE_S = 5.0
"""Media lives on so long without a page: the same one may come back on another socket."""

_log = structlog.get_logger(__name__)


class Call:
    """Owns the conversation and the media of one interview at one epoch."""

    def __init__(self, services: Services, opening: Opening, model: LiveModel) -> None:
        self.opening = opening
        since_join = services.clock.now() - (opening.joined_at or services.clock.now())
        self.clock = InterviewClock(
            stored_ms=opening.clock_ms, since_join_ms=int(since_join.total_seconds() * 1000)
        )
        self.ledger = Ledger(services, opening, self.clock)
        self.channel = Channel(Playout(), TurnTaking(opening.patience))
        self.conversation = Conversation(
            opening, self.ledger, clock=self.clock, channel=self.channel, model=model
        )
        self.room = self.conversation.room
        self.media = Media(
            self.conversation,
            self.channel,
            recorder=Recorder(services.settings.recordings_dir, self.ledger, opening),
            clock=self.clock,
            terms=Terms(
                inside=services.settings.calls_inside,
                allows_picture=lambda: allows_picture(services, opening),
            ),
        )
        self._services = services
        self._quiet_since = self._alone_since = time.monotonic()
        self._attended = False

    async def run(self) -> InterviewEnd:
        """Hold the interview; returns why it ended here. Cancelling lets go at once."""
        tasks = {
            asyncio.create_task(self.conversation.run()),
            asyncio.create_task(self._watch()),
            asyncio.create_task(self.media.watch()),
            asyncio.create_task(heed_stop(self._services, self.opening, self.conversation)),
        }
        end = InterviewEnd.superseded
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            end = self.conversation.floor.ended.result()
            await self._leave(end)
        except Superseded:
            _log.info("call_superseded", interview_id=str(self.opening.interview_id))
            end = InterviewEnd.superseded
        finally:
            # The page first: it looks for its next gateway while the rest is put in order.
            self._hang_up(end)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.media.end()
        return end

    def enter(self, outbox: Outbox, last_seq: int) -> None:
        """A page has come in; it is the room's only one from now on."""
        self._attended = True
        self.room.enter(outbox, last_seq)
        self.conversation.post(Entered())

    async def offer(self, offer: Offer) -> None:
        """Answer a page's SDP offer with a new peer connection, the only one from now on."""
        try:
            sdp = await self.media.answer(offer.sdp)
        except Unreadable:
            self.room.send(Refused(code="bad_offer"))
        else:
            self.room.send(Answer(id=offer.id, sdp=sdp))

    def drain(self) -> None:
        """Hand the interview over to another gateway, every word stored."""
        self.room.notice("gateway_draining")
        self.conversation.floor.end(InterviewEnd.drained)

    async def _leave(self, end: InterviewEnd) -> None:
        """Store what is not stored yet, and how the room was left."""
        await self.conversation.settle()
        if end in {InterviewEnd.paused, InterviewEnd.idle, InterviewEnd.stopped}:
            await self.ledger.end(InterviewState.paused)

    def _hang_up(self, end: InterviewEnd) -> None:
        if end in {InterviewEnd.superseded, InterviewEnd.drained}:
            self.room.send(Refused(code="old_epoch"))
            self.room.close(CLOSE_MOVED)
        else:
            self.room.close(CLOSE_OVER)

    def _longest_quiet(self) -> float:
        floor = self.conversation.floor
        if floor.paused:
            return PAUSE_S
        return IDLE_S if self._attended and not floor.closing else NOBODY_S

    def _give_up_waiting(self) -> None:
        floor = self.conversation.floor
        if floor.closing and not floor.paused:
            self._quiet_since = time.monotonic()
            self.conversation.post(Unattended())
        else:
            floor.end(InterviewEnd.paused if floor.paused else InterviewEnd.idle)

    async def _watch(self) -> None:
        """End a call that nobody attends, and a pause that lasts."""
        floor = self.conversation.floor
        while not floor.ended.done():
            await asyncio.sleep(_WATCH_S)
            if self.room.occupied:
                self._alone_since = time.monotonic()
                if not floor.paused:
                    self._quiet_since = time.monotonic()
            elif time.monotonic() - self._alone_since > _ALONE_S:
                await self.media.close()
            if time.monotonic() - self._quiet_since > self._longest_quiet():
                self._give_up_waiting()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
