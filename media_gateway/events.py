"""Everything that can happen in a conversation, besides what the live model sends."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from interloop.integrations.live.port import LiveEvent

ActName = Literal[
    "start", "done", "think", "pause", "resume", "repeat", "rephrase", "leave", "hold", "release"
]


@dataclass(frozen=True, slots=True)
class Entered:
    """A page is there and knows the state of the room."""


@dataclass(frozen=True, slots=True)
class Acted:
    """A button was pressed."""

    act: ActName


@dataclass(frozen=True, slots=True)
class Drafted:
    """The answer box holds this now."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer was sent from the box."""

    answer_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The candidate began to speak; `at_ms` on the interview clock."""

    activity: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The candidate was silent for as long as patience lasts, or said that they are done."""

    at_ms: int
    voiced_ms: int = 0
    """How much of the stretch was voice."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one stretch of speech; each session with the model adds its own part."""

    activity: int
    session: int
    text: str
    final: bool


@dataclass(frozen=True, slots=True)
class LineLost:
    """The connection to the model broke; it is being opened again."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """What the model sounded for the present item was no speech: it is to be said anew."""


@dataclass(frozen=True, slots=True)
class ModelAway:
    """The model stays away: the interview goes on in writing."""


@dataclass(frozen=True, slots=True)
class ModelBack:
    """The model is there (again)."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The organisation has stopped all interviews."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """Nobody has been there for a long while."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A tenth of a second has gone by."""


Event = (
    Entered
    | Acted
    | Drafted
    | Typed
    | SpeechStarted
    | SpeechEnded
    | Words
    | LineLost
    | Garbled
    | ModelAway
    | ModelBack
    | Stopped
    | Unattended
    | Tick
    | LiveEvent
)
