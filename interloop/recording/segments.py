"""Loads and verifies the segments of an interview."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import Application, Interview, Segment, SegmentKind, SegmentSource
from interloop.domain.errors import NotFound, Unreadable
from interloop.domain.recording import GapReason, SegmentCheck, SegmentState
from interloop.integrations.audio.port import Mixer, Packet
from interloop.integrations.storage.port import Storage
from interloop.recording.container import SegmentReader, place_of_segment, read_segment
from interloop.recording.merge import Merged, Piece, merge
from interloop.security.sealing import Box
from interloop.services import Services

_READ_BYTES = 1024 * 1024
_DEVICE = 1
"""The encoder of a candidate's browser; 0 is what arrived over the line."""


@dataclass(frozen=True)
class Recorded:
    """Everything an interview's segments hold, stream by stream."""

    streams: dict[SegmentSource, Merged]
    checks: tuple[SegmentCheck, ...]

    @property
    def end_ms(self) -> int:
        """Return when the last packet of all begins, in ms; 0 when there is none."""
        ends = (stream.packets[-1].at_ms for stream in self.streams.values() if stream.packets)
        return max(ends, default=0)


async def rows_of(
    services: Services, org_id: UUID, interview_id: UUID
) -> tuple[list[Segment], UUID | None]:
    """Return the interview's segments, and the candidate whose key seals them."""
    async with services.db.read(org_id) as session:
        segments = await session.scalars(
            select(Segment)
            .where(Segment.interview_id == interview_id)
            .order_by(Segment.epoch, Segment.start_ms, Segment.id)
        )
        candidate_id = await session.scalar(
            select(Application.candidate_id)
            .join(Interview, Interview.application_id == Application.id)
            .where(Interview.id == interview_id)
        )
        return list(segments), candidate_id


def starts_of(segments: Sequence[Segment]) -> dict[int, int]:
    """Return when each epoch began to record, in ms by epoch."""
    starts: dict[int, int] = {}
    for row in segments:
        if row.kind is SegmentKind.gateway:
            starts[row.epoch] = min(row.start_ms, starts.get(row.epoch, row.start_ms))
    return starts


async def read_on(
    storage: Storage, key: str, reader: SegmentReader, at: int
) -> tuple[list[Packet], int]:
    """Return the packets of a growing file from byte `at` on, and how far it was read.

    `Unreadable` when it was altered.
    """
    found: list[Packet] = []
    while True:
        try:
            data = await storage.read(key, at, at + _READ_BYTES)
        except NotFound:
            # The row stands before its file's first byte.
            return found, at
        at += len(data)
        found += await asyncio.to_thread(reader.feed, data)
        if len(data) < _READ_BYTES:
            return found, at


async def load(services: Services, segments: Sequence[Segment], box: Box) -> Recorded:
    """Read, verify and join the segments.

    `Unreadable` with code `seal_broken` when one was altered, or is shorter than it was closed.
    """
    pieces: dict[SegmentSource, list[Piece]] = {source: [] for source in SegmentSource}
    checks: list[SegmentCheck] = []
    for row in segments:
        piece, check = await _verified(services, row, box)
        pieces[row.source].append(piece)
        checks.append(check)
    voice, film = pieces[SegmentSource.candidate_audio], pieces[SegmentSource.candidate_video]
    voice, lags = await asyncio.to_thread(aligned, services.audio, voice)
    pieces[SegmentSource.candidate_audio] = voice
    pieces[SegmentSource.candidate_video] = in_step(film, lags)
    starts = starts_of(segments)
    # The voice's segment notes every pause: nothing of the candidate is recorded meanwhile.
    pauses = [s for piece in voice for s in piece.left_out if s.reason is GapReason.paused]
    streams = {
        source: merge(
            source,
            pieces[source],
            starts,
            () if source is SegmentSource.candidate_audio else pauses,
        )
        for source in SegmentSource
    }
    return Recorded(streams, tuple(checks))


Lags = Sequence[tuple[int, int]]
"""By how many ms a piece of the voice was moved, and where it began."""


def aligned(audio: Mixer, pieces: Sequence[Piece]) -> tuple[list[Piece], Lags]:
    """Move what devices kept to where the gateway placed the same sound; blocking and busy."""
    own = [p for p in pieces if p.kind is SegmentKind.gateway]
    kept = [p for p in pieces if p.kind is SegmentKind.device and p.packets]
    if not kept:
        return own, []
    beside = sorted((packet for p in own for packet in p.packets), key=lambda p: p.at_ms)
    found = audio.lags(beside, [p.packets for p in kept])
    moved = [_moved(p, lag) for p, lag in zip(kept, found, strict=True)]
    return [*own, *moved], [(p.packets[0].at_ms, lag) for p, lag in zip(kept, found, strict=True)]


def in_step(film: Sequence[Piece], lags: Lags) -> list[Piece]:
    """Move the pictures that devices kept as the voice nearest to them was: one clock placed both.

    No pictures are compared; without a voice beside them they stay.
    """
    return [
        _shown_later(piece, min(lags, key=lambda known: abs(known[0] - piece.packets[0].at_ms))[1])
        if lags and piece.packets and piece.kind is SegmentKind.device
        else piece
        for piece in film
    ]


def _shown_later(piece: Piece, by_ms: int) -> Piece:
    by_ms = max(by_ms, -piece.packets[0].at_ms)
    return replace(piece, packets=[Packet(p.at_ms + by_ms, p.data) for p in piece.packets])


def _moved(piece: Piece, lag_ms: int) -> Piece:
    packets = [Packet(p.at_ms + lag_ms, p.data, encoder=_DEVICE) for p in piece.packets]
    return replace(piece, packets=[p for p in packets if p.at_ms >= 0])


async def _verified(services: Services, row: Segment, box: Box) -> tuple[Piece, SegmentCheck]:
    try:
        data = await services.storage.get(row.object_key)
    except NotFound:
        # The row stands before the file's first byte: that gateway was lost in between.
        data = b""
    content = await asyncio.to_thread(read_segment, data, box, place_of_segment(row.id))
    if row.closed_at is not None:
        await asyncio.to_thread(_check_sum, row, data, closed=content.closed)
    state = SegmentState.torn if data else SegmentState.missing
    check = SegmentCheck(
        segment_id=row.id,
        source=row.source,
        kind=row.kind,
        epoch=row.epoch,
        state=SegmentState.whole if content.closed else state,
        packets=len(content.packets),
        clock_error_ms=row.clock_error_ms,
    )
    piece = Piece(
        row.kind,
        row.epoch,
        content.packets,
        left_out=content.left_out,
        closed=content.closed,
    )
    return piece, check


def _check_sum(row: Segment, data: bytes, *, closed: bool) -> None:
    if not closed or len(data) != row.size or hashlib.sha256(data).hexdigest() != row.sha256:
        raise Unreadable("segment is not as it was closed", code="seal_broken")
