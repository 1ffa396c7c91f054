"""Made-up recordings of any length and size, sealed as a gateway seals them."""

import os
from collections.abc import Iterable, Iterator
from itertools import cycle
from uuid import UUID

from interloop.db.tables import Segment, SegmentKind, SegmentSource
from interloop.domain.ids import new_id
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentWriter, place_of_segment
from interloop.recording.sink import FileSink
from interloop.security.sealing import Box
from interloop.services import Services
from tests.support.film import picture, tone

FPS = 10


def voice(seconds: int) -> Iterator[Packet]:
    """Yield a voice of this length."""
    packets = cycle(tone(2.0))
    return (Packet(at, next(packets)) for at in range(0, seconds * 1000, 20))


def film(seconds: int, size: int) -> Iterator[Packet]:
    """Yield ten pictures a second of this many bytes each; only their heads are pictures."""
    key = picture(0, 0.1)[0].data[:10]
    for number in range(seconds * FPS):
        head = key if number % (10 * FPS) == 0 else b"\x01" + key[1:]
        yield Packet(number * 1000 // FPS, head + os.urandom(size - len(head)))


async def record(
    services: Services, org_id: UUID, interview_id: UUID, box: Box, *, seconds: int, size: int
) -> None:
    """Store both voices and a picture as three closed segments, with their rows."""
    streams = {
        SegmentSource.candidate_audio: voice(seconds),
        SegmentSource.interviewer_audio: voice(seconds),
        SegmentSource.candidate_video: film(seconds, size),
    }
    for source, packets in streams.items():
        row = Segment(
            id=new_id(),
            org_id=org_id,
            interview_id=interview_id,
            epoch=1,
            source=source,
            kind=SegmentKind.gateway,
            codec="vp8" if source is SegmentSource.candidate_video else "opus",
            start_ms=0,
            created_at=services.clock.now(),
            closed_at=services.clock.now(),
        )
        row.object_key = f"segments/{org_id}/{interview_id}/{row.id}.ilr"
        _write(services, row, packets, box)
        async with services.db.session(org_id) as session:
            session.add(row)


def _write(services: Services, row: Segment, packets: Iterable[Packet], box: Box) -> None:
    sink = FileSink(services.settings.recordings_dir / row.object_key)
    writer = SegmentWriter(sink, box, place_of_segment(row.id))
    for packet in packets:
        writer.add(packet)
        if writer.pending >= 64 * 1024:
            writer.seal()
    writer.close()
    sink.close()
    row.size, row.sha256, row.end_ms = sink.size, sink.sha256, writer.end_ms
