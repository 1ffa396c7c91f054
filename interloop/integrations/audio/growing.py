"""A stereo Ogg stream that grows while a call goes on."""

import io
from collections.abc import Sequence
from typing import Any

import av
from av.audio.stream import AudioStream

from interloop.integrations.audio.lanes import FRAME, PER_MS, RATE, Lane, stereo
from interloop.integrations.audio.port import Packet

_BIT_RATE = 48_000
_OPTIONS = {"page_duration": "200000", "flush_packets": "1"}
"""Pages of 0.2 s, handed on as soon as they are full; the library holds one page back."""


class _Pipe(io.RawIOBase):
    """Takes what is written; what stands in it is taken out again."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._held += piece
        return len(piece)

    def drain(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


class GrowingOgg:
    """See the port."""

    media_type = "audio/ogg"

    def __init__(self, from_ms: int) -> None:
        self._pipe = _Pipe()
        self._lanes = (Lane(), Lane())
        self._from = self._at = from_ms * PER_MS // FRAME * FRAME
        self._container = av.open(self._pipe, "w", format="ogg", options=_OPTIONS)
        stream = self._container.add_stream("libopus", rate=RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _BIT_RATE
        self._stream = stream

    def add(self, left: Sequence[Packet], right: Sequence[Packet], until_ms: int) -> bytes:
        """Mix and encode up to `until_ms`; see the port."""
        for lane, packets in zip(self._lanes, (left, right), strict=True):
            lane.add(packets)
        while self._at + FRAME <= until_ms * PER_MS:
            frame = stereo(*self._lanes, self._at, self._at - self._from)
            self._container.mux(self._stream.encode(frame))
            self._at += FRAME
        return self._pipe.drain()

    def end(self) -> bytes:
        """Finish the stream; see the port."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._pipe.drain()
