"""Joins the pieces of one stream, whoever recorded them, by the interview clock; pure.

The gateway's own packets come first. What a candidate's device kept fills the holes between them,
but nothing where the candidate had paused. Gaps are what is still missing then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge as in_turn
from itertools import pairwise
from math import inf

from interloop.domain.recording import Gap, GapReason, SegmentKind, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from interloop.recording.film import fill_film, is_key_frame

FRAME_MS = 20
"""Length of a packet of voice."""

_PICTURE_GAP_MS, _VOICE_GAP_MS = 2000, 100
"""Shorter ones are jitter, or single packets that a listener does not miss: no gap is listed."""

_HALF_MS = FRAME_MS // 2

_CONTINUOUS = frozenset({SegmentSource.candidate_audio, SegmentSource.candidate_video})
"""The interviewer is recorded while it speaks; its silence is no gap."""


Keep = Callable[[Iterable[Packet]], Sequence[Packet]]
"""Keeps packets in their order: a tuple, or what needs less memory for many."""


@dataclass(frozen=True)
class Piece:
    """One segment's packets, in order of time."""

    kind: SegmentKind
    epoch: int
    packets: Sequence[Packet]
    left_out: Sequence[LeftOut] = ()
    closed: bool = True


@dataclass(frozen=True)
class Merged:
    """One stream in order of time, what it lacks, and how much of it the device filled in."""

    packets: Sequence[Packet]
    gaps: tuple[Gap, ...] = ()
    filled_ms: int = 0


def merge(
    source: SegmentSource,
    pieces: Sequence[Piece],
    starts: Mapping[int, int] | None = None,
    pauses: Sequence[LeftOut] = (),
    *,
    keep: Keep = tuple,
) -> Merged:
    """Join the pieces of one stream.

    `starts` tells when each epoch began, in ms: what an older gateway recorded after a newer one
    had begun is left out, for it did not hold the interview any more. `pauses` are those that
    another stream noted. `keep` keeps packets in memory.
    """
    own = _kept([p for p in pieces if p.kind is SegmentKind.gateway], starts or {}, keep)
    kept = in_order((p for piece in own for p in _decodable(source, piece)), keep)
    left_out = [*pauses, *(stretch for piece in pieces for stretch in piece.left_out)]
    filled, filled_ms = _fill(source, kept, pieces, left_out, keep)
    joined = keep(in_turn(kept, filled, key=_at)) if filled else kept
    ends = {p.packets[-1].at_ms for p in own if p.packets and not p.closed}
    shortest = _PICTURE_GAP_MS if source is SegmentSource.candidate_video else _VOICE_GAP_MS
    gaps = [_gap(source, hole, left_out, ends) for hole in holes(joined, shortest)]
    if source not in _CONTINUOUS:
        gaps = [
            Gap(source=source, start_ms=s.start_ms, end_ms=s.end_ms, reason=s.reason)
            for s in left_out
            if s.reason is not GapReason.paused
        ]
    return Merged(joined, tuple(gaps), filled_ms=filled_ms)


def holes(packets: Sequence[Packet], shortest_ms: int) -> Iterator[tuple[int, int]]:
    """Return the stretches [start, end) between two packets that are longer than this."""
    for before, after in pairwise(packets):
        end = before.at_ms + FRAME_MS
        if after.at_ms - end > shortest_ms:
            yield end, after.at_ms


def in_order(packets: Iterable[Packet], keep: Keep) -> Sequence[Packet]:
    """Keep packets in order of time; of those of one time the earlier one comes first."""
    kept = keep(packets)
    rises = all(before.at_ms <= after.at_ms for before, after in pairwise(kept))
    return kept if rises else keep(sorted(kept, key=_at))


def _kept(pieces: Sequence[Piece], starts: Mapping[int, int], keep: Keep) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        later = [at for epoch, at in starts.items() if epoch > piece.epoch]
        if not later:
            kept.append(piece)
            continue
        until = min(later)
        kept.append(replace(piece, packets=keep(p for p in piece.packets if p.at_ms < until)))
    return kept


def _decodable(source: SegmentSource, piece: Piece) -> Sequence[Packet]:
    """Leave out pictures before the first that stands alone."""
    if source is not SegmentSource.candidate_video:
        return piece.packets
    first = next((n for n, p in enumerate(piece.packets) if is_key_frame(p.data)), None)
    if first is None:
        return ()
    return piece.packets[first:] if first else piece.packets


def _device(pieces: Sequence[Piece], keep: Keep) -> Sequence[Packet]:
    """Return what devices kept, in order; of two that overlap much the one that began first."""
    kept = (p for d in pieces if d.kind is SegmentKind.device for p in d.packets)
    return keep(_apart(in_order(kept, keep)))


def _apart(packets: Iterable[Packet]) -> Iterator[Packet]:
    before = -inf
    for packet in packets:
        if packet.at_ms > before + _HALF_MS:
            before = packet.at_ms
            yield packet


def _fill(
    source: SegmentSource,
    own: Sequence[Packet],
    pieces: Sequence[Piece],
    left_out: Sequence[LeftOut],
    keep: Keep,
) -> tuple[Sequence[Packet], int]:
    """Return what devices kept of the holes, and how many ms of them that is."""
    paused = [(s.start_ms, s.end_ms) for s in left_out if s.reason is GapReason.paused]
    if source is SegmentSource.candidate_video:
        return fill_film(own, [p.packets for p in pieces if p.kind is SegmentKind.device], paused)
    filled = keep(_fill_voice(own, _device(pieces, keep), paused))
    return filled, len(filled) * FRAME_MS


def _fill_voice(
    own: Sequence[Packet], device: Sequence[Packet], paused: Sequence[tuple[int, int]]
) -> Iterator[Packet]:
    """Return the device's packets that lie, by their middle, in a hole and in no pause."""
    if not device:
        return
    last = device[-1].at_ms + FRAME_MS
    ends = [(0, own[0].at_ms), (own[-1].at_ms + FRAME_MS, last)] if own else [(0, last)]
    at = 0
    for start, end in sorted([*holes(own, _HALF_MS), *ends]):
        while at < len(device) and device[at].at_ms + _HALF_MS < end:
            middle = device[at].at_ms + _HALF_MS
            if middle >= start and not any(a <= middle < b for a, b in paused):
                yield device[at]
            at += 1


def _gap(
    source: SegmentSource, hole: tuple[int, int], left_out: Sequence[LeftOut], ends: set[int]
) -> Gap:
    start, end = hole
    reason = GapReason.line_away
    if source is SegmentSource.candidate_video:
        reason = GapReason.no_picture
    if start - FRAME_MS in ends:
        reason = GapReason.gateway_lost
    for known in (GapReason.disk_behind, GapReason.paused):
        covered = sum(
            min(end, s.end_ms) - max(start, s.start_ms)
            for s in left_out
            if s.reason is known and s.start_ms < end and s.end_ms > start
        )
        if covered * 2 >= end - start:
            reason = known
    return Gap(source=source, start_ms=start, end_ms=end, reason=reason)


def _at(packet: Packet) -> int:
    return packet.at_ms
