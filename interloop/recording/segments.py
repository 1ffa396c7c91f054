"""Verifies the segments of an interview, and tells where each packet lies.

Segments are read a part at a time. The packets go into a spool; what is put in order is their
index, and their bytes are read when somebody takes them.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import Application, Interview, Segment, SegmentKind, SegmentSource
from interloop.domain.errors import NotFound, Unreadable
from interloop.domain.recording import GapReason, SegmentCheck, SegmentState
from interloop.integrations.audio.port import Mixer, Packet
from interloop.integrations.storage.port import Storage
from interloop.recording.container import SegmentReader, place_of_segment
from interloop.recording.index import Index, Stored
from interloop.recording.merge import Merged, Piece, in_order, merge
from interloop.recording.spool import Spool
from interloop.security.sealing import Box
from interloop.services import Services

_READ_BYTES = 1024 * 1024
_DEVICE = 1
"""The encoder of a candidate's browser; 0 is what arrived over the line."""


@dataclass(frozen=True)
class Recorded:
    """Everything an interview's segments hold, stream by stream."""

    streams: dict[SegmentSource, Merged]
    """Their packets are an index."""
    checks: tuple[SegmentCheck, ...]
    spool: Spool

    @property
    def end_ms(self) -> int:
        """Return when the last packet of all begins, in ms; 0 when there is none."""
        ends = (stream.packets[-1].at_ms for stream in self.streams.values() if stream.packets)
        return max(ends, default=0)

    def packets(self, source: SegmentSource) -> Sequence[Packet]:
        """Return a stream's packets, each read from the spool when it is asked for."""
        return Stored(self.streams[source].packets, self.spool)


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
    async with aclosing(_parts(storage, key, at)) as parts:
        async for data in parts:
            at += len(data)
            found += await asyncio.to_thread(reader.feed, data)
    return found, at


async def _parts(storage: Storage, key: str, at: int = 0) -> AsyncGenerator[bytes, None]:
    """Yield a file from byte `at` on; nothing when there is none.

    The row of a segment stands before its file's first byte: a gateway may be lost in between.
    """
    with suppress(NotFound):
        while data := await storage.read(key, at, at + _READ_BYTES):
            yield data
            at += len(data)
            if len(data) < _READ_BYTES:
                return


async def load(services: Services, segments: Sequence[Segment], box: Box, spool: Spool) -> Recorded:
    """Read, verify and join the segments; their packets lie in the spool then.

    `Unreadable` with code `seal_broken` when one was altered, or is shorter than it was closed.
    """
    pieces: dict[SegmentSource, list[Piece]] = {source: [] for source in SegmentSource}
    checks: list[SegmentCheck] = []
    for row in segments:
        piece, check = await _verified(services, row, box, spool)
        pieces[row.source].append(piece)
        checks.append(check)
    streams = await asyncio.to_thread(
        _joined, services.audio, pieces, starts_of(segments), spool=spool
    )
    return Recorded(streams, tuple(checks), spool)


def _joined(
    audio: Mixer,
    pieces: dict[SegmentSource, list[Piece]],
    starts: dict[int, int],
    *,
    spool: Spool,
) -> dict[SegmentSource, Merged]:
    voice, lags = aligned(audio, pieces[SegmentSource.candidate_audio], spool)
    film = in_step(pieces[SegmentSource.candidate_video], lags)
    placed = {
        **pieces,
        SegmentSource.candidate_audio: voice,
        SegmentSource.candidate_video: film,
    }
    # The voice's segment notes every pause: nothing of the candidate is recorded meanwhile.
    pauses = [s for piece in voice for s in piece.left_out if s.reason is GapReason.paused]
    return {
        source: merge(
            source,
            placed[source],
            starts,
            () if source is SegmentSource.candidate_audio else pauses,
            keep=Index,
        )
        for source in SegmentSource
    }


Lags = Sequence[tuple[int, int]]
"""By how many ms a piece of the voice was moved, and where it began."""


def aligned(audio: Mixer, pieces: Sequence[Piece], spool: Spool) -> tuple[list[Piece], Lags]:
    """Move what devices kept to where the gateway placed the same sound; blocking and busy."""
    own = [p for p in pieces if p.kind is SegmentKind.gateway]
    kept = [p for p in pieces if p.kind is SegmentKind.device and p.packets]
    if not kept:
        return own, []
    beside = in_order((packet for p in own for packet in p.packets), Index)
    found = audio.lags(Stored(beside, spool), [Stored(p.packets, spool) for p in kept])
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
    return replace(piece, packets=[replace(p, at_ms=p.at_ms + by_ms) for p in piece.packets])


def _moved(piece: Piece, lag_ms: int) -> Piece:
    moved = (replace(p, at_ms=p.at_ms + lag_ms, encoder=_DEVICE) for p in piece.packets)
    return replace(piece, packets=Index(p for p in moved if p.at_ms >= 0))


async def _verified(
    services: Services, row: Segment, box: Box, spool: Spool
) -> tuple[Piece, SegmentCheck]:
    reader = SegmentReader(box, place_of_segment(row.id))
    index, digest, size = Index(), hashlib.sha256(), 0

    def take(data: bytes) -> None:
        digest.update(data)
        index.put(reader.feed(data), spool)

    async with aclosing(_parts(services.storage, row.object_key)) as parts:
        async for data in parts:
            size += len(data)
            await asyncio.to_thread(take, data)
    if row.closed_at is not None:
        whole = reader.closed and size == row.size and digest.hexdigest() == row.sha256
        if not whole:
            raise Unreadable("segment is not as it was closed", code="seal_broken")
    state = SegmentState.torn if size else SegmentState.missing
    check = SegmentCheck(
        segment_id=row.id,
        source=row.source,
        kind=row.kind,
        epoch=row.epoch,
        state=SegmentState.whole if reader.closed else state,
        packets=len(index),
        clock_error_ms=row.clock_error_ms,
    )
    return Piece(row.kind, row.epoch, index, tuple(reader.left_out), closed=reader.closed), check
