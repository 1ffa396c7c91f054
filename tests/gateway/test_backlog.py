"""What waits for a slow disk is bounded; voice goes before picture, and losses are told."""

from interloop.domain.recording import GapReason, SegmentSource
from interloop.integrations.audio.port import Packet
from interloop.recording.container import LeftOut
from media_gateway.backlog import Backlog, Entry

VOICE, PICTURE = SegmentSource.candidate_audio, SegmentSource.candidate_video
KEY, DELTA = b"\x00" + bytes(999), b"\x01" + bytes(999)


def taken(backlog: Backlog) -> list[Entry]:
    """Take what waits, to the end."""
    backlog.end()
    return [entry for entry in iter(lambda: backlog.get(1), None) if entry is not None]


def times(entries: list[Entry], source: SegmentSource) -> list[int]:
    return [
        e.content.at_ms for e in entries if e.source is source and isinstance(e.content, Packet)
    ]


def notes(entries: list[Entry]) -> list[tuple[SegmentSource, LeftOut]]:
    return [(e.source, e.content) for e in entries if isinstance(e.content, LeftOut)]


def test_pictures_give_way_to_voices_when_the_disk_is_behind() -> None:
    backlog = Backlog(voice_bytes=20_000, picture_bytes=10_000)
    for at in range(0, 400, 20):
        backlog.put(PICTURE, Packet(at, KEY))
        backlog.put(VOICE, Packet(at, b"word"))
    entries = taken(backlog)
    assert times(entries, VOICE) == list(range(0, 400, 20))
    assert len(times(entries, PICTURE)) < 10
    assert backlog.lost[VOICE] == 0
    assert backlog.lost[PICTURE] == 20 - len(times(entries, PICTURE))


def test_after_a_lost_picture_all_are_dropped_up_to_the_next_that_stands_alone() -> None:
    backlog = Backlog(picture_bytes=2600)
    for at, picture in ((0, KEY), (40, DELTA), (80, DELTA)):
        backlog.put(PICTURE, Packet(at, picture))
    assert [backlog.get(1) is not None for _ in range(2)] == [True, True]
    for at, picture in ((120, DELTA), (160, KEY), (200, DELTA)):
        backlog.put(PICTURE, Packet(at, picture))
    entries = taken(backlog)
    assert times(entries, PICTURE) == [160, 200]
    assert notes(entries) == [(PICTURE, LeftOut(80, 140, 2, GapReason.disk_behind))]


def test_even_voice_is_bounded_and_what_is_lost_is_noted_with_its_time() -> None:
    backlog = Backlog(voice_bytes=2600)
    for at in range(0, 2000, 20):
        backlog.put(VOICE, Packet(at, bytes(4)))
    entries = taken(backlog)
    assert times(entries, VOICE) == list(range(0, 200, 20))
    assert backlog.lost[VOICE] == 90
    lost = [note for _, note in notes(entries)]
    assert (lost[0].start_ms, lost[-1].end_ms) == (200, 2000)
    assert sum(note.packets for note in lost) == 90


def test_a_pause_is_noted_and_is_no_loss() -> None:
    backlog = Backlog()
    for at in range(0, 500, 20):
        backlog.leave_out(VOICE, at, GapReason.paused)
    backlog.put(VOICE, Packet(500, b"word"))
    entries = taken(backlog)
    assert notes(entries) == [(VOICE, LeftOut(0, 500, 25, GapReason.paused))]
    assert [type(e.content) for e in entries] == [LeftOut, Packet]
    assert not backlog.lost
