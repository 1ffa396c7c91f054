"""Tells the page what it may send beside the voice, from the signs of its line."""

from interloop.domain.room import LineReport, Sender
from media_gateway.room import Room
from media_gateway.video.ladder import WIRE_RUNGS, Ladder
from media_gateway.video.sight import Sight, now_ms
from media_gateway.video.signs import Beat

SAMPLE_S = 0.5


class Quality:
    """One per call: the ladder of each way outlives its connections, the signs do not."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._short, self._long = Ladder(), Ladder(WIRE_RUNGS)
        self._beat = Beat(SAMPLE_S * 1000)
        self._sight: Sight | None = None
        self._told: Sender | None = None

    def begin(self, sight: Sight) -> None:
        """Another carrier has taken over."""
        self._sight, self._told = sight, None
        self._tell(sight)

    def reported(self, report: LineReport) -> None:
        """The page tells how the line looks from there."""
        if self._sight is not None:
            self._sight.told(rtt_ms=report.rtt_ms, queue_ms=report.queue_ms)

    async def sample(self, sight: Sight) -> None:
        """Look at the line now and decide; call it every `SAMPLE_S` while it is connected."""
        signs = await sight.signs()
        # What a busy machine kept waiting says nothing about the line.
        late = self._beat.late(now_ms())
        if sight is self._sight and not late:
            self._ladder_of(sight).step(signs, round(now_ms()))
            self._tell(sight)

    def _ladder_of(self, sight: Sight) -> Ladder:
        return self._long if sight.wired else self._short

    def _tell(self, sight: Sight) -> None:
        """Tell the page what holds, unless it knows."""
        ladder = self._ladder_of(sight)
        rung = ladder.rung
        sender = Sender(
            line=ladder.line,
            active=sight.agreed and rung.height > 0,
            agreed=sight.agreed,
            height=rung.height,
            max_kbit=rung.max_kbit,
            max_framerate=rung.max_framerate,
        )
        if sender != self._told:
            self._told = sender
            self._room.send(sender)
