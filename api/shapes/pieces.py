"""What the candidate's device asks and hands in of its own recording."""

from interloop.domain.base import Value


class SpanOut(Value):
    """A stretch [start, end) on the interview clock, in ms."""

    start_ms: int
    end_ms: int


class OwnRecordingOut(Value):
    """What of the candidate's voice did not arrive, as far as it is settled by now."""

    missing: tuple[SpanOut, ...]
    missing_picture: tuple[SpanOut, ...] = ()
    """What of their picture did not: the stretches without a camera too; only when asked for."""
    settled_ms: int
    """Later than this, packets may still be on their way."""
    over: bool
    """The interview is over: nothing more will be missing."""


class PieceOut(Value):
    """What became of a piece."""

    kept: bool
    """False: it was here already."""
