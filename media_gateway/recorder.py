"""Writes what is heard into sealed segments, on its own thread: the call never waits for a disk."""

import asyncio
import hashlib
import queue
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog

from interloop.db.tables import Segment, SegmentSource
from interloop.domain.errors import Superseded
from interloop.integrations.audio.port import Packet
from interloop.recording.container import SegmentWriter, place_of_segment
from media_gateway.ledger import Ledger
from media_gateway.opening import Opening

SEAL_S = 1.0
SEAL_BYTES = 64 * 1024
_QUEUE = 4096
"""About 40 s of two audio streams; a disk that is slower loses sound, never the call."""

_CODECS = {
    SegmentSource.candidate_audio: "opus",
    SegmentSource.interviewer_audio: "opus",
    SegmentSource.candidate_video: "vp8",
}
_log = structlog.get_logger(__name__)


@dataclass
class _OpenFile:
    row: Segment
    path: Path
    file: BinaryIO
    writer: SegmentWriter
    sealed_at: float

    def seal_if_due(self, now: float) -> None:
        if self.writer.pending >= SEAL_BYTES or now - self.sealed_at >= SEAL_S:
            self.writer.seal()
            self.sealed_at = now

    def close(self) -> None:
        """Write the index, and the figures of the file into its row."""
        self.writer.close()
        self.file.close()
        content = self.path.read_bytes()
        self.row.size, self.row.sha256 = len(content), hashlib.sha256(content).hexdigest()
        self.row.records, self.row.end_ms = self.writer.records, self.writer.end_ms


_Item = tuple[SegmentSource, Packet] | _OpenFile | None


class Recorder:
    """One segment a source and epoch."""

    def __init__(self, root: Path, ledger: Ledger, opening: Opening) -> None:
        self._root = root
        self._ledger = ledger
        self._box = opening.media
        self._queue: queue.Queue[_Item] = queue.Queue(_QUEUE)
        self._thread: threading.Thread | None = None
        self._sources: set[SegmentSource] = set()
        self._closed: list[Segment] = []
        self._lost = 0

    async def open(self, source: SegmentSource, at_ms: int) -> None:
        """Begin the segment of this source, once; its row stands before its first byte."""
        if source in self._sources:
            return
        self._sources.add(source)
        row = await self._ledger.open_segment(source, _CODECS[source], at_ms)
        opened = await asyncio.to_thread(self._create, row)
        if self._thread is None:
            self._thread = threading.Thread(target=self._write_all, name="recorder", daemon=True)
            self._thread.start()
        self._queue.put_nowait(opened)

    def put(self, source: SegmentSource, at_ms: int, data: bytes) -> None:
        """Record a packet; it is dropped when the disk is too far behind."""
        if source in self._sources:
            try:
                self._queue.put_nowait((source, Packet(at_ms, data)))
            except queue.Full:
                self._lost += 1

    async def close(self) -> None:
        """Close every file with its index and store the figures, while the epoch is ours."""
        if self._thread is None:
            return
        await asyncio.to_thread(self._queue.put, None)
        await asyncio.to_thread(self._thread.join)
        self._thread = None
        if self._lost:
            _log.warning("recording_lost_packets", count=self._lost)
        try:
            for row in self._closed:
                await self._ledger.close_segment(row)
        except Superseded:
            _log.info("segments_left_open", count=len(self._closed))

    def _create(self, row: Segment) -> _OpenFile:
        path = self._root / row.object_key
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = path.open("xb")
        writer = SegmentWriter(file, self._box, place_of_segment(row.id))
        return _OpenFile(row, path, file, writer, time.monotonic())

    def _write_all(self) -> None:
        files: dict[SegmentSource, _OpenFile] = {}
        while True:
            try:
                item = self._queue.get(timeout=SEAL_S / 4)
            except queue.Empty:
                pass
            else:
                if item is None:
                    break
                if isinstance(item, _OpenFile):
                    files[item.row.source] = item
                else:
                    files[item[0]].writer.add(item[1])
            now = time.monotonic()
            for opened in files.values():
                opened.seal_if_due(now)
        for opened in files.values():
            opened.close()
            self._closed.append(opened.row)
