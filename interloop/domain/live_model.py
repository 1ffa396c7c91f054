"""What a live voice model can do and how long it holds on: a table by exact model id.

Live models change every few months, and their differences are small and sharp. Nothing anywhere
branches on a part of a model's name: a difference is a field here, and settings may override any
field for a model that is newer than this table. Sources: the vendor's model pages and reports of
other integrators as of 2026-11; none of it was measured with a key.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, JsonValue

from interloop.domain.base import Value


class LiveCapabilities(Value):
    """One model. Times are seconds."""

    model: str
    nudge: Literal["content", "realtime"] = "content"
    """How a user turn is sent as text in the middle of a session."""
    seeding: Literal["initial_history", "content"] = "initial_history"
    """How a fresh session is told the turns so far: announced in the setup, or simply sent."""
    blocking_tools: bool = True
    """Whether the model waits for the answer of a function; else the answer is scheduled."""
    compresses: bool = True
    """Whether the service may slide the window of a context that has grown too long."""
    transcribes_itself: bool = True
    """Whether its own words come beside its voice; without them garbage cannot be noticed."""
    connection_s: float = Field(default=600.0, gt=0)
    """So long a connection lives; it is changed before that."""
    handle_s: float = Field(default=7200.0, gt=0)
    """So long a handle continues a conversation."""
    reacts_in_s: float = Field(default=8.0, gt=0)
    """Silence after a finished turn that is longer means that the connection is dead."""


_KNOWN = (
    LiveCapabilities(model="gemini-3.8-live"),
    LiveCapabilities(
        model="gemini-3.8-live-extended-thinking", blocking_tools=False, reacts_in_s=20.0
    ),
    LiveCapabilities(model="gemini-3.1-flash-live-preview", nudge="realtime"),
    LiveCapabilities(model="gemini-2.5-flash-native-audio-preview-12-2025", seeding="content"),
    LiveCapabilities(model="gemini-live-2.5-flash-native-audio", seeding="content"),
)
KNOWN: Mapping[str, LiveCapabilities] = {known.model: known for known in _KNOWN}


def capabilities_of(model: str, override: Mapping[str, JsonValue]) -> LiveCapabilities:
    """Return what `model` can do; an unknown one is taken for the newest stable one.

    Raises `pydantic.ValidationError` for an override that names no field.
    """
    known = KNOWN.get(model) or LiveCapabilities(model=model)
    return LiveCapabilities.model_validate({**known.model_dump(), **override})
