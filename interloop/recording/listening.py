"""Opens sealed media for reading by range: the copy of an interview, and files made of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from interloop.db.rows import candidate_of, must_get
from interloop.db.tables import (
    Application,
    Interview,
    Recording,
    RecordingExport,
    RecordingState,
)
from interloop.domain.errors import Gone, NotFound
from interloop.domain.recording import ExportState
from interloop.security.sealed_file import HEAD_BYTES, SealedFile
from interloop.security.sealing import Box, KeyClass, place_of
from interloop.services import Services


@dataclass(frozen=True)
class ListeningCopy:
    """A sealed object that is read in plain pieces; nothing plain is stored."""

    services: Services
    object_key: str
    media_type: str
    duration_ms: int
    file: SealedFile
    box: Box

    @property
    def size(self) -> int:
        """Return the plain size in bytes."""
        size: int = self.file.size
        return size

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
    return await _open(
        services,
        row.object_key,
        await services.keys.box(org_id, candidate_id, KeyClass.media),
        place=place_of("recording", "object", row.id),
        media_type=row.media_type,
        duration_ms=row.duration_ms,
    )


async def open_export(services: Services, row: RecordingExport) -> ListeningCopy:
    """Return a file made of a recording.

    `NotFound` while it is not ready, `Gone` once its time is over, `KeyDestroyed` after erasure.
    """
    if row.state is ExportState.expired or row.expires_at <= services.clock.now():
        raise Gone("the file was taken away", code="export_expired")
    if row.object_key is None or row.media_type is None:
        raise NotFound("no such file")
    async with services.db.read(row.org_id) as session:
        interview = await must_get(session, Interview, row.interview_id)
        candidate_id = (await candidate_of(session, interview.application_id)).id
    return await _open(
        services,
        row.object_key,
        await services.keys.box(row.org_id, candidate_id, KeyClass.media),
        place=place_of("recording_export", "object", row.id),
        media_type=row.media_type,
    )


async def _open(  # noqa: PLR0913 - what describes a file
    services: Services,
    object_key: str,
    box: Box,
    *,
    place: str,
    media_type: str,
    duration_ms: int = 0,
) -> ListeningCopy:
    head = await services.storage.read(object_key, 0, HEAD_BYTES)
    return ListeningCopy(
        services=services,
        object_key=object_key,
        media_type=media_type,
        duration_ms=duration_ms,
        file=SealedFile(head, box, place=place),
        box=box,
    )
