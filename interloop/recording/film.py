"""Fills the holes of a film with the pictures that a candidate's device kept; pure.

A picture leans on those before it, back to the last that stands alone. Two films are therefore
never mixed picture by picture: what fills a hole are whole runs that begin with such a picture, and
the film goes on after it with one of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from math import inf

from interloop.integrations.audio.port import Packet

HOLE_MS = 1500
"""Pictures that are no further apart are a slow film; what is, is filled."""

Paused = Sequence[tuple[int, int]]
Run = Sequence[Packet]
"""Pictures of one device: the first stands alone, each of the others leans on the one before."""


def is_key_frame(frame: bytes) -> bool:
    """Tell whether a VP8 frame can be decoded without those before it (RFC 6386, 9.1)."""
    return bool(frame) and not frame[0] & 1


def fill_film(
    own: Sequence[Packet], kept: Sequence[Sequence[Packet]], paused: Paused
) -> tuple[list[Packet], int]:
    """Return the pictures for the holes of `own`, and how many ms of film they are.

    `kept`: the device's pieces; `paused`: stretches [start, end) in which nothing may be recorded.
    """
    runs = _runs(kept, paused)
    filled: list[Packet] = []
    lasts_ms = 0
    for start, end in _holes(own):
        found = _within(runs, start, end)
        times = [p.at_ms for p in found] + ([] if end is None else [end])
        lasts_ms += sum(min(after - before, HOLE_MS) for before, after in pairwise(times))
        filled += found
    return filled, lasts_ms


def _holes(own: Sequence[Packet]) -> Iterator[tuple[int, int | None]]:
    """Return where pictures are missing; the last hole has no end.

    A film that goes on with a picture that leans on the one before has lost none: nothing fits in.
    """
    yield (0, own[0].at_ms if own else None)
    for before, after in pairwise(own):
        if after.at_ms - before.at_ms > HOLE_MS and is_key_frame(after.data):
            yield before.at_ms + 1, after.at_ms
    if own:
        yield own[-1].at_ms + 1, None


def _runs(kept: Sequence[Sequence[Packet]], paused: Paused) -> list[Run]:
    """Return the pictures run by run, in order; each ends where the next begins, or a pause."""
    found = sorted((run for piece in kept for run in _split(piece)), key=lambda run: run[0].at_ms)
    nexts: list[float] = [*(run[0].at_ms for run in found), inf][1:]
    recorded = (
        list(takewhile(lambda p: not _is_in(p.at_ms, paused), _before(run, until)))
        for run, until in zip(found, nexts, strict=True)
    )
    return [run for run in recorded if run]


def _before(run: Run, until_ms: float) -> Iterator[Packet]:
    return takewhile(lambda p: p.at_ms < until_ms, run)


def _split(piece: Sequence[Packet]) -> list[list[Packet]]:
    runs: list[list[Packet]] = []
    for packet in piece:
        if is_key_frame(packet.data):
            runs.append([packet])
        elif runs:
            runs[-1].append(packet)
    return runs


def _within(runs: Sequence[Run], start: int, end: int | None) -> list[Packet]:
    """Return what is shown from `start` to `end`.

    A run that begins before `start` is shown from there: its earlier pictures, on which the others
    lean, follow each other by a millisecond.
    """
    found: list[Packet] = []
    at_ms = start - 1
    for run in runs:
        if run[-1].at_ms < start:
            continue
        for packet in run:
            at_ms = max(packet.at_ms, at_ms + 1)
            if end is not None and at_ms >= end:
                return found
            found.append(replace(packet, at_ms=at_ms))
    return found


def _is_in(at_ms: int, paused: Paused) -> bool:
    return any(start <= at_ms < end for start, end in paused)
