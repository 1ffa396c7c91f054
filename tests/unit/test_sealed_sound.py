"""Sealed segments and chunks: readable after a crash, unreadable once altered."""

import hashlib
import resource
import signal
from pathlib import Path

import pytest

from interloop.domain.errors import Unreadable
from interloop.domain.recording import GapReason
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut, SegmentReader, SegmentWriter, read_segment
from interloop.recording.sink import FileSink
from interloop.security.sealed_file import CHUNK, HEAD_BYTES, SealedFile, seal_file
from interloop.security.sealing import Box

BOX = Box(bytes(range(32)))
PLACE = "segment:one"


def write(path: Path, *, close: bool) -> bytes:
    sink = FileSink(path)
    writer = SegmentWriter(sink, BOX, PLACE)
    for second in range(3):
        for step in range(50):
            writer.add(Packet(second * 1000 + step * 20, f"{second}-{step}".encode()))
        writer.seal()
    writer.add(Packet(3000, b"not sealed yet"))
    if close:
        writer.close()
    sink.close()
    data = path.read_bytes()
    assert (sink.size, sink.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    return data


def test_a_closed_file_gives_every_packet_back(tmp_path: Path) -> None:
    content = read_segment(write(tmp_path / "a", close=True), BOX, PLACE)
    assert content.closed
    assert len(content.packets) == 151
    assert content.packets[50] == Packet(1000, b"1-0")


def test_the_file_of_a_killed_recorder_is_read_up_to_the_last_sealed_second(
    tmp_path: Path,
) -> None:
    data = write(tmp_path / "a", close=False)
    content = read_segment(data, BOX, PLACE)
    assert not content.closed
    assert content.packets[-1] == Packet(2980, b"2-49")
    torn = read_segment(data[:-7], BOX, PLACE)
    assert torn.packets[-1] == Packet(1980, b"1-49")
    assert read_segment(data[:10], BOX, PLACE).packets == ()


def test_a_growing_file_is_read_piece_by_piece(tmp_path: Path) -> None:
    data = write(tmp_path / "a", close=True)
    reader, found = SegmentReader(BOX, PLACE), []
    for at in range(0, len(data), 77):
        found += reader.feed(data[at : at + 77])
    assert tuple(found) == read_segment(data, BOX, PLACE).packets
    assert reader.closed


def test_a_record_that_is_dropped_or_put_in_twice_is_noticed(tmp_path: Path) -> None:
    data = write(tmp_path / "a", close=True)
    first = 24  # the header
    second = first + 5 + int.from_bytes(data[first : first + 4], "big")
    with pytest.raises(Unreadable):
        read_segment(data[:first] + data[second:], BOX, PLACE)
    with pytest.raises(Unreadable):
        read_segment(data[:second] + data[first:], BOX, PLACE)
    with pytest.raises(Unreadable):
        read_segment(data + data[first:second], BOX, PLACE)


class FullDisk:
    """Takes nothing for a while."""

    def __init__(self) -> None:
        self.full = False
        self.data = b""

    def append(self, data: bytes) -> None:
        if self.full:
            raise OSError(28, "no space")
        self.data += data


def test_a_disk_that_was_full_for_a_while_costs_nothing() -> None:
    disk = FullDisk()
    writer = SegmentWriter(disk, BOX, PLACE)
    for second in range(4):
        disk.full = second in {0, 2}
        writer.add(Packet(second * 1000, b"word"))
        writer.leave_out(LeftOut(second, second + 1, 1, GapReason.paused))
        if disk.full:
            with pytest.raises(OSError, match="no space"):
                writer.seal()
        else:
            writer.seal()
    content = read_segment(disk.data, BOX, PLACE)
    assert [packet.at_ms for packet in content.packets] == [0, 1000, 2000, 3000]
    assert [stretch.start_ms for stretch in content.left_out] == [0, 1, 2, 3]


def test_a_piece_that_was_written_in_part_is_cut_off_again(tmp_path: Path) -> None:
    path = tmp_path / "small"
    sink = FileSink(path)
    sink.append(b"first")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            sink.append(b"second")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert path.read_bytes() == b"first"
    sink.append(b"third")
    sink.close()
    assert path.read_bytes() == b"firstthird"


def test_an_altered_record_is_refused(tmp_path: Path) -> None:
    data = bytearray(write(tmp_path / "a", close=True))
    data[-200] ^= 1
    with pytest.raises(Unreadable, match="altered"):
        read_segment(bytes(data), BOX, PLACE)


def test_a_segment_opens_only_in_its_own_place_and_with_its_own_key(tmp_path: Path) -> None:
    data = write(tmp_path / "a", close=True)
    with pytest.raises(Unreadable):
        read_segment(data, BOX, "segment:two")
    with pytest.raises(Unreadable):
        read_segment(data, Box(bytes(32)), PLACE)
    with pytest.raises(Unreadable):
        read_segment(b"x" * 100, BOX, PLACE)


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK - 5])
def test_any_range_of_a_sealed_file_opens_alone(size: int) -> None:
    plain = bytes(n * 7 % 251 for n in range(size))
    sealed = seal_file(plain, BOX, place=PLACE)
    file = SealedFile(sealed[:HEAD_BYTES], BOX, place=PLACE)
    assert file.size == size
    for start, end in [(0, size), (size // 3, size // 2), (max(0, size - 10), size)]:
        if start < end:
            stretch = file.stretch(start, end)
            part = sealed[stretch.start : stretch.end]
            assert file.open(part, stretch, start=start, end=end) == plain[start:end]


def test_chunks_cannot_be_altered_or_swapped() -> None:
    sealed = seal_file(bytes(2 * CHUNK), BOX, place=PLACE)
    head, body = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
    file = SealedFile(head, BOX, place=PLACE)
    stretch = file.stretch(0, 10)
    half = len(body) // 2
    for wrong in (body[half:] + body[:half], b"\0" + body[1:]):
        with pytest.raises(Unreadable):
            file.open(wrong, stretch, start=0, end=10)
    with pytest.raises(Unreadable):
        SealedFile(b"nothing of ours".ljust(HEAD_BYTES), BOX, place=PLACE)
