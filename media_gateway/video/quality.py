"""Tells the page what it may send beside the voice, from the signs of its line."""

from interloop.domain.room import LineReport, Sender
from media_gateway.room import Room
from media_gateway.video.ladder import Ladder
from media_gateway.video.sight import Sight, now_ms
from media_gateway.video.signs import Beat

SAMPLE_S = 0.5


class Quality:
    """One per call: the ladder outlives each connection, the signs do not."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._ladder = Ladder()
        self._beat = Beat(SAMPLE_S * 1000)
        self._sight: Sight | None = None
        self._told: Sender | None = None

    def begin(self, sight: Sight | None) -> None:
        """Another carrier has taken over; without sight it carries a voice alone."""
        self._sight, self._told = sight, None
        self._tell()

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
            self._ladder.step(signs, round(now_ms()))
            self._tell()

    def _tell(self) -> None:
        """Tell the page what holds, unless it knows."""
        rung = self._ladder.rung
        agreed = self._sight is not None and self._sight.agreed
        sender = Sender(
            line="good" if self._sight is None else self._ladder.line,
            active=agreed and rung.height > 0,
            agreed=agreed or self._sight is None,
            height=rung.height,
            max_kbit=rung.max_kbit,
            max_framerate=rung.max_framerate,
        )
        if sender != self._told:
            self._told = sender
            self._room.send(sender)
