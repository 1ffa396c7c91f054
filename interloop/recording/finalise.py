"""Makes the copy to listen to: every segment, verified, in its place on the interview clock."""

import asyncio
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import Recording, RecordingState, SegmentSource
from interloop.db.trail import changed
from interloop.domain.ids import new_id
from interloop.domain.recording import GapReason, Manifest
from interloop.recording.merge import FRAME_MS
from interloop.recording.segments import Recorded, load, rows_of
from interloop.recording.spool import Spool
from interloop.security.sealed_file import seal_pieces
from interloop.security.sealing import Box, KeyClass, place_of
from interloop.services import Services


async def finalise(
    services: Services, org_id: UUID, interview_id: UUID, *, again: bool = False
) -> None:
    """Verify the segments, list the gaps, write the copy and its row.

    Does nothing when nothing was recorded. Idempotent: a copy that stands is left alone, unless
    `again` asks for it to be made anew, as when pieces came in later. `Unreadable` when a segment
    was altered, `KeyDestroyed` when the candidate was erased.
    """
    standing = await _standing(services, org_id, interview_id)
    if standing is not None and not _may_make(standing, again=again):
        return
    segments, candidate_id = await rows_of(services, org_id, interview_id)
    if candidate_id is None:
        return
    box = await services.keys.box(org_id, candidate_id, KeyClass.media)
    with Spool(services.settings.spool_dir) as spool:
        recorded = await load(services, segments, box, spool)
        if not any(stream.packets for stream in recorded.streams.values()):
            return
        row_id = standing.id if standing else new_id()
        row = await _make(services, recorded, box, row_id, org_id=org_id, interview_id=interview_id)
    await _store(services, row)


def manifest_of(recorded: Recorded) -> Manifest:
    """Return what the recording was made of and what it lacks, gaps in order of time."""
    gaps = [gap for stream in recorded.streams.values() for gap in stream.gaps]
    return Manifest(
        segments=recorded.checks,
        gaps=tuple(sorted(gaps, key=lambda gap: (gap.start_ms, gap.source))),
        filled_ms=recorded.streams[SegmentSource.candidate_audio].filled_ms,
        picture_filled_ms=recorded.streams[SegmentSource.candidate_video].filled_ms,
    )


def gap_ms(manifest: Manifest) -> int:
    """Return how much of the candidate's voice is missing, pauses aside, in ms."""
    return sum(
        gap.end_ms - gap.start_ms
        for gap in manifest.gaps
        if gap.source is SegmentSource.candidate_audio and gap.reason is not GapReason.paused
    )


def _may_make(standing: Recording, *, again: bool) -> bool:
    if standing.state is RecordingState.erased:
        return False
    return again or standing.state is not RecordingState.finalised


async def _make(  # noqa: PLR0913 - ids of the row
    services: Services,
    recorded: Recorded,
    box: Box,
    row_id: UUID,
    *,
    org_id: UUID,
    interview_id: UUID,
) -> Recording:
    duration_ms = recorded.end_ms + FRAME_MS
    left, right, picture = (
        recorded.packets(source)
        for source in (
            SegmentSource.candidate_audio,
            SegmentSource.interviewer_audio,
            SegmentSource.candidate_video,
        )
    )
    manifest = manifest_of(recorded)
    key = f"recordings/{org_id}/{interview_id}"
    place = place_of("recording", "object", row_id)
    with Spool(services.settings.spool_dir) as copy:
        media_type = await asyncio.to_thread(
            services.audio.mix, left, right, picture, duration_ms, out=copy
        )
        copy.seek(0)
        await services.storage.put_pieces(key, seal_pieces(copy, copy.size, box, place=place))
    return Recording(
        id=row_id,
        org_id=org_id,
        created_at=services.clock.now(),
        interview_id=interview_id,
        state=RecordingState.finalised,
        object_key=key,
        media_type=media_type,
        duration_ms=duration_ms,
        size=copy.size,
        gap_ms=gap_ms(manifest),
        manifest=manifest,
    )


async def _standing(services: Services, org_id: UUID, interview_id: UUID) -> Recording | None:
    async with services.db.read(org_id) as session:
        statement = select(Recording).where(Recording.interview_id == interview_id)
        found: Recording | None = await session.scalar(statement)
        return found


async def _store(services: Services, row: Recording) -> None:
    async with services.db.session(row.org_id) as session:
        there = await session.scalar(
            select(Recording).where(Recording.interview_id == row.interview_id)
        )
        if there is None:
            session.add(row)
        else:
            there.state, there.object_key, there.media_type, there.manifest = (
                row.state,
                row.object_key,
                row.media_type,
                row.manifest,
            )
            there.duration_ms, there.size, there.gap_ms = row.duration_ms, row.size, row.gap_ms
            there.created_at = row.created_at
        await changed(session, "interview", row.interview_id, at=row.created_at)
