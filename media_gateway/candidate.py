"""The candidate's side of the room: the voice turn, the draft in the box, and their words."""

import time
from dataclasses import dataclass, field
from uuid import UUID

from interloop.domain.turn import Speaker, TurnSource, TurnState
from media_gateway.clock import InterviewClock
from media_gateway.events import SpeechStarted, Words
from media_gateway.ledger import Ledger
from media_gateway.opening import HeldTurn, Opening
from media_gateway.room import Room

FLUSH_S = 1.0
"""Words are in the database so soon after they were heard or typed (2 s are promised)."""

FINAL_WORDS_S = 2.0
"""So long the interviewer waits for the last words of a turn; later ones amend it."""

SETTLED_S = 0.6
"""Words that have not changed for so long after the end are taken for all: a service need not say
which were the last."""

_SOUND_WITHOUT_WORDS_MS = 1500
"""A shorter sound in which no word was found is a noise, not an answer."""


_REMEMBERED = 20
"""Stretches of speech whose late words still find their turn."""


@dataclass
class VoiceTurn:
    """A spoken turn; a part for each stretch of speech and each session that heard it."""

    held: HeldTurn
    parts: dict[tuple[int, int], str] = field(default_factory=dict)
    voiced_ms: int = 0

    def hear(self, words: Words) -> bool:
        """Replace a part's words; tell whether that changed anything."""
        part = (words.activity, words.session)
        if self.parts.get(part, "") == words.text:
            return False
        self.parts[part] = words.text
        self.held.text = " ".join(text.strip() for text in self.parts.values() if text.strip())
        return True


