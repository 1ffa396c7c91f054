"""Makes the listening copy: every segment of every epoch, in its place on the interview clock."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import (
    Application,
    Interview,
    Recording,
    RecordingState,
    Segment,
    SegmentSource,
)
from interloop.db.trail import changed
from interloop.domain.errors import NotFound
from interloop.domain.ids import new_id
from interloop.integrations.audio.port import Packet
from interloop.recording.container import place_of_segment, read_segment
from interloop.security.sealed_file import seal_file
from interloop.security.sealing import Box, KeyClass, place_of
from interloop.services import Services

_FRAME_MS = 20
_GAP_MS = 100


async def finalise(services: Services, org_id: UUID, interview_id: UUID) -> None:
    """Write the listening copy and its row; nothing when nothing was recorded.

    Idempotent: a copy that stands is left alone. `Unreadable` when a segment was altered,
    `KeyDestroyed` when the candidate was erased.
    """
    async with services.db.read(org_id) as session:
        standing = await session.scalar(
            select(Recording).where(Recording.interview_id == interview_id)
        )
        segments = list(
            await session.scalars(select(Segment).where(Segment.interview_id == interview_id))
        )
        candidate_id = await session.scalar(
            select(Application.candidate_id)
            .join(Interview, Interview.application_id == Application.id)
            .where(Interview.id == interview_id)
        )
    done = standing and standing.state in {RecordingState.finalised, RecordingState.erased}
    if done or candidate_id is None:
        return
    box = await services.keys.box(org_id, candidate_id, KeyClass.media)
    left = await _stream(services, segments, SegmentSource.candidate_audio, box)
    right = await _stream(services, segments, SegmentSource.interviewer_audio, box)
    if not left and not right:
        return
    duration_ms = max(stream[-1].at_ms for stream in (left, right) if stream) + _FRAME_MS
    plain = await asyncio.to_thread(services.audio.mix, left, right, duration_ms)
    key = f"recordings/{org_id}/{interview_id}"
    row_id = standing.id if standing else new_id()
    place = place_of("recording", "object", row_id)
    sealed = await asyncio.to_thread(seal_file, plain, box, place=place)
    await services.storage.put(key, sealed)
    row = Recording(
        id=row_id,
        org_id=org_id,
        created_at=services.clock.now(),
        interview_id=interview_id,
        state=RecordingState.finalised,
        object_key=key,
        media_type=services.audio.media_type,
        duration_ms=duration_ms,
        size=len(plain),
        gap_ms=gaps_ms(left),
    )
    await _store(services, row)


def gaps_ms(packets: Sequence[Packet]) -> int:
    """Return how much is missing between the first and the last packet, in ms."""
    steps = (after.at_ms - before.at_ms - _FRAME_MS for before, after in pairwise(packets))
    return sum(step for step in steps if step > _GAP_MS)


def kept(segments: Sequence[tuple[int, Sequence[Packet]]], starts: dict[int, int]) -> list[Packet]:
    """Join the segments of one source, (epoch, packets) each, in order of time.

    What an old epoch recorded after a newer one had begun (`starts`, ms by epoch) is left out:
    that gateway did not hold the interview any more.
    """
    joined: list[Packet] = []
    for epoch, packets in sorted(segments, key=lambda segment: segment[0]):
        until = min((at for other, at in starts.items() if other > epoch), default=None)
        joined += [p for p in packets if until is None or p.at_ms < until]
    return sorted(joined, key=lambda packet: packet.at_ms)


async def _stream(
    services: Services, segments: Sequence[Segment], source: SegmentSource, box: Box
) -> list[Packet]:
    starts: dict[int, int] = {}
    for row in segments:
        starts[row.epoch] = min(row.start_ms, starts.get(row.epoch, row.start_ms))
    read: list[tuple[int, Sequence[Packet]]] = []
    for row in segments:
        if row.source is source:
            try:
                data = await services.storage.get(row.object_key)
            except NotFound:
                # The row stands before the file's first byte: that gateway was lost in between.
                continue
            content = await asyncio.to_thread(read_segment, data, box, place_of_segment(row.id))
            read.append((row.epoch, content.packets))
    return kept(read, starts)


async def _store(services: Services, row: Recording) -> None:
    async with services.db.session(row.org_id) as session:
        there = await session.scalar(
            select(Recording).where(Recording.interview_id == row.interview_id)
        )
        if there is None:
            session.add(row)
        else:
            there.state, there.object_key, there.media_type = (
                row.state,
                row.object_key,
                (row.media_type),
            )
            there.duration_ms, there.size, there.gap_ms = row.duration_ms, row.size, row.gap_ms
        await changed(session, "interview", row.interview_id, at=row.created_at)
