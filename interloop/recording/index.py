"""Where the packets of a recording lie in a spool: some bytes each, whatever they hold."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from interloop.integrations.audio.port import Packet
from interloop.recording.spool import Spool


@dataclass(frozen=True, slots=True)
class Placed(Packet):
    """A packet whose bytes lie in a spool; `data` is the first of them alone.

    That one tells a picture that stands alone (RFC 6386, 9.1), and nothing else is asked of what is
    put in order.
    """

    offset: int = 0
    length: int = 0


class Index(Sequence[Placed]):
    """Packets in a spool, in columns: 22 bytes each."""

    def __init__(self, packets: Iterable[Packet] = ()) -> None:
        """Keep packets that lie in a spool, and no others."""
        self._times, self._offsets, self._lengths = array("q"), array("Q"), array("I")
        self._encoders, self._firsts = array("B"), bytearray()
        for packet in packets:
            assert isinstance(packet, Placed)
            self._add(packet)

    def put(self, packets: Iterable[Packet], spool: Spool) -> None:
        """Write packets at the end of a spool and keep their places."""
        offset = spool.seek(0, 2)
        for packet in packets:
            length = spool.write(packet.data)
            self._add(Placed(packet.at_ms, packet.data[:1], packet.encoder, offset, length))
            offset += length

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._times)

    @overload
    def __getitem__(self, at: int) -> Placed: ...
    @overload
    def __getitem__(self, at: slice) -> "Index": ...
    def __getitem__(self, at: int | slice) -> "Placed | Index":
        """Return one of them, or some."""
        if isinstance(at, slice):
            return Index(self[n] for n in range(*at.indices(len(self))))
        length = self._lengths[at]
        first = bytes((self._firsts[at],)) if length else b""
        return Placed(self._times[at], first, self._encoders[at], self._offsets[at], length)

    def _add(self, packet: Placed) -> None:
        self._times.append(packet.at_ms)
        self._offsets.append(packet.offset)
        self._lengths.append(packet.length)
        self._encoders.append(packet.encoder)
        self._firsts += packet.data[:1] or b"\0"


class Stored(Sequence[Packet]):
    """The packets of an index with all their bytes, each read when it is asked for."""

    def __init__(self, index: Sequence[Packet], spool: Spool) -> None:
        self._index, self._spool = index, spool

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._index)

    @overload
    def __getitem__(self, at: int) -> Packet: ...
    @overload
    def __getitem__(self, at: slice) -> "Stored": ...
    def __getitem__(self, at: int | slice) -> "Packet | Stored":
        """Return one of them, or some; `Unreadable` when the disk gives other bytes back."""
        if isinstance(at, slice):
            return Stored(self._index[at], self._spool)
        placed = self._index[at]
        assert isinstance(placed, Placed)
        self._spool.seek(placed.offset)
        return Packet(placed.at_ms, self._spool.read(placed.length), placed.encoder)
