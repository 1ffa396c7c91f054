"""Opens a listening copy for reading by range."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import Application, Interview, Recording, RecordingState
from interloop.domain.errors import NotFound
from interloop.security.sealed_file import HEAD_BYTES, SealedFile
from interloop.security.sealing import KeyClass, place_of
from interloop.services import Services


@dataclass(frozen=True)
class ListeningCopy:
    """A sealed object that is read in plain pieces; nothing plain is stored."""

    services: Services
    object_key: str
    media_type: str
    size: int
    duration_ms: int
    file: SealedFile

    async def read(self, start: int, end: int) -> bytes:
        """Return the plain bytes [start, end); `Unreadable` when the object was altered."""
        end = min(end, self.size)
        if start >= end:
            return b""
        stretch = self.file.stretch(start, end)
        sealed = await self.services.storage.read(self.object_key, stretch.start, stretch.end)
        return self.file.open(sealed, stretch, start=start, end=end)


async def open_listening_copy(
    services: Services, org_id: UUID, interview_id: UUID
) -> ListeningCopy:
    """Return the interview's listening copy.

    `NotFound` while there is none, `KeyDestroyed` once the candidate was erased.
    """
    async with services.db.read(org_id) as session:
        row = await session.scalar(
            select(Recording).where(
                Recording.interview_id == interview_id,
                Recording.state == RecordingState.finalised,
            )
        )
        candidate_id = await session.scalar(
            select(Application.candidate_id)
            .join(Interview, Interview.application_id == Application.id)
            .where(Interview.id == interview_id)
        )
    if row is None or row.object_key is None or candidate_id is None:
        raise NotFound("no listening copy")
    head = await services.storage.read(row.object_key, 0, HEAD_BYTES)
    box = await services.keys.box(org_id, candidate_id, KeyClass.media)
    file = SealedFile(head, box, place=place_of("recording", "object", row.id))
    return ListeningCopy(
        services=services,
        object_key=row.object_key,
        media_type=row.media_type,
        size=file.size,
        duration_ms=row.duration_ms,
        file=file,
    )
