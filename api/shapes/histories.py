"""The histories of an application in the workflow engine, and that they were erased."""

from datetime import datetime
from uuid import UUID

from api.shapes.common import UserRef
from interloop.domain.base import Value


class ErasureOut(Value):
    """One erasing: under way, refused, or done with its receipt."""

    id: UUID
    asked_by: UserRef | None
    asked_at: datetime
    gone_at: datetime | None
    """Since when nothing is left; null: under way, or refused."""
    refused: str | None
    """Code of why nothing was erased after all: something still runs."""
    workflows: int
    runs: int
    seconds: float


class HistoriesOut(Value):
    """Whether the histories may be erased, and every erasing so far, newest first."""

    refusal: str | None
    """Code of why they may not be erased now; null: they may."""
    files_kept: int
    """Files of recordings that can still be fetched, and go with their histories."""
    erasures: tuple[ErasureOut, ...]
