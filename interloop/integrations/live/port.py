"""What Interloop asks of a live voice model: one session at a time, events in, voice out.

The gateway owns whose turn it is: it says when the candidate begins and ends (activity), and the
model asks for each next thing to say by `ItemWanted`, answered by `answer_item`.
Sound to the model is PCM16 mono at 16 kHz, from the model PCM16 mono at 24 kHz.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from interloop.domain.agenda import Item
from interloop.domain.base import Value
from interloop.domain.live_model import LiveCapabilities
from interloop.domain.turn import Provider, Speaker

IN_RATE = 16_000
OUT_RATE = 24_000


class Line(Value):
    """One earlier turn, for a session that starts in the middle of an interview."""

    speaker: Speaker
    text: str


class Briefing(Value):
    """What a session is set up with; holds nothing of the candidate but the turns so far."""

    persona_name: str
    persona_style: str
    session_label: str
    history: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of the model's voice."""

    pcm: bytes


@dataclass(frozen=True, slots=True)
class Saying:
    """Words of the model that begin in the sound received just before."""

    text: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """The candidate's words: a further piece, or (interim) all that is guessed beyond the pieces.

    They may come late, out of order or not at all; `final` ends the words of one activity.
    """

    text: str
    final: bool
    interim: bool = False


@dataclass(frozen=True, slots=True)
class ItemWanted:
    """The model asks what to say next."""

    call_id: str


@dataclass(frozen=True, slots=True)
class ItemUnwanted:
    """The model takes its question back."""

    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidAll:
    """All sound of this model turn was sent (it may still be playing), or it was cut off."""

    interrupted: bool


@dataclass(frozen=True, slots=True)
class Resumable:
    """A handle with which the conversation can be continued; none for the moment."""

    handle: str | None


@dataclass(frozen=True, slots=True)
class GoingAway:
    """The service will close the connection in so many seconds."""

    seconds: float


LiveEvent = Sound | Saying | Hearing | ItemWanted | ItemUnwanted | SaidAll | Resumable | GoingAway


class LiveSession(Protocol):
    """One connection; every method raises `Unavailable` once it is lost.

    Its code says what the service had against it: `context_refused` (the same context must not
    be sent again), `refused`, `quota`, or `model_away` for everything else.
    """

    def events(self) -> AsyncIterator[LiveEvent]:
        """Yield what the model sends, over many turns; raises `Unavailable` at the end."""
        ...

    async def activity_start(self) -> None:
        """The candidate begins to speak."""
        ...

    async def hear(self, pcm: bytes) -> None:
        """The next sound of the candidate."""
        ...

    async def activity_end(self) -> None:
        """The candidate is done speaking."""
        ...

    async def tell(self, text: str) -> None:
        """A whole user turn as text: a typed answer, or a nudge to go on."""
        ...

    async def answer_item(self, call_id: str, item: Item | None) -> None:
        """Answer `ItemWanted`; none: say nothing."""
        ...

    async def close(self) -> None:
        """End the connection; ending it twice is fine."""
        ...


class LiveModel(Protocol):
    """A service that holds such sessions."""

    @property
    def provider(self) -> Provider:
        """Return what kind of model speaks."""
        ...

    @property
    def capabilities(self) -> LiveCapabilities:
        """Return what the model can do and how long it holds on."""
        ...

    async def connect(self, briefing: Briefing, handle: str | None) -> LiveSession:
        """Open a session, continuing that of `handle`; `Unavailable` when it cannot be had.

        The error's code is `handle_unknown` when only the handle is to blame, else one of those
        of a session.
        """
        ...
