"""Packets that lie in a spool are put in order as packets in memory are, and read back whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.recording import GapReason, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from interloop.recording.index import Index, Stored
from interloop.recording.merge import Piece, merge
from interloop.recording.spool import Spool

packets = st.lists(
    st.builds(Packet, st.integers(0, 9000), st.binary(max_size=40)), max_size=60
).map(lambda found: sorted(found, key=lambda packet: packet.at_ms))
pieces = st.lists(
    st.builds(
        Piece,
        st.sampled_from(SegmentKind),
        st.integers(1, 2),
        packets,
        left_out=st.sampled_from([(), (LeftOut(2000, 5000, 9, GapReason.paused),)]),
        closed=st.booleans(),
    ),
    max_size=5,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spool")


def placed(piece: Piece, spool: Spool) -> Piece:
    """Return the piece with its packets in the spool."""
    index = Index()
    index.put(piece.packets, spool)
    return Piece(piece.kind, piece.epoch, index, piece.left_out, closed=piece.closed)


@given(st.sampled_from(SegmentSource), pieces)
def test_what_lies_in_a_spool_becomes_the_same_recording(
    folder: Path, source: SegmentSource, found: list[Piece]
) -> None:
    starts = {1: 0, 2: 4000}
    with Spool(folder) as spool:
        in_memory = merge(source, found, starts)
        in_spool = merge(source, [placed(piece, spool) for piece in found], starts, keep=Index)
        assert tuple(Stored(in_spool.packets, spool)) == in_memory.packets
        assert (in_spool.gaps, in_spool.filled_ms) == (in_memory.gaps, in_memory.filled_ms)


@pytest.mark.parametrize("some", [lambda of: of[3], lambda of: of[-1], lambda of: of[2:5][1]])
def test_one_of_them_is_read_alone(folder: Path, some: Callable[..., Packet]) -> None:
    given_ones = [Packet(n * 20, b"%d" % n, encoder=n % 2) for n in range(9)]
    with Spool(folder) as spool:
        index = Index()
        index.put(given_ones, spool)
        moved = Stored(index, spool)
        assert (len(moved), some(moved)) == (9, some(given_ones))
