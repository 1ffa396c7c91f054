"""Which parts of the candidate's voice are archived: what the device is asked to send again."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from interloop.db.tables import Segment, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentReader, place_of_segment
from interloop.recording.merge import FRAME_MS
from interloop.recording.segments import read_on, starts_of
from interloop.recording.spans import Span, cut_off, joined, outside
from interloop.security.sealing import Box
from interloop.services import Services

_SEAM_MS = 10
"""Packets that meet as well as this leave no hole."""

_TOGETHER_MS = 2000
"""Holes closer than this are asked for as one: a device keeps pieces of this length."""

_REMEMBERED = 256


@dataclass
class _Read:
    """How far a segment was read, and what stands in it."""

    reader: SegmentReader | None
    offset: int = 0
    spans: list[Span] = field(default_factory=list)
    paused: list[Span] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Coverage:
    """Remembers what it has read, so that a growing segment is read once."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, _Read] = OrderedDict()

    async def missing(
        self, services: Services, rows: Sequence[Segment], box: Box, *, until_ms: int
    ) -> list[Span]:
        """Return the stretches of [0, until_ms) in which no voice is archived, pauses aside.

        `Unreadable` when a segment was altered.
        """
        voice = [row for row in rows if row.source is SegmentSource.candidate_audio]
        starts = starts_of(rows)
        covered: list[Span] = []
        for row in voice:
            if row.kind is SegmentKind.device:
                covered.append((row.start_ms, row.end_ms))
                continue
            read = await self._read(services, row, box)
            newer = min((at for epoch, at in starts.items() if epoch > row.epoch), default=None)
            covered += cut_off(read.spans, newer) + read.paused
        free = outside(joined(covered, within_ms=_SEAM_MS), until_ms)
        return joined(free, within_ms=_TOGETHER_MS)

    async def _read(self, services: Services, row: Segment, box: Box) -> _Read:
        read = self._known.get(row.id)
        if read is None:
            read = self._known[row.id] = _Read(SegmentReader(box, place_of_segment(row.id)))
        self._known.move_to_end(row.id)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        async with read.lock:
            if read.reader is not None:
                await _read_on(services, row, read, read.reader)
        return read


async def _read_on(services: Services, row: Segment, read: _Read, reader: SegmentReader) -> None:
    packets, read.offset = await read_on(services.storage, row.object_key, reader, read.offset)
    read.spans = joined([*read.spans, *_spans(packets)], within_ms=_SEAM_MS)
    read.paused = [(left.start_ms, left.end_ms) for left in reader.left_out]
    if reader.closed:
        # Nothing more comes, and the key is not kept for longer than it is needed.
        read.reader = None


def _spans(packets: Sequence[Packet]) -> list[Span]:
    return [(packet.at_ms, packet.at_ms + FRAME_MS) for packet in packets]
