"""Writes what is heard into sealed segments, on its own thread: the call never waits for a disk."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from interloop.db.tables import Segment, SegmentSource
from interloop.domain.errors import Superseded
from interloop.domain.recording import GapReason
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut, SegmentWriter, place_of_segment
from interloop.recording.sink import FileSink
from interloop.security.sealing import Box
from media_gateway.backlog import Backlog, Entry
from media_gateway.ledger import Ledger
from media_gateway.opening import Opening

SEAL_S = 1.0
SEAL_BYTES = 64 * 1024
_STUCK_BYTES = 1024 * 1024
_GATHER_S = 0.1
"""Packets are taken together: to wake for each would take the interpreter from the calls."""

_CODECS = {
    SegmentSource.candidate_audio: "opus",
    SegmentSource.interviewer_audio: "opus",
    SegmentSource.candidate_video: "vp8",
}
_log = structlog.get_logger(__name__)


class Recorder:
    """One segment a source and epoch."""

    def __init__(
        self, root: Path, ledger: Ledger, opening: Opening, *, backlog: Backlog | None = None
    ) -> None:
        self._root = root
        self._ledger = ledger
        self._box = opening.media
        self._backlog = backlog or Backlog()
        self._files: dict[SegmentSource, _OpenFile] = {}
        self._opened: set[SegmentSource] = set()
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    async def open(self, source: SegmentSource, at_ms: int) -> None:
        """Begin the segment of this source, once; its row stands before its first byte."""
        if source in self._opened:
            return
        self._opened.add(source)
        row = await self._ledger.open_segment(source, _CODECS[source], at_ms)
        self._files[source] = _OpenFile(row, self._root / row.object_key, self._box)
        if self._thread is None:
            self._thread = threading.Thread(target=self._write_all, name="recorder", daemon=True)
            self._thread.start()

    def put(self, source: SegmentSource, at_ms: int, data: bytes) -> None:
        """Record a packet; it is counted and noted when the disk is too far behind."""
        if source in self._files:
            self._backlog.put(source, Packet(at_ms, data))

    def skip(self, source: SegmentSource, at_ms: int) -> None:
        """Note that this packet arrived and was not to be recorded: the candidate paused."""
        if source in self._files:
            self._backlog.leave_out(source, at_ms, GapReason.paused)

    async def close(self) -> None:
        """Close every file with its index and store the figures, while the epoch is ours."""
        if self._thread is None:
            return
        self._backlog.end()
        self._ending.set()
        await asyncio.to_thread(self._thread.join)
        self._thread = None
        for source, count in self._backlog.lost.items():
            _log.warning("recording_lost_packets", kind=source.value, count=count)
        try:
            for file in self._files.values():
                if file.closed:
                    await self._ledger.close_segment(file.row)
        except Superseded:
            _log.info("segments_left_open", count=len(self._files))

    def _write_all(self) -> None:
        """Take what comes until the end; runs on the recorder's own thread."""
        going = True
        while going:
            self._ending.wait(_GATHER_S)
            going = self._take_what_waits()
            now = time.monotonic()
            for file in tuple(self._files.values()):
                file.seal_if_due(now)
        for file in tuple(self._files.values()):
            file.close()

    def _take_what_waits(self) -> bool:
        """Take all that waits; tell whether more can come.

        Nothing is taken while a disk takes nothing, so that what waits stays bounded.
        """
        stuck = any(file.stuck for file in tuple(self._files.values()))
        if stuck and not self._ending.is_set():
            return True
        while True:
            try:
                entry = self._backlog.get(0)
            except queue.Empty:
                return True
            if entry is None:
                return False
            self._files[entry.source].take(entry)


class _OpenFile:
    """One growing segment; a disk that fails is offered the same bytes again a second later."""

    def __init__(self, row: Segment, path: Path, box: Box) -> None:
        self.row = row
        self._sink = FileSink(path)
        self._writer = SegmentWriter(self._sink, box, place_of_segment(row.id))
        self._sealed_at = time.monotonic()
        self._failing = False
        self.closed = False

    def take(self, entry: Entry) -> None:
        content = entry.content
        if isinstance(content, LeftOut):
            self._writer.leave_out(content)
        else:
            self._writer.add(content)

    @property
    def stuck(self) -> bool:
        """Tell whether more waits here already than is good for memory."""
        return self._writer.unwritten + self._writer.pending > _STUCK_BYTES

    def seal_if_due(self, now: float) -> None:
        late = now - self._sealed_at >= SEAL_S
        if late or (self._writer.pending >= SEAL_BYTES and not self._failing):
            self._sealed_at = now
            self._failing = not self._try(self._writer.seal)

    def close(self) -> None:
        """Write the index, and the figures of the file into its row."""
        self.closed = self._try(self._writer.close)
        self._sink.close()
        self.row.size, self.row.sha256 = self._sink.size, self._sink.sha256
        self.row.records, self.row.end_ms = self._writer.records, self._writer.end_ms

    def _try(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except OSError as failed:
            _log.warning("recording_disk_failed", segment_id=str(self.row.id), code=failed.errno)
            return False
        return True
