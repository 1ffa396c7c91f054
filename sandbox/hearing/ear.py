"""Chooses how a turn is heard: as a test has handed over, else by the recogniser."""

from sandbox.hearing.handed import HandedTexts, HandedTurn
from sandbox.hearing.recogniser import Recogniser
from sandbox.hearing.recorded import RecordedTurn
from sandbox.hearing.recording import Recording
from sandbox.hearing.turn import HeardTurn, Partial


class Ear:
    """Shared by all sessions."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self.handed = HandedTexts()
        self.recordings: list[Recording] = []

    def begin(self, session: str | None, speaker: str, partial: Partial) -> HeardTurn:
        """A new turn of that speaker in the session with that label."""
        text = self.handed.take(session)
        if text is not None:
            return HandedTurn(text, partial, lambda rest: self.handed.give_back(rest, session))
        if self.recordings:
            return RecordedTurn(
                self.recordings, lambda told: self.recogniser.begin(speaker, told), partial
            )
        return self.recogniser.begin(speaker, partial)
