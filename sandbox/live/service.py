"""What all Live sessions share."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.hearing.ear import Ear
from sandbox.live.faults import Faults
from sandbox.live.memory import Handles
from sandbox.live.voice_out import Pace
from sandbox.voice.speaker import Speaker

if TYPE_CHECKING:
    from sandbox.live.session import Session


@dataclass
class Service:
    """One service a process."""

    speaker: Speaker
    ear: Ear
    handles: Handles = field(default_factory=Handles)
    faults: Faults = field(default_factory=Faults)
    pace: Pace = field(default_factory=Pace)
    sessions: "dict[str, Session]" = field(default_factory=dict)
