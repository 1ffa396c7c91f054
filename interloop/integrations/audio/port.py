"""What Interloop asks of a media library: one copy of two voices and a picture, and files of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from interloop.domain.recording import ExportFormat


@dataclass(frozen=True, slots=True)
class Packet:
    """One encoded Opus frame (or VP8 picture); `at_ms` on the interview clock."""

    at_ms: int
    data: bytes
    encoder: int = 0
    """Packets of different encoders need decoders of their own."""


@dataclass(frozen=True)
class MediaFile:
    """A whole file in memory."""

    data: bytes
    media_type: str


class Stream(Protocol):
    """A file that is written, read and gone back in; where it lies is its owner's matter."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes from here on; all when negative."""
        ...

    def write(self, data: bytes, /) -> int:
        """Write all of it from here on."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; return it."""
        ...

    def tell(self) -> int:
        """Return the place."""
        ...


class LiveMix(Protocol):
    """Two voices as one growing stereo stream."""

    media_type: str

    def add(self, left: Sequence[Packet], right: Sequence[Packet], until_ms: int) -> bytes:
        """Return the bytes that follow, up to `until_ms`; packets are in order of time."""
        ...

    def end(self) -> bytes:
        """Return the last bytes."""
        ...


class Mixer(Protocol):
    """Makes files of streams; where nothing was recorded there is silence.

    Everything here is blocking and busy: call it on a thread.
    """

    def mix(
        self,
        left: Iterable[Packet],
        right: Iterable[Packet],
        picture: Iterable[Packet],
        duration_ms: int,
        *,
        out: Stream,
    ) -> str:
        """Write one file of this length that can be played from any place; return its media type.

        Left the first voice, right the second; the picture, if there is one, as it was recorded.
        Packets are in order of time, and taken as they are needed; what overlaps something earlier
        is left out.
        """
        ...

    def convert(
        self,
        copy: Stream,
        wanted: ExportFormat,
        progress: Callable[[float], None],
        *,
        out: Stream,
    ) -> str:
        """Write a copy made by `mix` in another format; return its media type.

        `progress` hears the share that is done, from 0 to 1; what it raises stops the work.
        """
        ...

    def voice(self, packets: Sequence[Packet], duration_ms: int) -> MediaFile:
        """Return one voice of this length as a file for a recogniser."""
        ...

    def live(self, from_ms: int) -> LiveMix:
        """Return an empty growing stream whose zero is `from_ms`."""
        ...

    def lags(self, own: Iterable[Packet], pieces: Sequence[Sequence[Packet]]) -> list[int]:
        """Return by how many ms each piece has to be moved to meet `own`, the same voice.

        Each is in order of time, none empty; where the two cannot be compared, as near pieces.
        """
        ...
