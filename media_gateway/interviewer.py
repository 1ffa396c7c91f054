"""The interviewer's side of the room: the item being said, its turn, and what was heard of it."""

import time

from interloop.domain.agenda import Item, spoken_plainly
from interloop.domain.turn import Cursor, Speaker, TurnSource, TurnState
from media_gateway.clock import InterviewClock
from media_gateway.heard import Heard, expected_ms
from media_gateway.ledger import Ledger
from media_gateway.opening import HeldTurn
from media_gateway.room import Room
from media_gateway.voice.playout import Playout

_NO_SOUND_S = 8.0
_NO_END_S = 5.0
_RUN_AWAY = 3
_RUN_AWAY_MS = 10_000
"""A voice that goes on for so many times as long as its words take, and so much more, is cut."""


class Interviewer:
    """Says one item at a time."""

    def __init__(
        self, ledger: Ledger, room: Room, *, playout: Playout, clock: InterviewClock
    ) -> None:
        self._ledger = ledger
        self._room = room
        self._playout = playout
        self._clock = clock
        self._heard = Heard()
        self._said_all = self._whole = self._hushed = self._doubled = False
        self._longest_ms = 0
        self._moved_at = 0.0
        self.item: Item | None = None
        self.turn: HeldTurn | None = None

    @property
    def unspoken(self) -> bool:
        """Tell whether an item waits for its first sound."""
        return self.item is not None and self._heard.received_ms == 0

    async def begin(
        self, item: Item, question_id: str | None, *, cursor: Cursor, ended: tuple[HeldTurn, ...]
    ) -> None:
        """Open the item's turn, in one transaction with the cursor and the turns that end by it."""
        turn = self._ledger.new_turn(
            Speaker.interviewer,
            TurnSource.voice,
            question_id,
            start_ms=self._clock.ms(),
            text=spoken_plainly(item),
        )
        await self._ledger.save(*ended, turn, cursor=cursor)
        self.item, self.turn = item, turn
        self._longest_ms = _RUN_AWAY * expected_ms(turn.text) + _RUN_AWAY_MS
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was sounded for the present item: it is said from its beginning."""
        self._heard = Heard(self.turn.text if self.turn is not None else "")
        self._said_all = self._whole = self._hushed = self._doubled = False
        self._moved_at = time.monotonic()
        self._playout.begin()

    def sound(self, pcm: bytes) -> None:
        """Play a piece of the voice; sound that belongs to no item is never played.

        Nor is what comes after the end: some models say everything twice around a function.
        """
        if self.item is None or self._hushed:
            return
        if self._said_all or self._heard.received_ms > self._longest_ms:
            self._said_all = self._doubled = True
            return
        self._moved_at = time.monotonic()
        self._heard.sound(pcm)
        self._playout.write(pcm)

    def words(self, text: str) -> None:
        """Remember what the sound says; words may come after the sound has ended."""
        if self.item is not None and not self._doubled:
            self._heard.words(text)

    def said_all(self) -> None:
        """No more sound of this item will come."""
        if self.item is not None:
            self._said_all = True

    def hush(self) -> None:
        """Drop the sound that was not played yet, and all that still comes for this item."""
        self._hushed = True
        self._playout.flush()

    def give_up(self) -> None:
        """The rest of the sound is lost: the item's words stand as they were meant."""
        if self.item is not None:
            self._said_all, self._whole = True, True

    @property
    def spoken(self) -> bool:
        """Tell whether the item is over: all said and played, or given up as text."""
        if self.item is None or self._hushed or not self._playout.drained:
            return False
        still = time.monotonic() - self._moved_at
        if self._heard.received_ms == 0:
            return self._said_all or still > _NO_SOUND_S
        return self._said_all or still > _NO_END_S

    def show(self) -> None:
        """Send the words heard so far to the page; a room without a listener reads ahead."""
        if self.turn is not None:
            self._room.caption(self.turn, self._heard_now())

    def take_turn(self, *, cut: bool) -> HeldTurn | None:
        """End the item and return its turn, committed but not stored; none when none is open.

        A cut turn keeps what was heard; one of which nothing was heard is superseded.
        """
        turn, self.item, self.turn = self.turn, None, None
        if turn is None:
            return None
        listened = self._playout.attached
        self._playout.flush()
        generated = self._heard.all if self._said_all and not self._whole else ""
        # What was meant stays beside what was heard: both are kept, and never mixed up.
        turn.generated = generated or turn.text
        if cut and listened:
            turn.text = self._heard.upto(self._playout.played_ms)
        elif generated:
            turn.text = generated
        turn.end_ms = self._clock.ms()
        turn.state = TurnState.committed if turn.text else TurnState.superseded
        return turn

    def _heard_now(self) -> str:
        return self._heard.upto(self._playout.played_ms)
