"""What a candidate's page knows of its room, over all the lines it came on."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from interloop.domain import room as wire


class Memory:
    """Keeps captions, states and notices as they come."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()
        self.captions: dict[UUID, wire.Caption] = {}
        self.states: list[wire.RoomState] = []
        self.notices: list[str] = []
        self.answers: dict[UUID, str] = {}
        self.passes: dict[UUID, str] = {}
        self.senders: list[wire.Sender] = []
        """What the page was told it may send of a picture."""
        self.refused: str | None = None
        self.closed = False
        self.last_seq = 0
        self.heard = 0
        """Messages so far, and lost lines."""

    @property
    def state(self) -> wire.RoomState:
        """Return the newest state of the room; `IndexError` before the first."""
        return self.states[-1]

    @property
    def over(self) -> bool:
        """Tell whether nothing more will come."""
        last_words = {"interview_over", "replaced_by_newer_tab"}
        return bool(last_words & set(self.notices)) or self.refused == "interview_over"

    @property
    def said(self) -> list[wire.Caption]:
        """Return the newest caption of each turn, in order."""
        return sorted(self.captions.values(), key=lambda caption: caption.turn_seq)

    @property
    def final(self) -> list[str]:
        """Return the texts of the committed turns, in order."""
        return [caption.text for caption in self.said if caption.final]

    async def until(self, wanted: "Callable[[Memory], bool]", timeout_s: float = 15.0) -> None:
        """Wait until this holds; `TimeoutError` when it does not in time."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: wanted(self))

    async def until_more(self, heard: int, timeout_s: float) -> None:
        """Wait for anything at all, after so many messages."""
        await self.until(lambda page: page.heard > heard, timeout_s)

    async def until_asked(self, question_id: str, timeout_s: float = 15.0) -> None:
        """Wait until this question was asked and it is the candidate's turn."""
        await self.until(
            lambda page: (
                bool(page.states)
                and page.state.question_id == question_id
                and page.state.phase == "candidate"
            ),
            timeout_s,
        )

    async def take(self, message: wire.ServerMessage) -> None:
        """Remember a message."""
        self.last_seq = max(self.last_seq, message.seq)
        match message:
            case wire.Caption():
                self.captions[message.turn_id] = message
            case wire.RoomState():
                self.states.append(message)
            case wire.Notice():
                self.notices.append(message.code)
            case wire.Answer():
                self.answers[message.id] = message.sdp
            case wire.WirePass():
                self.passes[message.id] = message.token
            case wire.Sender():
                self.senders.append(message)
            case wire.Refused():
                self.refused = message.code
        await self._tell()

    async def close(self) -> None:
        """Remember that the line is gone."""
        self.closed = True
        await self._tell()

    async def _tell(self) -> None:
        self.heard += 1
        async with self._changed:
            self._changed.notify_all()
