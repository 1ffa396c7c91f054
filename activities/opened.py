"""Opens what can still be opened of one candidate, and says None for the rest."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from activities.rows import open_column
from interloop.db.tables import Base
from interloop.domain.errors import KeyDestroyed, Unreadable
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services

_SEALING = (KeyClass.identity, KeyClass.decision)
"""What whoever opens also seals with."""


@dataclass(frozen=True)
class Opener:
    """The boxes of a candidate that still open."""

    boxes: Mapping[KeyClass, Box]

    def text(self, key_class: KeyClass, row: Base, column: str) -> str | None:
        """Return a sealed text; None where nothing is, or it opens no more."""
        box = self.boxes.get(key_class)
        if box is None:
            return None
        try:
            return open_column(box, row, column)
        except Unreadable:
            return None


async def opener(services: Services, org_id: UUID, candidate_id: UUID) -> Opener:
    """Return the boxes of identity, transcript and decision that are not destroyed.

    Where no word was ever said, no key is made for words.
    """
    keys = services.keys
    boxes = await keys.boxes(org_id, candidate_id, (*_SEALING, KeyClass.transcript))
    for key_class in _SEALING:
        if key_class not in boxes:
            with suppress(KeyDestroyed):
                boxes[key_class] = await keys.box(org_id, candidate_id, key_class)
    return Opener(boxes)
