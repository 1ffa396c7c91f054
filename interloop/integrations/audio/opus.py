"""Files of voices and pictures behind the port; FFmpeg is loaded when the first one is made."""

from collections.abc import Callable, Iterable, Sequence

from interloop.domain.errors import Unreadable
from interloop.domain.recording import ExportFormat
from interloop.integrations.audio.port import LiveMix, MediaFile, Packet, Stream

# Half a second to load, and only who really makes a file pays for it: hence the imports within.


class OpusMixer:
    """Left: the first stream, right: the second."""

    def mix(
        self,
        left: Iterable[Packet],
        right: Iterable[Packet],
        picture: Iterable[Packet],
        duration_ms: int,
        *,
        out: Stream,
    ) -> str:
        """Make one file of all; see the port."""
        from interloop.integrations.audio import mixing  # noqa: PLC0415

        return mixing.mix(left, right, picture, duration_ms, out)

    def convert(
        self,
        copy: Stream,
        wanted: ExportFormat,
        progress: Callable[[float], None],
        *,
        out: Stream,
    ) -> str:
        """Make another file of a copy; see the port."""
        from av.error import FFmpegError  # noqa: PLC0415

        from interloop.integrations.audio import converting  # noqa: PLC0415

        try:
            return converting.convert(copy, wanted, progress, out)
        except FFmpegError as wrong:
            raise Unreadable("the copy cannot be converted", code="media_unreadable") from wrong

    def voice(self, packets: Sequence[Packet], duration_ms: int) -> MediaFile:
        """Make a file for a recogniser; see the port."""
        from interloop.integrations.audio import speaking  # noqa: PLC0415

        return speaking.voice(packets, duration_ms)

    def live(self, from_ms: int) -> LiveMix:
        """Begin a growing stream; see the port."""
        from interloop.integrations.audio import growing  # noqa: PLC0415

        return growing.GrowingOgg(from_ms)

    def lags(self, own: Iterable[Packet], pieces: Sequence[Sequence[Packet]]) -> list[int]:
        """Compare two recordings of one voice; see the port."""
        from interloop.integrations.audio import aligning  # noqa: PLC0415

        return aligning.lags(own, pieces)
