"""A device's pictures fill the holes of a film, and nothing is shown that lacks what it needs."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.recording import GapReason, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from interloop.recording.film import HOLE_MS, is_key_frame
from interloop.recording.merge import Merged, Piece, merge
from interloop.recording.segments import in_step

PICTURE = SegmentSource.candidate_video
STEP = 100
Pictures = list[Packet]


def film(by: bytes, start: int, end: int, *, key_every: int = 10_000) -> Pictures:
    """Return a picture every 100 ms; each tells who made it, when, and whether it stands alone."""
    return [
        Packet(at, (b"\x01" if (at - start) % key_every else b"\x00") + by + b"%d" % at)
        for at in range(start, end, STEP)
    ]


def joined(*own: Pictures, kept: tuple[Pictures, ...] = (), pause: LeftOut | None = None) -> Merged:
    """Return the film of one gateway, each stretch from a picture that stands alone on."""
    whole = [picture for stretch in own for picture in stretch]
    pieces = [Piece(SegmentKind.gateway, 1, whole, left_out=[pause] if pause else [])]
    pieces += [Piece(SegmentKind.device, 1, piece) for piece in kept]
    return merge(PICTURE, pieces)


def pieces(start: int, end: int) -> tuple[Pictures, ...]:
    """Return pieces of two seconds of a device."""
    return tuple(film(b"d", at, min(at + 2000, end)) for at in range(start, end, 2000))


def made(merged: Merged, by: bytes) -> list[int]:
    """Return when pictures of this maker were taken."""
    return [int(p.data[2:]) for p in merged.packets if p.data[1:2] == by]


def holds(merged: Merged) -> bool:
    """Tell whether every picture follows the one it leans on, and times only rise."""
    shown = [(int(p.data[2:]), p.data[1:2], is_key_frame(p.data)) for p in merged.packets]
    leans = all(
        key or (maker == before and taken == last + STEP)
        for (last, before, _), (taken, maker, key) in pairwise(shown)
    )
    times = [p.at_ms for p in merged.packets]
    return (not shown or shown[0][2]) and leans and times == sorted(set(times))


def test_a_hole_is_filled_and_nothing_of_the_gateway_is_lost() -> None:
    own = film(b"g", 0, 5000), film(b"g", 9000, 12_000)
    merged = joined(*own, kept=pieces(0, 12_000))
    assert made(merged, b"g") == [*range(0, 5000, STEP), *range(9000, 12_000, STEP)]
    assert merged.gaps == ()
    assert holds(merged)
    assert max(b.at_ms - a.at_ms for a, b in pairwise(merged.packets)) <= STEP
    assert merged.filled_ms in range(3900, 4101)


def test_pictures_that_others_lean_on_are_shown_at_the_hole_s_beginning() -> None:
    merged = joined(film(b"g", 0, 5000), film(b"g", 9000, 9500), kept=(film(b"d", 4000, 6000),))
    found = [p for p in merged.packets if p.data[1:2] == b"d"]
    assert [p.at_ms for p in found[:10]] == [*range(4901, 4911)]
    assert found[11].at_ms == 5100
    assert holds(merged)


def test_a_film_that_leans_on_what_came_before_the_hole_has_lost_nothing_there() -> None:
    slow = [*film(b"g", 0, 5000), *[Packet(p.at_ms + 3000, p.data) for p in film(b"g", 5000, 6000)]]
    slow[50] = Packet(slow[50].at_ms, b"\x01" + slow[50].data[1:])
    merged = joined(slow, kept=pieces(4000, 9000))
    assert made(merged, b"d") == []
    assert [(gap.start_ms, gap.reason) for gap in merged.gaps] == [(4920, GapReason.no_picture)]


def test_a_slow_film_is_left_alone() -> None:
    own = [p for at in range(0, 9000, HOLE_MS) for p in film(b"g", at, at + STEP)]
    assert made(joined(own, kept=pieces(0, 7500)), b"d") == []


def test_what_a_device_kept_after_the_last_picture_and_before_the_first_is_shown() -> None:
    merged = joined(film(b"g", 3000, 6000), kept=pieces(1000, 9000))
    assert merged.packets[0].at_ms == 1000
    assert merged.packets[-1].at_ms == 8900
    assert holds(merged)
    alone = merge(PICTURE, [Piece(SegmentKind.device, 1, p) for p in pieces(1000, 5000)])
    assert made(alone, b"d") == [*range(1000, 5000, STEP)]


@given(st.integers(40, 60), st.integers(60, 80))
def test_nothing_is_shown_of_a_pause(start: int, end: int) -> None:
    pause = LeftOut(start * STEP, end * STEP, 1, GapReason.paused)
    merged = joined(film(b"g", 0, 2000), kept=pieces(0, 12_000), pause=pause)
    assert not [at for at in made(merged, b"d") if pause.start_ms <= at < pause.end_ms]
    assert made(merged, b"d")
    assert holds(merged)


STRETCHES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=12)


@given(STRETCHES, STRETCHES, st.integers(-40, 40))
def test_whatever_was_kept_every_picture_that_is_shown_can_be_decoded(
    own: list[tuple[int, int]], kept: list[tuple[int, int]], skew: int
) -> None:
    at, stretches = 0, []
    for _, length in own:
        stretches.append(film(b"g", at, at + length * STEP))
        at += length * STEP + 3000
    devices = tuple(
        [
            Packet(max(0, p.at_ms + skew), p.data)
            for p in film(bytes([48 + n]), start * STEP, (start + length) * STEP)
        ]
        for n, (start, length) in enumerate(kept)
    )
    merged = joined(*stretches, kept=devices)
    assert holds(merged)
    assert made(merged, b"g") == [p.at_ms for stretch in stretches for p in stretch]
    for (_, end), (start, _) in pairwise((s[0].at_ms, s[-1].at_ms) for s in stretches):
        # A hole that one device watched from end to end is whole.
        if any(d[0].at_ms <= end and d[-1].at_ms >= start for d in devices) and len(devices) == 1:
            shown = [p.at_ms for p in merged.packets if end <= p.at_ms <= start]
            assert max(b - a for a, b in pairwise(shown)) <= 2 * STEP


def test_pictures_move_with_the_voice_nearest_to_them() -> None:
    own = Piece(SegmentKind.gateway, 1, film(b"g", 0, 300))
    kept = [Piece(SegmentKind.device, 1, film(b"d", at, at + 300)) for at in (20, 9000)]
    moved = in_step([own, *kept], [(0, -50), (10_000, 120)])
    assert [piece.packets[0].at_ms for piece in moved] == [0, 0, 9120]
    assert [p.at_ms for p in moved[2].packets] == [9120, 9220, 9320]
    assert in_step(kept, []) == kept
