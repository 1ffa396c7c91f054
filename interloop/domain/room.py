"""What moves between the candidate's page and the room: one versioned discriminated union.

JSON over the gateway's WebSocket (`<address>/room`). The first client message is `join` with the
one-time ticket; nothing else is looked at before. Then `hello` with the last seq the page has: the
room replays what came after. WebRTC is negotiated over the same socket (`offer`, `answer`; all
candidates are in the SDP), a new peer connection whenever the page needs one.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from interloop.domain.base import Value

ROOM_VERSION = 1

Phase = Literal[
    "connecting", "waiting", "interviewer", "candidate", "thinking", "moment", "paused", "ended"
]
"""Whose turn it is; the page shows one word and one shape for each.

connecting: the interviewer is not there yet. waiting: all is ready, nothing is said or recorded
before the candidate's `start`. interviewer: it speaks. candidate: it listens. thinking: the
candidate asked for time (`think`); any sound or typed word ends it. moment: the answer is in, the
interviewer's next words are on their way. paused: after `pause`, until `resume`. ended: over.
"""


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
        "organization_stopped",
    ]


class Pong(Value):
    """Answer to a ping; `at` echoes the client's own clock, `clock_ms` is the interview's."""

    kind: Literal["pong"] = "pong"
    seq: int
    at: float
    clock_ms: int | None = None


class Answer(Value):
    """The gateway's SDP answer to the offer with the same `id`."""

    kind: Literal["answer"] = "answer"
    seq: int = 0
    id: UUID
    sdp: str


class WirePass(Value):
    """Opens one socket for voice and picture (`domain/wire.py`), once and soon."""

    kind: Literal["wire_pass"] = "wire_pass"
    seq: int = 0
    id: UUID
    token: str


class Sender(Value):
    """What the page may send of the picture beside the voice, and the plain word for the line.

    Sent as each way takes over and whenever it changes; the page obeys at once. The voice
    is never limited.
    """

    kind: Literal["sender"] = "sender"
    seq: int = 0
    line: Literal["good", "weak", "voice_only"]
    active: bool
    """Whether a picture may be sent at all: the candidate agreed, and the line carries it."""
    agreed: bool
    """Whether the candidate agreed that their picture is recorded."""
    height: int
    """Lines of the picture at most; 0 when it is not active."""
    max_kbit: int
    max_framerate: int


class Refused(Value):
    """The last word before the gateway closes: ask the API where to join again, or do not."""

    kind: Literal["refused"] = "refused"
    seq: int = 0
    code: Literal["bad_ticket", "old_epoch", "bad_message", "bad_offer", "interview_over"]


ServerMessage = Annotated[
    RoomState | Caption | Notice | Pong | Answer | WirePass | Sender | Refused,
    Field(discriminator="kind"),
]


class Join(Value):
    """The one-time ticket: the very first message of a socket."""

    kind: Literal["join"] = "join"
    ticket: str = Field(max_length=200)


class Offer(Value):
    """A browser's SDP offer (audio, perhaps video), after ICE gathering is complete."""

    kind: Literal["offer"] = "offer"
    id: UUID
    sdp: str = Field(max_length=64_000)


class WireAsk(Value):
    """Ask for a pass: voice and picture go over a WebSocket, because WebRTC finds no way."""

    kind: Literal["wire_ask"] = "wire_ask"
    id: UUID


class Hello(Value):
    """First message of a connection: how far the client has heard."""

    kind: Literal["hello"] = "hello"
    version: int = ROOM_VERSION
    last_seq: int = 0


class Ping(Value):
    """Once a second; three missing ones and the client asks where to join again."""

    kind: Literal["ping"] = "ping"
    at: float


class LineReport(Value):
    """Once a second while media flows: how the line looks from the page (getStats)."""

    kind: Literal["line_report"] = "line_report"
    rtt_ms: float | None = Field(default=None, ge=0, le=600_000)
    """Round trip of the media."""
    queue_ms: float | None = Field(default=None, ge=0, le=600_000)
    """How long packets of the voice waited in the page before they left, in the last second."""


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
    Join | Offer | WireAsk | Hello | Ping | LineReport | TypedDraft | TypedAnswer | Act,
    Field(discriminator="kind"),
]

SERVER_MESSAGE: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)
CLIENT_MESSAGE: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)
MAX_MESSAGE_BYTES = 64 * 1024
