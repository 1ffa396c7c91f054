"""One interview as it is held: an actor that takes one event after the other.

Candidate, page and model may do anything at any moment; one queue puts it in an order.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from interloop.domain.agenda import Step
from interloop.domain.calls import InterviewEnd
from interloop.integrations.live import port
from media_gateway import events
from media_gateway.candidate import Candidate
from media_gateway.clock import InterviewClock
from media_gateway.floor import Floor
from media_gateway.interviewer import Interviewer
from media_gateway.ledger import Ledger
from media_gateway.model_line import ModelLine
from media_gateway.opening import Opening
from media_gateway.room import Room
from media_gateway.voice.channel import Channel

_EVENTS = 2000
_TICK_S = 0.1
_TOUCH_S = 2.0
_LISTENER_S = 1.5
"""So long the words after a takeover wait for a listening peer; then they are shown only."""


class Conversation:
    """Takes events and has the floor decide what they mean."""

    def __init__(
        self,
        opening: Opening,
        ledger: Ledger,
        *,
        clock: InterviewClock,
        channel: Channel,
        model: port.LiveModel,
    ) -> None:
        self.records = opening.records
        self._ledger = ledger
        self._clock = clock
        self._playout = channel.playout
        self._queue: asyncio.Queue[events.Event] = asyncio.Queue(_EVENTS)
        self.floor = floor = Floor(opening, ledger, clock)
        self.taking = floor.taking = channel.taking
        self.line = floor.line = ModelLine(
            model,
            floor.briefing,
            deliver=self._queue.put,
            quiet=self._quiet,
            handle=opening.live_handle,
        )
        self.room = floor.room = Room(opening.epoch, opening.turns, floor.describe)
        self.candidate = floor.candidate = Candidate(opening, ledger, room=self.room, clock=clock)
        self.interviewer = floor.interviewer = Interviewer(
            ledger, self.room, playout=channel.playout, clock=clock
        )
        self._entered_at: float | None = None
        self._resumed = False
        self._away = False
        self._touched_at = time.monotonic()
        self._handlers = self._table()

    def _table(self) -> dict[type, Callable[[Any], Awaitable[None]]]:
        return {
            events.Entered: self._entered,
            events.Acted: self._acted,
            events.Drafted: self._drafted,
            events.Typed: self._typed,
            events.SpeechStarted: self._speech_started,
            events.SpeechEnded: self._speech_ended,
            events.LineLost: self._line_lost,
            events.Garbled: self._garbled,
            events.ModelAway: self._model_away,
            events.ModelBack: self._model_back,
            events.Stopped: self._stopped,
            events.Unattended: self._unattended,
            events.Tick: self._tick,
            port.Sound: self._sound,
            port.Saying: self._saying,
            events.Words: self._words,
            port.ItemWanted: self._item_wanted,
            port.ItemUnwanted: self._item_unwanted,
            port.SaidAll: self._said_all,
        }

    async def run(self) -> None:
        """Take events until the interview ends here; raises `Superseded` when it is not ours."""
        line = asyncio.create_task(self.line.run())
        tick_at = time.monotonic() + _TICK_S
        try:
            while not self.floor.ended.done():
                await self._take(tick_at - time.monotonic())
                if time.monotonic() >= tick_at:
                    await self._tick(events.Tick())
                    tick_at = time.monotonic() + _TICK_S
        finally:
            line.cancel()
            await asyncio.gather(line, return_exceptions=True)

    def post(self, event: events.Event) -> None:
        """Queue an event; raises `asyncio.QueueFull` when the actor does not keep up at all."""
        self._queue.put_nowait(event)

    def may_listen(self) -> bool:
        """Tell whether the candidate's voice is being waited for."""
        floor = self.floor
        return (
            floor.cursor.greeted
            and not floor.cursor.closed
            and not floor.paused
            and not floor.stopped
            and self.line.available
        )

    def may_record(self) -> bool:
        """Tell whether sound is kept: not before the start, not while paused, not afterwards."""
        floor = self.floor
        started = floor.cursor.greeted or floor.owes
        return self.records and started and not floor.paused and not floor.ended.done()

    def hush(self) -> None:
        """Stop the interviewer's voice at once; the event that follows ends its turn."""
        self.interviewer.hush()

    async def settle(self) -> None:
        """Store every word that is not stored yet; for a drain or a pause."""
        await self.candidate.flush(now=True)

    def _quiet(self) -> bool:
        """Tell whether nobody would notice a change of the model's connection."""
        floor, candidate = self.floor, self.candidate
        pending = floor.owes or floor.call_id is not None or self.interviewer.item is not None
        return not (pending or candidate.speaking or candidate.words_missing) and (
            self._playout.drained
        )

    async def _take(self, wait_s: float) -> None:
        try:
            event = await asyncio.wait_for(self._queue.get(), max(wait_s, 0.001))
        except TimeoutError:
            return
        await self._handlers[type(event)](event)

    async def _entered(self, _event: events.Entered) -> None:
        if self._entered_at is None:
            self._entered_at = time.monotonic()
            await self._ledger.joined()

    async def _acted(self, event: events.Acted) -> None:
        await getattr(self, f"_act_{event.act}")()

    async def _act_start(self) -> None:
        floor = self.floor
        if not floor.cursor.greeted and not floor.owes:
            self._resumed = True
            await floor.owe("Begin the interview.")

    async def _act_done(self) -> None:
        await self._go_on_alone()
        if self.taking.done():
            return
        if self.candidate.voice is not None:
            await self.floor.owe("The candidate is done.")
        elif self.floor.phase in {"candidate", "thinking"}:
            await self.floor.owe("The candidate has nothing to add.", passed=True)

    async def _act_think(self) -> None:
        self.floor.thinking = True
        self.taking.think()
        self.room.state()

    async def _act_hold(self) -> None:
        self.taking.hold(on=True)

    async def _act_release(self) -> None:
        self.taking.hold(on=False)

    async def _act_pause(self) -> None:
        self._stop_listening()
        self.floor.take_back()
        await self.floor.store(*self.floor.cut())
        await self.settle()
        self.floor.paused = True
        self.room.state()

    async def _act_resume(self) -> None:
        if self.floor.paused:
            self.floor.paused = False
            await self.floor.come_back()

    async def _act_repeat(self) -> None:
        await self._say_again(Step.repeat)

    async def _act_rephrase(self) -> None:
        await self._say_again(Step.rephrase)

    async def _act_leave(self) -> None:
        await self._act_pause()
        self.floor.end(InterviewEnd.paused)

    async def _say_again(self, step: Step) -> None:
        if self.floor.question_id is None or self.floor.closing:
            return
        await self._go_on_alone()
        self._stop_listening()
        await self.floor.store(*self.floor.cut())
        await self.floor.owe(f"Please {step.value} the question.", wish=self.floor.again(step))

    def _stop_listening(self) -> None:
        """End a running stretch of speech without ending the turn."""
        self.taking.stop()
        if self.candidate.speaking:
            self.line.activity_end()
            self.candidate.speech_ended(self._clock.ms())

    async def _drafted(self, event: events.Drafted) -> None:
        if self.floor.thinking:
            self.floor.thinking = False
            self.room.state()
        await self.candidate.drafted(event.text, self.floor.question_id)

    async def _typed(self, event: events.Typed) -> None:
        floor = self.floor
        await self._go_on_alone()
        self._stop_listening()
        cut = floor.cut()
        answer = self.candidate.typed(event.answer_id, event.text, floor.question_id)
        await floor.store(*cut)
        if answer is None:
            return
        floor.take_back()
        await floor.store(self.candidate.take_voice(), answer)
        if not floor.closing:
            await floor.owe(event.text if floor.cursor.greeted else "Begin the interview.")

    async def _speech_started(self, event: events.SpeechStarted) -> None:
        floor = self.floor
        await self._go_on_alone()
        floor.take_back()
        floor.thinking = False
        await floor.store(*floor.cut())
        await self.candidate.speech_started(event, floor.question_id)
        self.room.state()

    async def _speech_ended(self, event: events.SpeechEnded) -> None:
        if self.candidate.speaking:
            self.candidate.speech_ended(event.at_ms, event.voiced_ms)
            await self.floor.owe(None, spoken=True)

    async def _line_lost(self, _event: events.LineLost) -> None:
        self.floor.call_id = None
        self.candidate.line_lost()
        if not self.interviewer.unspoken:
            self.interviewer.give_up()

    async def _garbled(self, _event: events.Garbled) -> None:
        if self.interviewer.item is not None:
            self.interviewer.begin_anew()
            self.room.state()

    async def _model_away(self, _event: events.ModelAway) -> None:
        self._away = True
        self.room.notice("model_away", standing=True)
        if self.interviewer.unspoken:
            await self.floor.item_over()
        await self.floor.say_plainly()
        self.room.state()

    async def _model_back(self, _event: events.ModelBack) -> None:
        if self._away:
            self._away = False
            self.room.notice("model_back")
            self.room.state()
        if self.floor.owes or self.interviewer.unspoken:
            self.line.tell("Go on.")

    async def _stopped(self, _event: events.Stopped) -> None:
        if self.floor.closing:
            return
        self._stop_listening()
        self.floor.take_back()
        await self.floor.store(*self.floor.cut())
        await self.settle()
        await self.floor.stop()

    async def _unattended(self, _event: events.Unattended) -> None:
        """Where all is asked nobody need come back, unless the goodbye was not heard at all."""
        await self._go_on_alone()
        await self.floor.store(*self.floor.cut())
        if self.floor.closing:
            await self.floor.finish()

    async def _sound(self, event: port.Sound) -> None:
        waited = self.interviewer.unspoken
        self.interviewer.sound(event.pcm)
        if waited:
            self.room.state()

    async def _saying(self, event: port.Saying) -> None:
        self.interviewer.words(event.text)

    async def _words(self, event: events.Words) -> None:
        newer = await self.candidate.hear(event)
        if newer is not None:
            self.floor.replace(newer)
        await self.floor.answer_call()

    async def _item_wanted(self, event: port.ItemWanted) -> None:
        self.floor.call_id = event.call_id
        await self.floor.answer_call()

    async def _item_unwanted(self, event: port.ItemUnwanted) -> None:
        if self.floor.call_id in event.call_ids:
            self.floor.call_id = None

    async def _said_all(self, _event: port.SaidAll) -> None:
        self.interviewer.said_all()

    async def _tick(self, _event: events.Tick) -> None:
        await self._resume_once()
        await self.floor.answer_call()
        await self.floor.backstop()
        if self.interviewer.spoken:
            await self.floor.item_over()
        self.interviewer.show()
        await self.candidate.flush()
        if time.monotonic() - self._touched_at > _TOUCH_S:
            self._touched_at = time.monotonic()
            await self._ledger.touch(self.line.handle)

    async def _go_on_alone(self) -> None:
        """The candidate goes on by themselves after a takeover: nothing is to be picked up."""
        if not self._resumed:
            self._resumed = True
            await self.floor.keep_cut_off()

    async def _resume_once(self) -> None:
        """After a takeover the interviewer speaks once somebody can hear or read it."""
        if self._resumed or self._entered_at is None:
            return
        if self._playout.attached or time.monotonic() - self._entered_at > _LISTENER_S:
            self._resumed = True
            await self.floor.come_back()
