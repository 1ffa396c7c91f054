"""The candidate's sound, from the tapped packet to recorder, turn-taking and model."""

from collections import deque

from interloop.db.tables import SegmentSource
from media_gateway.clock import InterviewClock
from media_gateway.conversation import Conversation
from media_gateway.events import SpeechEnded, SpeechStarted
from media_gateway.recorder import Recorder
from media_gateway.voice.channel import Channel
from media_gateway.voice.jitter import AudioJitter
from media_gateway.voice.opus import Ear
from media_gateway.voice.timeline import Placing
from media_gateway.voice.turn_taking import FRAME_MS
from media_gateway.voice.vad import FRAME_BYTES, VoiceActivity

PREROLL_MS = 512
"""Sound from before the first certain frame: beginnings of words are soft."""
_RECENT_MS = 2560


class Listening:
    """One stream of one carrier; replaced with it, while turn-taking goes on."""

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        *,
        recorder: Recorder,
        clock: InterviewClock,
        timeline: Placing,
    ) -> None:
        self._conversation = conversation
        self._channel = channel
        self._recorder = recorder
        self._clock = clock
        self._jitter = AudioJitter(self._in_order)
        self._timeline = timeline
        self._ear = Ear()
        self._vad = VoiceActivity()
        self._pcm = bytearray()
        self._recent: deque[bytes] = deque(maxlen=_RECENT_MS // FRAME_MS)
        self.last_packet_ms = clock.ms()
        self.until_ms = -1
        """Up to here the candidate was heard."""
        self._copied_until_ms = -1

    def begin(self, after_ms: int) -> None:
        """Be the one that listens; what an earlier stream heard, up to `after_ms`, is a copy."""
        self.until_ms = self._copied_until_ms = after_ms
        self.last_packet_ms = self._clock.ms()
        self._channel.taking.on_start = self._speech_started
        self._channel.taking.on_end = self._speech_ended
        self._channel.taking.on_hold_back = self._channel.playout.hold

    def take(self, sequence: int, timestamp: int, payload: bytes) -> None:
        """Take an RTP packet's Opus payload as it arrives."""
        self.last_packet_ms = self._clock.ms()
        self._jitter.add(sequence, timestamp, payload)

    def _in_order(self, timestamp: int, payload: bytes) -> None:
        at_ms = self._timeline.ms(timestamp, self._clock.ms())
        if at_ms <= self._copied_until_ms:
            return
        self.until_ms = max(self.until_ms, at_ms)
        if self._conversation.may_record():
            self._recorder.put(SegmentSource.candidate_audio, at_ms, payload)
        elif self._conversation.floor.paused:
            self._recorder.skip(SegmentSource.candidate_audio, at_ms)
        self._pcm += self._ear.hear(payload)
        while len(self._pcm) >= FRAME_BYTES:
            frame = bytes(self._pcm[:FRAME_BYTES])
            del self._pcm[:FRAME_BYTES]
            self._heard(frame)

    def _heard(self, frame: bytes) -> None:
        taking = self._channel.taking
        was_speaking = taking.speaking
        self._recent.append(frame)
        left_ms = self._channel.playout.left_ms
        taking.feed(self._vad.probability(frame), interviewer_left_ms=left_ms)
        if was_speaking and taking.speaking:
            self._conversation.line.hear(frame)

    def _speech_started(self) -> bool:
        if not self._conversation.may_listen():
            return False
        frames = (self._channel.taking.burst_ms + PREROLL_MS) // FRAME_MS
        preroll = list(self._recent)[-frames:]
        activity = self._conversation.line.activity_start(b"".join(preroll))
        began = self._clock.ms() - len(preroll) * FRAME_MS
        self._conversation.hush()
        self._conversation.post(SpeechStarted(activity, max(began, 0)))
        return True

    def _speech_ended(self) -> None:
        self._conversation.line.activity_end()
        voiced_ms = self._channel.taking.voiced_ms
        self._conversation.post(SpeechEnded(self._clock.ms(), voiced_ms))