class Candidate:
    """Opens, grows and ends the candidate's turns."""

    def __init__(
        self, opening: Opening, ledger: Ledger, *, room: Room, clock: InterviewClock
    ) -> None:
        self._ledger = ledger
        self._room = room
        self._clock = clock
        self._answers = {turn.answer_id for turn in opening.turns if turn.answer_id}
        self._spoken: dict[int, VoiceTurn] = {}
        self._unheard: set[int] = set()
        self._activity = 0
        self._began_at = self._words_at = self._ended_at = 0.0
        self._began_ms = 0
        self._unsaved: dict[UUID, tuple[float, HeldTurn]] = {}
        self.voice: VoiceTurn | None = None
        self.draft: HeldTurn | None = None
        self.speaking = False
        self._adopt(opening)

    @property
    def has_begun(self) -> bool:
        """Tell whether words of an answer stand already, spoken or in the box."""
        return bool((self.voice and self.voice.held.text) or (self.draft and self.draft.text))

    @property
    def words_missing(self) -> bool:
        """Tell whether last words of the ended speech may still come in time."""
        if self.speaking or self._heard_out:
            return False
        now = time.monotonic()
        if (
            self._words_at > self._began_at
            and now - max(self._words_at, self._ended_at) > SETTLED_S
        ):
            return False
        return now - self._ended_at <= FINAL_WORDS_S

    @property
    def _heard_out(self) -> bool:
        """Tell whether the last words of everything in the open voice turn are in."""
        return not any(self._spoken.get(number) is self.voice for number in self._unheard)

    async def speech_started(self, began: SpeechStarted, question_id: str | None) -> None:
        """Open a voice turn, or go on with the one that is open."""
        self.speaking, self._began_ms, self._activity = True, began.at_ms, began.activity
        self._began_at = time.monotonic()
        if self.voice is None:
            held = self._ledger.new_turn(
                Speaker.candidate, TurnSource.voice, question_id, start_ms=began.at_ms
            )
            await self._ledger.save(held)
            self.voice = VoiceTurn(held)
        self._spoken[began.activity] = self.voice
        for old in [number for number in self._spoken if number <= began.activity - _REMEMBERED]:
            del self._spoken[old]

    def speech_ended(self, at_ms: int, voiced_ms: int | None = None) -> None:
        """A stretch of speech is over; its last words are still to come."""
        self.speaking, self._ended_at = False, time.monotonic()
        if self.voice is not None:
            self.voice.held.end_ms = max(at_ms, self.voice.held.start_ms)
            lasted_ms = max(0, at_ms - self._began_ms)
            self.voice.voiced_ms += lasted_ms if voiced_ms is None else voiced_ms
            self._unheard.add(self._activity)

    async def hear(self, words: Words) -> HeldTurn | None:
        """Words of the candidate; returns the new version when they amend a committed turn."""
        if words.final:
            self._unheard.discard(words.activity)
        self._words_at = time.monotonic()
        turn = self._spoken.get(words.activity)
        if turn is None or not turn.hear(words):
            return None
        if turn is self.voice:
            if self.speaking:
                turn.held.end_ms = max(turn.held.end_ms, self._clock.ms())
            self._room.caption(turn.held)
            self._touch(turn.held)
        elif turn.held.state is TurnState.committed:
            turn.held = await self._ledger.amend(turn.held, turn.held.text)
            self._room.caption(turn.held)
            return turn.held
        return None

    def line_lost(self) -> None:
        """The recogniser is gone: no last words of what has ended will come."""
        self._unheard.clear()

    async def drafted(self, text: str, question_id: str | None) -> None:
        """Keep what stands in the box as the text of an open turn."""
        if self.draft is None:
            if not text:
                return
            self.draft = self._ledger.new_turn(
                Speaker.candidate, TurnSource.typed, question_id, start_ms=self._clock.ms()
            )
            await self._ledger.save(self.draft)
        self.draft.text, self.draft.end_ms = text, self._clock.ms()
        self._room.caption(self.draft, keep_only=True)
        self._touch(self.draft)

    def typed(self, answer_id: UUID, text: str, question_id: str | None) -> HeldTurn | None:
        """Return the committed turn of a typed answer, not stored; none when it is a repeat."""
        if answer_id in self._answers:
            return None
        self._answers.add(answer_id)
        turn, self.draft = self.draft, None
        if turn is None:
            turn = self._ledger.new_turn(
                Speaker.candidate, TurnSource.typed, question_id, start_ms=self._clock.ms()
            )
        turn.text, turn.answer_id, turn.question_id = text, answer_id, question_id
        turn.end_ms, turn.state = self._clock.ms(), TurnState.committed
        self._unsaved.pop(turn.id, None)
        return turn

    def is_noise(self) -> bool:
        """Tell whether the open voice turn is a short sound without a word."""
        voice = self.voice
        return (
            voice is not None
            and self._heard_out
            and not voice.held.text
            and voice.voiced_ms < _SOUND_WITHOUT_WORDS_MS
        )

    def take_voice(self) -> HeldTurn | None:
        """End the voice turn and return it, committed (or superseded when noise), not stored."""
        voice = self.voice
        if voice is None:
            return None
        noise = self.is_noise()
        self.voice, self.speaking = None, False
        voice.held.state = TurnState.superseded if noise else TurnState.committed
        self._unsaved.pop(voice.held.id, None)
        return voice.held

    def take_draft(self) -> HeldTurn | None:
        """End a draft that was never sent, as superseded: it was not an answer."""
        draft, self.draft = self.draft, None
        if draft is not None:
            self._unsaved.pop(draft.id, None)
            draft.state = TurnState.superseded
        return draft

    async def flush(self, *, now: bool = False) -> None:
        """Store words that are older than `FLUSH_S`, or all of them."""
        at = time.monotonic()
        due = [turn for since, turn in self._unsaved.values() if now or at - since >= FLUSH_S]
        if due:
            for turn in due:
                del self._unsaved[turn.id]
            await self._ledger.save(*due)

    def _touch(self, turn: HeldTurn) -> None:
        self._unsaved.setdefault(turn.id, (time.monotonic(), turn))

    def _adopt(self, opening: Opening) -> None:
        """Go on with the turns that an earlier gateway left open."""
        for turn in opening.turns:
            if turn.state is not TurnState.open or turn.speaker is not Speaker.candidate:
                continue
            if turn.source is TurnSource.voice:
                self.voice = VoiceTurn(turn, parts={(0, 0): turn.text})
            else:
                self.draft = turn
