"""The room as the candidate's page sees it: numbered messages, replay, and one socket at a time."""

import asyncio
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from interloop.domain.room import Caption, Notice, Pong, RoomState, ServerMessage
from interloop.domain.turn import TurnState
from media_gateway.opening import HeldTurn

SEQ_PER_EPOCH = 1_000_000
"""A later epoch always has higher numbers, so that `last_seq` means the same to every gateway."""

OUTBOX = 256


class Outbox(Protocol):
    """Where a socket's messages wait; knows how to end the socket."""

    def put(self, message: ServerMessage) -> None:
        """Queue a message; a socket that does not drain its queue is closed."""
        ...

    def close(self, code: int) -> None:
        """Close after what is queued."""
        ...


class QueueOutbox:
    """A bounded queue before one socket; `None` in the queue means close."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[ServerMessage | None] = asyncio.Queue(OUTBOX)
        self.close_code = 1000

    def put(self, message: ServerMessage) -> None:
        """Queue a message; a reader that is `OUTBOX` behind loses the socket and replays later."""
        if self.queue.qsize() >= OUTBOX - 1:
            self.close(1013)
        else:
            self.queue.put_nowait(message)

    def close(self, code: int) -> None:
        """Close after what is queued; closing twice is fine."""
        if not self.queue.full():
            self.close_code = code
            self.queue.put_nowait(None)


class Room:
    """Keeps the latest caption of each turn and the latest state; sends to the newest socket."""

    def __init__(
        self, epoch: int, turns: tuple[HeldTurn, ...], state: Callable[[], RoomState]
    ) -> None:
        self._seq = epoch * SEQ_PER_EPOCH
        self._captions: dict[UUID, Caption] = {}
        self._notice: Notice | None = None
        self._describe = state
        self._outbox: Outbox | None = None
        for turn in turns:
            self.caption(turn)

    @property
    def occupied(self) -> bool:
        """Tell whether a page is connected."""
        return self._outbox is not None

    def enter(self, outbox: Outbox, last_seq: int) -> None:
        """Make this socket the room's only one and send it what it has not heard yet."""
        if self._outbox is not None and self._outbox is not outbox:
            self._outbox.put(self._numbered_notice("replaced_by_newer_tab"))
            self._outbox.close(4001)
        self._outbox = outbox
        missed = [c for c in self._captions.values() if c.seq > last_seq]
        for caption in sorted(missed, key=lambda c: c.turn_seq):
            outbox.put(caption)
        outbox.put(self._state())
        if self._notice is not None:
            outbox.put(self._notice)

    def leave(self, outbox: Outbox) -> bool:
        """Forget this socket; tell whether it was the room's present one."""
        if self._outbox is not outbox:
            return False
        self._outbox = None
        return True

    def holds(self, outbox: Outbox) -> bool:
        """Tell whether this socket is (still) the room's only one."""
        return self._outbox is outbox

    def caption(self, turn: HeldTurn, shown: str | None = None, *, keep_only: bool = False) -> None:
        """Send the turn's words so far; a turn without words is not shown.

        `keep_only`: the page itself holds these words; they are sent to the next one only.
        """
        text = turn.text if shown is None else shown
        final = turn.state is TurnState.committed
        last = self._captions.get(turn.first_id)
        if (not text and not final) or (last and last.text == text and last.final == final):
            return
        caption = Caption(
            seq=self._next(),
            turn_id=turn.first_id,
            turn_seq=turn.seq,
            speaker=turn.speaker.value,
            source=turn.source.value,
            text=text,
            final=final,
            reliable=turn.reliable,
        )
        self._captions[turn.first_id] = caption
        if not keep_only:
            self._send(caption)

    def forget(self, turn: HeldTurn) -> None:
        """Drop a turn that turned out to be none."""
        self._captions.pop(turn.first_id, None)

    def state(self) -> None:
        """Send the whole state of the room."""
        self._send(self._state())

    def notice(self, code: str, *, standing: bool = False) -> None:
        """Send a notice; a standing one is sent again to whoever enters, until the next."""
        notice = self._numbered_notice(code)
        self._notice = notice if standing else None
        self._send(notice)

    def pong(self, at: float) -> None:
        """Answer a ping, and tell what the interview clock says."""
        self._send(Pong(seq=self._seq, at=at, clock_ms=self._describe().clock_ms))

    def send(self, message: ServerMessage) -> None:
        """Send something that is not replayed (an SDP answer)."""
        self._send(message)

    def close(self, code: int) -> None:
        """Close the present socket after what is queued."""
        if self._outbox is not None:
            self._outbox.close(code)

    def _numbered_notice(self, code: str) -> Notice:
        return Notice.model_validate({"seq": self._next(), "code": code})

    def _state(self) -> RoomState:
        return self._describe().model_copy(update={"seq": self._next()})

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _send(self, message: ServerMessage) -> None:
        if self._outbox is not None:
            self._outbox.put(message)
