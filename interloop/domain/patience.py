"""How long a silence may last before it is taken for the end of an answer: learned from the person.

A person who blocks, stumbles or thinks long needs more time than others, and shows it: by long
silences after which they go on, and by short sounds in quick succession. Each such sign raises the
doubt that a silence is an end; each plain stretch of speech lowers it a little. Patience is the
persona's own while there is no doubt, and grows with it up to the persona's limit. It is never
shorter than the persona's, it is never shown or marked, and only its length is kept.
"""

from typing import Self

from pydantic import Field, model_validator

from interloop.domain.base import Value

WORD_GAP_MS = 250
"""Shorter silences are the gaps between words; they say nothing about thinking."""
LONG_PAUSE_MS = 1500
"""A silence inside an answer that many listeners would have taken for its end."""
SHORT_SOUND_MS = 320
"""A shorter stretch of voice with a short gap after it is a repetition or a broken-off start."""

# Weights were tuned on 30 speakers of bench/corpus.py with another seed than the measure has.
_LONG = 0.7
_VERY_LONG = 1.4
_SHORT_SOUND = 0.5
_PLAIN = -0.3
_MOST_DOUBT = 3.5
_FROM, _FULL = 1.0, 3.0
"""Doubt from which on patience grows, and at which it has reached the limit."""


class PatienceBounds(Value):
    """Milliseconds of silence that end an answer: at least, and at most."""

    least_ms: int = Field(ge=800, le=6000)
    most_ms: int = Field(ge=800, le=10_000)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most_ms < self.least_ms:
            raise ValueError("the limit of patience lies below its beginning")
        return self


class Patience(Value):
    """What was learned in one interview; each `after_...` returns the next state."""

    bounds: PatienceBounds
    doubt: float = Field(default=0.0, ge=0, le=_MOST_DOUBT)

    @property
    def ms(self) -> int:
        """Return the silence that now ends an answer."""
        grown = min(max((self.doubt - _FROM) / (_FULL - _FROM), 0.0), 1.0)
        bounds = self.bounds
        return round(bounds.least_ms + grown * (bounds.most_ms - bounds.least_ms))

    def after_pause(self, silent_ms: int, *, voiced_ms: int) -> "Patience":
        """The person went on after `silent_ms`; `voiced_ms` is how long they spoke before."""
        if silent_ms >= 2 * LONG_PAUSE_MS:
            return self._moved(_VERY_LONG)
        if silent_ms >= LONG_PAUSE_MS:
            return self._moved(_LONG)
        if voiced_ms < SHORT_SOUND_MS:
            return self._moved(_SHORT_SOUND)
        return self._moved(_PLAIN) if silent_ms >= WORD_GAP_MS else self

    def _moved(self, by: float) -> "Patience":
        doubt = min(max(self.doubt + by, 0.0), _MOST_DOUBT)
        return self.model_copy(update={"doubt": doubt})
