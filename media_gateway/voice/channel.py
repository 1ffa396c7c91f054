"""The two ends of the voice between candidate and conversation."""

from dataclasses import dataclass

from media_gateway.voice.playout import Playout
from media_gateway.voice.turn_taking import TurnTaking


@dataclass(frozen=True)
class Channel:
    """What the candidate is made to hear, and when they speak; outlives every connection."""

    playout: Playout
    taking: TurnTaking
