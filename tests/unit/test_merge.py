"""Pieces of one stream become one, by the clock; what is missing is told with its reason."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.recording import Gap, GapReason, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from interloop.recording.merge import FRAME_MS, Merged, Piece, merge

VOICE, PICTURE = SegmentSource.candidate_audio, SegmentSource.candidate_video
KEY, DELTA = b"\x00key", b"\x01delta"


def said(start: int, end: int, by: bytes = b"gateway") -> list[Packet]:
    """Return a packet every 20 ms from `start` to `end`."""
    return [Packet(at, by) for at in range(start, end, FRAME_MS)]


def gateway(*packets: Packet, epoch: int = 1, closed: bool = True, **more: LeftOut) -> Piece:
    return Piece(SegmentKind.gateway, epoch, packets, left_out=[*more.values()], closed=closed)


def device(*packets: Packet) -> Piece:
    return Piece(SegmentKind.device, 0, packets)


def gaps(merged: Merged) -> list[tuple[int, int, GapReason]]:
    return [(gap.start_ms, gap.end_ms, gap.reason) for gap in merged.gaps]


def test_a_hole_in_the_line_is_a_gap() -> None:
    merged = merge(VOICE, [gateway(*said(0, 1000), *said(4000, 5000))])
    assert merged.gaps == (
        Gap(source=VOICE, start_ms=1000, end_ms=4000, reason=GapReason.line_away),
    )


def test_jitter_is_no_gap() -> None:
    assert merge(VOICE, [gateway(*said(0, 1000), *said(1080, 2000))]).gaps == ()


def test_a_gateway_that_never_closed_its_file_was_lost() -> None:
    old = gateway(*said(0, 1000), closed=False)
    new = gateway(*said(4000, 5000), epoch=2)
    merged = merge(VOICE, [old, new], {1: 0, 2: 3500})
    assert gaps(merged) == [(1000, 4000, GapReason.gateway_lost)]


def test_a_pause_and_a_slow_disk_are_told_as_such() -> None:
    pause = LeftOut(1000, 3000, 100, GapReason.paused)
    slow = LeftOut(5000, 6000, 50, GapReason.disk_behind)
    piece = gateway(*said(0, 1000), *said(3000, 5000), *said(6000, 7000), a=pause, b=slow)
    assert gaps(merge(VOICE, [piece])) == [
        (1000, 3000, GapReason.paused),
        (5000, 6000, GapReason.disk_behind),
    ]


def test_the_silence_of_the_interviewer_is_no_gap_but_what_the_disk_lost_is() -> None:
    slow = LeftOut(5000, 6000, 50, GapReason.disk_behind)
    piece = gateway(*said(0, 1000), *said(9000, 9500), a=slow)
    merged = merge(SegmentSource.interviewer_audio, [piece])
    assert gaps(merged) == [(5000, 6000, GapReason.disk_behind)]


def test_what_an_old_gateway_recorded_after_the_takeover_is_left_out() -> None:
    old, new = gateway(*said(0, 5000)), gateway(*said(3000, 6000, b"new"), epoch=2)
    merged = merge(VOICE, [new, old], {1: 0, 2: 3000})
    assert [p.data for p in merged.packets if p.at_ms >= 3000] == [b"new"] * 150
    assert merged.gaps == ()


def test_a_device_fills_holes_single_lost_packets_and_open_ends() -> None:
    own = gateway(*said(1000, 2000), *said(2020, 3000), *said(5000, 6000))
    merged = merge(VOICE, [own, device(*said(0, 7000, b"device"))])
    assert [p.at_ms for p in merged.packets] == list(range(0, 7000, FRAME_MS))
    assert sum(p.data == b"gateway" for p in merged.packets) == 149
    assert merged.gaps == ()
    assert merged.filled_ms == 1000 + 20 + 2000 + 1000


def test_a_device_does_not_fill_a_pause() -> None:
    pause = LeftOut(1000, 3000, 100, GapReason.paused)
    own = gateway(*said(0, 1000), *said(3000, 4000), a=pause)
    merged = merge(VOICE, [own, device(*said(0, 4000, b"device"))])
    assert gaps(merged) == [(1000, 3000, GapReason.paused)]
    assert merged.filled_ms == 0


def test_a_piece_of_film_begins_with_a_picture_that_stands_alone() -> None:
    old = gateway(Packet(0, KEY), Packet(40, DELTA))
    new = gateway(Packet(5000, DELTA), Packet(5040, KEY), Packet(5080, DELTA), epoch=2)
    merged = merge(PICTURE, [old, new], {1: 0, 2: 4000})
    assert [p.at_ms for p in merged.packets] == [0, 40, 5040, 5080]
    assert gaps(merged) == [(60, 5040, GapReason.no_picture)]


def test_a_picture_that_stops_for_a_pause_says_so() -> None:
    pause = LeftOut(1000, 5000, 200, GapReason.paused)
    piece = gateway(Packet(0, KEY), Packet(1000, DELTA), Packet(5000, KEY))
    assert gaps(merge(PICTURE, [piece], pauses=[pause])) == [(1020, 5000, GapReason.paused)]


slots = st.sets(st.integers(0, 400))


@given(slots, slots, st.integers(-9, 9))
def test_nothing_recorded_by_the_gateway_is_lost_and_nothing_overlaps_much(
    own: set[int], kept: set[int], skew: int
) -> None:
    mine = [Packet(n * FRAME_MS, b"gateway") for n in sorted(own)]
    theirs = [Packet(n * FRAME_MS + skew, b"device") for n in sorted(kept) if n]
    merged = merge(VOICE, [gateway(*mine), device(*theirs)])
    assert [p for p in merged.packets if p.data == b"gateway"] == mine
    times = [p.at_ms for p in merged.packets]
    assert times == sorted(times)
    assert all(b - a > FRAME_MS // 2 for a, b in pairwise(times))
    # Every moment that somebody recorded is there, as far as it lies inside the recording.
    have = {round(p.at_ms / FRAME_MS) for p in merged.packets}
    assert have == own | {n for n in kept if n}


@given(slots, slots)
def test_gaps_are_exactly_the_long_holes_that_are_left(own: set[int], kept: set[int]) -> None:
    pieces = [
        gateway(*(Packet(n * FRAME_MS, b"g") for n in sorted(own))),
        device(*(Packet(n * FRAME_MS, b"d") for n in sorted(kept))),
    ]
    merged = merge(VOICE, pieces)
    have = sorted(own | kept)
    expected = [
        ((a + 1) * FRAME_MS, b * FRAME_MS)
        for a, b in pairwise(have)
        if (b - a - 1) * FRAME_MS > 100
    ]
    assert [(gap.start_ms, gap.end_ms) for gap in merged.gaps] == expected
    assert all(gap.end_ms - gap.start_ms > 100 for gap in merged.gaps)
