"""What waits for the recorder's thread: bounded, voice before picture, never in the way."""

import queue
from collections import Counter
from dataclasses import dataclass

import structlog

from interloop.domain.recording import GapReason, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from interloop.recording.film import is_key_frame
from interloop.recording.merge import FRAME_MS

VOICE_BYTES = 4 * 1024 * 1024
"""Two minutes of two voices; a disk that is slower loses sound, never the call."""

PICTURE_BYTES = 3 * 1024 * 1024
"""Pictures fill no more than this of it: the rest is kept free for voices."""

_OVERHEAD = 256
_LONGEST_NOTE_MS = 1000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to write down for a stream."""

    source: SegmentSource
    content: Packet | LeftOut


class Backlog:
    """Filled by the event loop, emptied by one thread; filling it never waits.

    Both sides count alone what passed them, so that no lock is needed.
    """

    def __init__(
        self, *, voice_bytes: int = VOICE_BYTES, picture_bytes: int = PICTURE_BYTES
    ) -> None:
        self._entries: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._limits = {SegmentSource.candidate_video: picture_bytes}
        self._voice_bytes = voice_bytes
        self._in = self._out = 0
        self._notes: dict[SegmentSource, LeftOut] = {}
        self._needs_key: set[SegmentSource] = set()
        self.lost: Counter[SegmentSource] = Counter()
        """Packets that found no room, by stream."""

    def put(self, source: SegmentSource, packet: Packet) -> None:
        """Queue a packet or count it as lost; a lost picture takes all up to the next key frame."""
        waits = source in self._needs_key and not is_key_frame(packet.data)
        size = len(packet.data) + _OVERHEAD
        limit = self._limits.get(source, self._voice_bytes)
        if waits or self._in - self._out + size > limit:
            self._lose(source, packet.at_ms)
            return
        self._needs_key.discard(source)
        self._tell(source)
        self._in += size
        self._entries.put(Entry(source, packet))

    def leave_out(self, source: SegmentSource, at_ms: int, reason: GapReason) -> None:
        """Note that the packet of this moment is not recorded."""
        note = self._notes.get(source)
        if note is not None and (
            note.reason is not reason or note.end_ms - note.start_ms >= _LONGEST_NOTE_MS
        ):
            self._tell(source)
            note = None
        start, packets = (note.start_ms, note.packets) if note else (at_ms, 0)
        self._notes[source] = LeftOut(start, at_ms + FRAME_MS, packets + 1, reason)

    def end(self) -> None:
        """Nothing more comes; `get` returns None once all is taken."""
        for source in tuple(self._notes):
            self._tell(source)
        self._entries.put(None)

    def get(self, wait_s: float) -> Entry | None:
        """Take the next entry; raises `queue.Empty` after `wait_s`, returns None at the end."""
        entry = self._entries.get(timeout=wait_s)
        if entry is not None and isinstance(entry.content, Packet):
            self._out += len(entry.content.data) + _OVERHEAD
        return entry

    def _lose(self, source: SegmentSource, at_ms: int) -> None:
        if source is SegmentSource.candidate_video:
            self._needs_key.add(source)
        if not self.lost[source]:
            _log.warning("recording_behind", kind=source.value)
        self.lost[source] += 1
        self.leave_out(source, at_ms, GapReason.disk_behind)

    def _tell(self, source: SegmentSource) -> None:
        note = self._notes.pop(source, None)
        if note is not None:
            self._entries.put(Entry(source, note))
