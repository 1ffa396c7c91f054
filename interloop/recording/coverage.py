"""Which parts of a candidate's voice and picture are archived: what the device is asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from interloop.db.tables import Segment, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentReader, place_of_segment
from interloop.recording.film import HOLE_MS, is_key_frame
from interloop.recording.merge import FRAME_MS
from interloop.recording.segments import read_on, starts_of
from interloop.recording.spans import Span, cut_off, joined, outside
from interloop.security.sealing import Box
from interloop.services import Services

_VOICE, _PICTURE = SegmentSource.candidate_audio, SegmentSource.candidate_video

_SEAM_MS = {_VOICE: 10, _PICTURE: HOLE_MS}
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
    last_ms: int | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Coverage:
    """Remembers what it has read, so that a growing segment is read once."""

    def __init__(self) -> None:
        self._known: OrderedDict[UUID, _Read] = OrderedDict()

    async def missing(
        self,
        services: Services,
        rows: Sequence[Segment],
        box: Box,
        *,
        until_ms: int,
        source: SegmentSource = _VOICE,
    ) -> list[Span]:
        """Return the stretches of [0, until_ms) of which nothing is archived, pauses aside.

        `Unreadable` when a segment was altered.
        """
        starts = starts_of(rows)
        covered: list[Span] = []
        for row in (row for row in rows if row.source in {_VOICE, source}):
            if row.kind is SegmentKind.device:
                covered += [(row.start_ms, row.end_ms)] if row.source is source else []
                continue
            read = await self._read(services, row, box)
            # The voice's segment notes every pause.
            covered += read.paused
            if row.source is source:
                newer = min((at for epoch, at in starts.items() if epoch > row.epoch), default=None)
                covered += cut_off(read.spans, newer)
        free = outside(joined(covered, within_ms=_SEAM_MS[source]), until_ms)
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
    spans = _shown(packets, read.last_ms) if row.source is _PICTURE else _heard(packets)
    read.spans = joined([*read.spans, *spans], within_ms=_SEAM_MS[row.source])
    read.last_ms = packets[-1].at_ms if packets else read.last_ms
    read.paused = [(left.start_ms, left.end_ms) for left in reader.left_out]
    if reader.closed:
        # Nothing more comes, and the key is not kept for longer than it is needed.
        read.reader = None


def _heard(packets: Sequence[Packet]) -> list[Span]:
    return [(packet.at_ms, packet.at_ms + FRAME_MS) for packet in packets]


def _shown(packets: Sequence[Packet], before_ms: int | None) -> list[Span]:
    """Return when pictures are shown; one that leans on the one before leaves no hole there."""
    spans: list[Span] = []
    for packet in packets:
        start = packet.at_ms
        if before_ms is not None and not is_key_frame(packet.data):
            start = before_ms
        spans.append((start, packet.at_ms + FRAME_MS))
        before_ms = packet.at_ms
    return spans
