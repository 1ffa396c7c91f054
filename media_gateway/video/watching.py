"""The candidate's picture, from the tapped packet to the recorder; nothing is ever decoded."""

from collections.abc import Callable

from interloop.db.tables import SegmentSource
from interloop.recording.film import HOLE_MS, is_key_frame
from media_gateway.clock import InterviewClock
from media_gateway.recorder import Recorder
from media_gateway.video.frames import Frames, VideoPacket
from media_gateway.voice.timeline import Timeline

ASK_MS = 500
"""A key frame is asked for at most so often: each costs as much as a second of pictures."""

KEY_EVERY_MS = 15_000
"""A recording is wound to key frames only: without any, the player would decode minutes."""

_RTP_PER_MS = 90
_HELD_UP_MS = 1500


class Watching:
    """One stream of one carrier; replaced with it."""

    def __init__(
        self, recorder: Recorder, clock: InterviewClock, *, may_record: Callable[[], bool]
    ) -> None:
        self._recorder = recorder
        self._clock = clock
        self._may_record = may_record
        self._frames = Frames()
        self._timeline = Timeline(_RTP_PER_MS, _HELD_UP_MS)
        self._asked_ms: int | None = None
        self._recording = False
        self._broken = True
        self.until_ms = -1
        """Up to here the picture is recorded."""
        self._key_ms = 0
        self.wanted = False
        """A whole frame came that may be recorded: the segment is worth opening."""

    def begin(self, after_ms: int) -> None:
        """Be the one that watches; what an earlier stream showed ends at `after_ms`."""
        self.until_ms = max(self.until_ms, after_ms)

    def record(self) -> None:
        """The segment is open: frames go there, from the next key frame on."""
        self._recording = True

    def take(self, packet: VideoPacket) -> bool:
        """Take a packet as it arrives; tell whether to ask the sender for a key frame now."""
        now = self._clock.ms()
        may_record = self._may_record()
        for frame in self._frames.add(packet, now):
            if may_record:
                self._seen(frame.data, self._timeline.ms(frame.timestamp, now), now)
            else:
                self._broken = True
        return self._wants(now, may_record=may_record)

    def take_whole(self, at_ms: int, data: bytes) -> bool:
        """Take a frame that came in one piece, none before it missing; tell the same."""
        now = self._clock.ms()
        may_record = self._may_record()
        if may_record:
            self._seen(data, at_ms, now)
        else:
            self._broken = True
        return self._wants(now, may_record=may_record)

    def _wants(self, now: int, *, may_record: bool) -> bool:
        stale = self._broken or now - self._key_ms > KEY_EVERY_MS
        broken = self._frames.broken or (self._recording and stale)
        return self._ask(now, wanted=may_record and broken)

    def _seen(self, data: bytes, at_ms: int, now_ms: int) -> None:
        self.wanted = True
        key = is_key_frame(data)
        # What the candidate's device kept of a hole fits only before a picture that stands alone.
        broken = self._broken or at_ms - self.until_ms > HOLE_MS
        self._broken = not self._recording or (broken and not key)
        if not self._broken:
            # Frames that were held up come together: each keeps a place of its own.
            self.until_ms = max(at_ms, self.until_ms + 1)
            if key:
                self._key_ms = now_ms
            self._recorder.put(SegmentSource.candidate_video, self.until_ms, data)

    def _ask(self, now_ms: int, *, wanted: bool) -> bool:
        if self._asked_ms is None:
            # A new stream begins with a key frame: wait for it first.
            self._asked_ms = now_ms
        if not wanted or now_ms - self._asked_ms < ASK_MS:
            return False
        self._asked_ms = now_ms
        return True
