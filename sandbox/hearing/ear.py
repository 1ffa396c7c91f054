"""Chooses how a turn is heard: as a handed text when there is one, else by the recogniser."""

from sandbox.hearing.handed import HandedTexts, HandedTurn
from sandbox.hearing.recogniser import Recogniser
from sandbox.hearing.turn import HeardTurn, Partial


class Ear:
    """Shared by all sessions."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self.handed = HandedTexts()

    def begin(self, session: str | None, speaker: str, partial: Partial) -> HeardTurn:
        """A new turn of that speaker in the session with that label."""
        text = self.handed.take(session)
        if text is None:
            return self.recogniser.begin(speaker, partial)
        return HandedTurn(text, partial, lambda rest: self.handed.give_back(rest, session))
