"""One file of two voices and a picture, by FFmpeg's libraries: Ogg, or WebM with a picture."""

import io
import struct
from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
from av.audio.stream import AudioStream
from av.container.output import OutputContainer
from av.video.stream import VideoStream

from interloop.integrations.audio.lanes import FRAME, FRAME_MS, PER_MS, RATE, Lane, stereo
from interloop.integrations.audio.port import Packet, Stream

_BIT_RATE = 48_000
_MS = Fraction(1, 1000)
_SIZE = struct.Struct("<HH")
OGG, WEBM = "audio/ogg", "video/webm"


def mix(
    left: Iterable[Packet],
    right: Iterable[Packet],
    picture: Iterable[Packet],
    duration_ms: int,
    out: Stream,
) -> str:
    """Decode both voices in step and encode them as one; pictures pass through. See the port."""
    lanes = (Lane(left), Lane(right))
    pictures = iter(picture)
    first = next(pictures, None)
    kind = "ogg" if first is None else "webm"
    # With the index in front a player finds any place with one request.
    options = {} if first is None else {"cues_to_front": "1"}
    with av.open(
        out, "w", format=kind, options=options, io_open=lambda *_: _Again(out)
    ) as container:
        film = None if first is None else _Film(container, first, pictures)
        stream = container.add_stream("libopus", rate=RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _BIT_RATE
        for start in range(0, duration_ms * PER_MS, FRAME):
            if film is not None:
                film.show(start // PER_MS)
            container.mux(stream.encode(stereo(*lanes, start, start)))
        if film is not None:
            film.show(duration_ms + FRAME_MS)
        container.mux(stream.encode(None))
    return OGG if first is None else WEBM


class _Again(io.RawIOBase):
    """Reads what was written already: the library moves it to make room for the index."""

    def __init__(self, out: Stream) -> None:
        super().__init__()
        self._out = out
        self._at = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        there = self._out.tell()
        self._out.seek(self._at)
        data = self._out.read(size)
        self._at += len(data)
        self._out.seek(there)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        there = self._out.tell()
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}
        at = base[whence] if whence in base else self._out.seek(0, io.SEEK_END)
        self._out.seek(there)
        self._at = at + offset
        return self._at

    def tell(self) -> int:
        return self._at


class _Film:
    """Puts VP8 pictures into a container as time goes on; times only ever increase."""

    def __init__(self, container: OutputContainer, first: Packet, more: Iterator[Packet]) -> None:
        self._container = container
        self._next: Packet | None = first
        self._more = more
        self._last_ms = -1
        width, height = size_of(first.data)
        # The muxer reads the size when the header is written: set later, it fails.
        stream = container.add_mux_stream("vp8", rate=30, width=width, height=height, time_base=_MS)
        assert isinstance(stream, VideoStream)
        self._stream = stream

    def show(self, until_ms: int) -> None:
        """Write every picture up to this moment."""
        while self._next is not None and self._next.at_ms <= until_ms:
            picture, self._next = self._next, next(self._more, None)
            self._last_ms = max(picture.at_ms, self._last_ms + 1)
            packet = av.Packet(picture.data)
            packet.stream = self._stream
            packet.pts = packet.dts = self._last_ms
            packet.time_base = _MS
            packet.is_keyframe = not picture.data[0] & 1
            self._container.mux(packet)


def size_of(key_frame: bytes) -> tuple[int, int]:
    """Return width and height out of a VP8 key frame (RFC 6386, 9.1)."""
    width, height = _SIZE.unpack_from(key_frame, 6)
    return width & 0x3FFF, height & 0x3FFF
