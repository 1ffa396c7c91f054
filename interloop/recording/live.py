"""Plays a recording while it is still being made: sealed segments, opened as they grow."""

import asyncio
from bisect import bisect_left
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from uuid import UUID

from interloop.db.tables import Interview, InterviewState, Segment, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentReader, place_of_segment
from interloop.recording.merge import FRAME_MS, Piece, merge
from interloop.recording.segments import read_on, rows_of, starts_of
from interloop.security.sealing import Box
from interloop.services import Services

_LOOK_S = 1.0
_AT_ONCE_MS = 5000
_SETTLED_MS = 1500
"""Both voices are sealed at least so often: what is older stands in the files of both."""

_CLOCK_LATE_MS = 4000
"""The stored clock is at most two seconds old, and a record one more."""

_GOING_ON = frozenset({InterviewState.live, InterviewState.paused})
_VOICES = (SegmentSource.candidate_audio, SegmentSource.interviewer_audio)


@dataclass
class _Growing:
    """One segment file, as far as it was read."""

    row: Segment
    reader: SegmentReader
    packets: list[Packet] = field(default_factory=list)
    read: int = 0


class LiveRecording:
    """What has been recorded of both voices so far; `look` reads on."""

    def __init__(self, services: Services, org_id: UUID, interview_id: UUID, box: Box) -> None:
        self._services = services
        self._org_id, self._interview_id = org_id, interview_id
        self._box = box
        self._files: dict[UUID, _Growing] = {}
        self.going_on = True
        self.settled_ms = 0
        """Up to here nothing more is to come."""

    async def look(self) -> None:
        """Read what was sealed since the last look."""
        async with self._services.db.read(self._org_id) as session:
            interview = await session.get_one(Interview, self._interview_id)
        rows, _ = await rows_of(self._services, self._org_id, self._interview_id)
        for row in rows:
            if row.source in _VOICES and row.kind is SegmentKind.gateway:
                reader = SegmentReader(self._box, place_of_segment(row.id))
                await self._read_on(self._files.setdefault(row.id, _Growing(row, reader)))
        last = max((f.packets[-1].at_ms for f in self._files.values() if f.packets), default=0)
        self.going_on = interview.state in _GOING_ON
        if self.going_on:
            self.settled_ms = max(last - _SETTLED_MS, interview.clock_ms - _CLOCK_LATE_MS)
        else:
            self.settled_ms = last + FRAME_MS

    def voice(self, source: SegmentSource, start_ms: int, end_ms: int) -> list[Packet]:
        """Return the packets of [start, end) ms, in order, of whoever held the call then."""
        files = [f for f in self._files.values() if f.row.source is source]
        pieces = [
            Piece(
                SegmentKind.gateway,
                f.row.epoch,
                f.packets[
                    bisect_left(f.packets, start_ms, key=_at) : bisect_left(
                        f.packets, end_ms, key=_at
                    )
                ],
            )
            for f in files
        ]
        starts = starts_of([f.row for f in self._files.values()])
        return list(merge(source, pieces, starts).packets)

    async def _read_on(self, file: _Growing) -> None:
        packets, file.read = await read_on(
            self._services.storage, file.row.object_key, file.reader, file.read
        )
        file.packets += packets
        file.packets.sort(key=_at)


async def listen_in(
    services: Services, recording: LiveRecording, from_ms: int
) -> AsyncGenerator[bytes, None]:
    """Yield a stereo stream that begins at `from_ms` and ends with the call.

    `look` must have been called. The reader sets the pace: what it does not take is not made.
    """
    mix = await asyncio.to_thread(services.audio.live, from_ms)
    at = from_ms
    while True:
        while at + FRAME_MS <= recording.settled_ms:
            until = min(recording.settled_ms, at + _AT_ONCE_MS)
            left, right = (recording.voice(source, at, until) for source in _VOICES)
            data = await asyncio.to_thread(mix.add, left, right, until)
            at = until
            if data:
                yield data
        if not recording.going_on:
            break
        await asyncio.sleep(_LOOK_S)
        await recording.look()
    yield await asyncio.to_thread(mix.end)


def _at(packet: Packet) -> int:
    return packet.at_ms
