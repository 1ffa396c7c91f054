"""Opens what can still be opened of one candidate, and says None for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from activities.rows import open_column
from interloop.db.tables import Base
from interloop.domain.errors import KeyDestroyed, Unreadable
from interloop.security.sealing import Box, KeyClass
from interloop.services import Services


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
    """Return the boxes of identity, transcript and decision that are not destroyed."""
    boxes = {}
    for key_class in (KeyClass.identity, KeyClass.transcript, KeyClass.decision):
        try:
            boxes[key_class] = await services.keys.box(org_id, candidate_id, key_class)
        except KeyDestroyed:
            continue
    return Opener(boxes)
