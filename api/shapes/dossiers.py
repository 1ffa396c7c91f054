"""Dossiers of rejections."""

from datetime import datetime
from uuid import UUID

from interloop.domain.base import Value
from interloop.domain.dossier import Dossier, Words


class DossierOut(Value):
    """A dossier as it was frozen."""

    id: UUID
    frozen_at: datetime
    sha256: str
    intact: bool
    """Both parts have the hash that stands in the audit chain."""
    dossier: Dossier
    words: Words | None
    """What names the candidate; null after erasure."""
