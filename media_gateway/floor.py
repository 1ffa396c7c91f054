"""Whose turn it is, and the agenda's next step: all in the database before it is heard."""

import asyncio
import time

from interloop.db.tables import InterviewState
from interloop.domain import agenda
from interloop.domain.agenda import Exchange, Item, Step
from interloop.domain.calls import InterviewEnd
from interloop.domain.room import Phase, RoomState
from interloop.domain.turn import Cursor, Speaker, TurnState
from interloop.integrations.live.port import Briefing, Line
from media_gateway.candidate import Candidate
from media_gateway.clock import InterviewClock
from media_gateway.interviewer import Interviewer
from media_gateway.ledger import Ledger
from media_gateway.model_line import ModelLine
from media_gateway.opening import HeldTurn, Opening
from media_gateway.room import Room
from media_gateway.voice.turn_taking import TurnTaking

_NUDGE_S = 6.0
_GIVE_UP_S = 12.0
_HISTORY = 60
_GIST = 2
_GIST_LETTERS = 300
"""Turns of a gist, and letters of each: the agenda is ours, the model needs no more to go on."""


class Floor:
    """Holds the cursor; moves it when the candidate is done and the model asks what to say."""

    candidate: Candidate
    interviewer: Interviewer
    room: Room
    line: ModelLine
    taking: TurnTaking

    def __init__(self, opening: Opening, ledger: Ledger, clock: InterviewClock) -> None:
        self._opening = opening
        self._ledger = ledger
        self._clock = clock
        self.plan = opening.plan
        self.cursor = opening.cursor
        self.turns = [turn for turn in opening.turns if turn.state is TurnState.committed]
        self.ended: asyncio.Future[InterviewEnd] = asyncio.get_running_loop().create_future()
        self.thinking = False
        self.paused = False
        self.stopped = False
        self.call_id: str | None = None
        self._owed_at: float | None = None
        self._nudged = False
        self._wish: Item | None = None
        self._passed = False
        self._spoken = False
        self._cut_off = [turn for turn in opening.turns if _was_cut_off(turn)]
        self._item_from = self.cursor

    @property
    def owes(self) -> bool:
        """Tell whether the interviewer owes a reaction."""
        return self._owed_at is not None

    @property
    def phase(self) -> Phase:
        """Return whose turn it is, in the page's words."""
        if self.ended.done() or (self.cursor.closed and self.interviewer.item is None):
            return "ended"
        if self.paused:
            return "paused"
        if self.owes or self.interviewer.unspoken:
            return "moment"
        if self.interviewer.item is not None:
            return "interviewer"
        if not self.cursor.greeted:
            return "waiting"
        return "thinking" if self.thinking else "candidate"

    @property
    def closing(self) -> bool:
        """Tell whether nothing more is asked: all was, or the organisation has stopped it."""
        return self.cursor.closed or self.stopped

    @property
    def question_id(self) -> str | None:
        """Return the id of the question being answered."""
        question = agenda.current(self.plan, self.cursor)
        return question.id if question else None

    def describe(self) -> RoomState:
        """Return the whole state of the room."""
        question = agenda.current(self.plan, self.cursor)
        return RoomState(
            seq=0,
            epoch=self._opening.epoch,
            phase=self.phase,
            question_id=question.id if question else None,
            question=question.text if question else None,
            question_no=min(self.cursor.index + 1, len(self.plan.questions)),
            questions=len(self.plan.questions),
            clock_ms=self._clock.ms(),
            minutes_planned=self.plan.minutes,
            interviewer=self.plan.persona.name,
            typed_only=not self.line.available,
        )

    def briefing(self, brief: bool) -> Briefing:  # noqa: FBT001 - one of two kinds
        """Return what a fresh session with the model is told; `brief`: the gist only."""
        most, longest = (_GIST, _GIST_LETTERS) if brief else (_HISTORY, None)
        return Briefing(
            persona_name=self.plan.persona.name,
            persona_style=self.plan.persona.style,
            session_label=str(self._opening.interview_id),
            history=tuple(
                Line(speaker=turn.speaker, text=turn.text[:longest])
                for turn in self.turns[-most:]
                if turn.text
            ),
        )

    async def owe(
        self,
        nudge: str | None,
        *,
        wish: Item | None = None,
        passed: bool = False,
        spoken: bool = False,
    ) -> None:
        """It is the interviewer's turn: have the model ask for the next item, or show it as text.

        `wish` is said in place of the agenda's next item and does not move the cursor; `spoken`:
        what is reacted to was sound, and nothing is owed when that was a noise.
        """
        self._owed_at, self._nudged = time.monotonic(), False
        self._wish, self._passed, self._spoken = wish, passed, spoken
        self.thinking = False
        if not self.line.available:
            await self.say_plainly()
        elif nudge:
            self.line.tell(nudge)
        self.room.state()

    def take_back(self) -> None:
        """The candidate goes on speaking: nothing is owed yet."""
        self._owed_at = self.call_id = None

    async def answer_call(self) -> None:
        """Tell the model what to say, once the candidate's last words are in or late."""
        if self.call_id is None or self.candidate.words_missing:
            return
        item = self.interviewer.item if self.interviewer.unspoken else None
        if item is None and self.owes:
            item = await self._begin_item()
        call_id, self.call_id = self.call_id, None
        if call_id is not None:
            self.line.answer_item(call_id, item)

    async def say_plainly(self) -> None:
        """React in writing, without the model."""
        if not self.owes or await self._begin_item() is None:
            return
        await self.item_over()

    async def item_over(self) -> None:
        """Commit the item's turn; after the greeting comes the first question, then the end."""
        item = self.interviewer.item
        await self.store(self.interviewer.take_turn(cut=False))
        if item is None:
            return
        if item.step is Step.greet:
            await self.owe("Go on with the first question.")
        elif item.step is Step.close:
            await self.finish()
        else:
            self.room.state()

    def cut(self) -> tuple[HeldTurn, ...]:
        """Stop the interviewer in the middle; returns its turn, not stored.

        An item of which nothing was heard counts as not said: the cursor goes back with the turn.
        """
        item = self.interviewer.item
        if item is None:
            return ()
        turn = self.interviewer.take_turn(cut=True)
        unheard = turn is None or turn.state is TurnState.superseded
        if unheard and item.step is not Step.greet:
            self.cursor = self._item_from
        return (turn,) if turn else ()

    async def store(self, *turns: HeldTurn | None) -> None:
        """Store turns that are over, with the cursor, and show them."""
        over = tuple(turn for turn in turns if turn is not None)
        if over:
            await self._ledger.save(*over, cursor=self.cursor)
            self.show(*over)

    def show(self, *turns: HeldTurn) -> None:
        """Remember stored turns and send their final captions."""
        for turn in turns:
            if turn.state is TurnState.committed:
                self.turns.append(turn)
                self.room.caption(turn)
            else:
                self.room.forget(turn)

    def replace(self, newer: HeldTurn) -> None:
        """Put the amended version of a turn in the place of the old one."""
        self.turns = [newer if turn.seq == newer.seq else turn for turn in self.turns]

    async def backstop(self) -> None:
        """A model that does not ask what to say is nudged once, then done without."""
        if self._owed_at is None or self.call_id is not None:
            return
        waited = time.monotonic() - self._owed_at
        if waited > _GIVE_UP_S:
            await self.say_plainly()
        elif waited > _NUDGE_S and not self._nudged:
            self._nudged = True
            self.line.tell("Go on.")

    def again(self, step: Step) -> Item:
        """Return the current question once more."""
        return agenda.again(self.plan, self.cursor, step)

    async def come_back(self) -> None:
        """Go on after a takeover or a pause: nothing is asked twice that is being answered."""
        await self.keep_cut_off()
        goes_on = self.candidate.has_begun or self.owes or self.interviewer.item is not None
        if self.cursor.closed:
            await self.finish()
        elif goes_on or not self.cursor.greeted:
            self.room.state()
        else:
            await self._pick_up()

    async def keep_cut_off(self) -> None:
        """Commit what an earlier gateway was saying when it was lost."""
        for turn in self._cut_off:
            turn.state = TurnState.committed
        await self.store(*self._cut_off)
        self._cut_off = []

    async def finish(self) -> None:
        """Everything is asked: the interview is over."""
        over = (self.candidate.take_draft(), self.candidate.take_voice())
        await self.store(*over)
        if not self.stopped:
            await self._ledger.end(InterviewState.finished)
        self.end(InterviewEnd.stopped if self.stopped else InterviewEnd.finished)
        self.room.state()
        notice = "organization_stopped" if self.stopped else "interview_over"
        self.room.notice(notice, standing=True)

    async def stop(self) -> None:
        """The organisation has stopped all interviews: say goodbye to who is there, and end."""
        self.stopped, self.paused = True, False
        if self.room.occupied and self.cursor.greeted:
            await self.owe("Say goodbye now.", wish=agenda.stop_here())
        else:
            await self.finish()

    def end(self, end: InterviewEnd) -> None:
        """Stop holding the interview."""
        if not self.ended.done():
            self.ended.set_result(end)

    async def _pick_up(self) -> None:
        asked = next((t for t in reversed(self.turns) if t.question_id == self.question_id), None)
        if self.question_id is None or asked is None or asked.speaker is Speaker.candidate:
            await self.owe("Go on.")
        else:
            wish = agenda.welcome_back(self.plan, self.cursor, asked.text)
            await self.owe("The candidate is back.", wish=wish)

    async def _begin_item(self) -> Item | None:
        """Open the next item's turn and commit the answer it reacts to, with the cursor."""
        if self.candidate.is_noise():
            await self.store(self.candidate.take_voice())
            if self._spoken:
                self.take_back()
                self.room.state()
                return None
        answer = self.candidate.take_voice()
        if self.cursor.closed:
            await self.store(answer)
            await self.finish()
            return None
        cursor, item = self._decide(answer)
        cursor = cursor.model_copy(update={"doubt": self.taking.patience.doubt})
        self._item_from = self.cursor
        question = agenda.current(self.plan, cursor)
        await self.interviewer.begin(
            item,
            question.id if question else None,
            cursor=cursor,
            ended=(answer,) if answer else (),
        )
        self.cursor, self._owed_at = cursor, None
        self._wish = None
        self.show(*((answer,) if answer else ()))
        self.room.state()
        return item

    def _decide(self, answer: HeldTurn | None) -> tuple[Cursor, Item]:
        if self._wish is not None:
            return self.cursor, self._wish
        said = [*self.turns, *((answer,) if answer else ())]
        here = [turn for turn in said if turn.question_id == self.question_id]
        exchange = Exchange(
            answers=tuple(t.text for t in here if t.speaker is Speaker.candidate),
            asked=tuple(t.text for t in here if t.speaker is Speaker.interviewer),
            passed=self._passed,
        )
        return agenda.next_item(self.plan, self.cursor, exchange)


def _was_cut_off(turn: HeldTurn) -> bool:
    """Tell whether an earlier gateway was lost while the interviewer spoke this turn."""
    return turn.state is TurnState.open and turn.speaker is Speaker.interviewer
