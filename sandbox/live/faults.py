"""What can be made to go wrong in a Live session, and when."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What goes wrong."""

    ABORT = "abort"
    CLOSE = "close"
    GO_AWAY = "go_away"
    SLOW = "slow"
    UNKNOWN_MESSAGE = "unknown_message"
    REJECT = "reject"
    ERROR_FRAME = "error_frame"
    STALL = "stall"
    CANCEL_CALL = "cancel_call"
    DOUBLE_VOICE = "double_voice"
    GARBAGE = "garbage"
    NO_TRANSCRIPT = "no_transcript"
    LATE_WORDS = "late_words"
    NO_WORDS = "no_words"
    WORDS_IN_PIECES = "words_in_pieces"


ARMED = frozenset(
    {
        Kind.CANCEL_CALL,
        Kind.DOUBLE_VOICE,
        Kind.GARBAGE,
        Kind.NO_TRANSCRIPT,
        Kind.LATE_WORDS,
        Kind.NO_WORDS,
        Kind.WORDS_IN_PIECES,
    }
)
"""Kinds that change how the session goes on, rather than happen to its connection."""


class Moment(StrEnum):
    """When it goes wrong: now in every open session, or at the next such moment of one."""

    NOW = "now"
    UPGRADE = "upgrade"
    BEFORE_SETUP = "before_setup"
    SETUP = "setup"
    ACTIVITY_START = "activity_start"
    ACTIVITY_END = "activity_end"
    TOOL_CALL = "tool_call"
    SPEAKING = "speaking"


class Fault(BaseModel):
    """One planned fault."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    when: Moment = Moment.NOW
    count: int = Field(default=1, ge=1)
    session: str | None = None
    """Only in sessions whose setup carries this label `session`."""

    code: int = 1011
    """Close code, or HTTP status of a refused upgrade."""

    reason: str = "Internal error encountered."
    seconds: float = Field(default=1.0, ge=0, le=60)
    """Delay of `slow` and `late_words`; time left of `go_away`, after which the line is aborted;
    length of `garbage`."""


class Faults:
    """Faults that wait for their moment."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Waits for the next moment of its kind."""
        self._planned.append(fault.model_copy())

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._planned.clear()

    def due(self, moment: Moment, session: str | None) -> Fault | None:
        """The fault for this moment, counted down."""
        for fault in self._planned:
            if fault.when is moment and fault.session in (None, session):
                fault.count -= 1
                if fault.count == 0:
                    self._planned.remove(fault)
                return fault
        return None
