"""What moves on the candidate's screen: one versioned discriminated union.

Over the data channel, or the gateway's socket, as JSON. Server messages carry `seq`; after a new
connection the client sends `hello` with the last seq it has, and the room replays from there.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from interloop.domain.base import Value

ROOM_VERSION = 1

Phase = Literal["connecting", "waiting", "interviewer", "candidate", "thinking", "paused", "ended"]


class RoomState(Value):
    """Whole state of the room: sent after hello and whenever whose turn it is changes."""

    kind: Literal["state"] = "state"
    seq: int
    version: int = ROOM_VERSION
    epoch: int
    phase: Phase
    question_id: str | None = None
    question: str | None = None
    question_no: int = 0
    questions: int = 0
    clock_ms: int = 0
    minutes_planned: int = 0
    interviewer: str
    typed_only: bool = False


class Caption(Value):
    """Words as they come; the same turn is sent again as it grows, `final` once committed."""

    kind: Literal["caption"] = "caption"
    seq: int
    turn_id: UUID
    turn_seq: int
    speaker: Literal["candidate", "interviewer"]
    source: Literal["voice", "typed", "code"] = "voice"
    text: str
    final: bool = False
    reliable: bool = True


class Notice(Value):
    """A plain word about the connection or the room; `code` picks the sentence on the page."""

    kind: Literal["notice"] = "notice"
    seq: int
    code: Literal[
        "replaced_by_newer_tab",
        "line_weak",
        "line_good",
        "model_away",
        "model_back",
        "gateway_draining",
        "interview_over",
    ]


class Pong(Value):
    """Answer to a ping; `at` echoes the client's own clock."""

    kind: Literal["pong"] = "pong"
    seq: int
    at: float


ServerMessage = Annotated[RoomState | Caption | Notice | Pong, Field(discriminator="kind")]


class Hello(Value):
    """First message of a connection: how far the client has heard."""

    kind: Literal["hello"] = "hello"
    version: int = ROOM_VERSION
    last_seq: int = 0


class Ping(Value):
    """Once a second; three missing ones and the client asks where to join again."""

    kind: Literal["ping"] = "ping"
    at: float


class TypedDraft(Value):
    """What stands in the answer box, at most every second while it changes; kept, not sent."""

    kind: Literal["typed_draft"] = "typed_draft"
    text: str = Field(max_length=20_000)


class TypedAnswer(Value):
    """A typed answer, sent by the candidate; `answer_id` makes a repeat harmless."""

    kind: Literal["typed_answer"] = "typed_answer"
    answer_id: UUID
    text: str = Field(min_length=1, max_length=20_000)


class Act(Value):
    """A button: done, think, resume, pause, repeat, rephrase, start, leave, hold on or off."""

    kind: Literal["act"] = "act"
    act: Literal[
        "start",
        "done",
        "think",
        "pause",
        "resume",
        "repeat",
        "rephrase",
        "leave",
        "hold",
        "release",
    ]


ClientMessage = Annotated[
    Hello | Ping | TypedDraft | TypedAnswer | Act, Field(discriminator="kind")
]

SERVER_MESSAGE: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)
CLIENT_MESSAGE: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)
MAX_MESSAGE_BYTES = 64 * 1024
