"""Between the packets of a picture and its record, and the ladder that spares the voice."""

from dataclasses import replace

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection
from hypothesis import given
from hypothesis import strategies as st

from media_gateway.video.frames import GAP_MS, Frames, VideoPacket, begins_frame
from media_gateway.video.ladder import CALM_MS, DOWN_MS, LONGEST_CALM_MS, RUNGS, Ladder, Rung, Signs
from media_gateway.video.signs import Beat, SignsOf
from media_gateway.voice.aiortc_private import counted, tap_audio, tap_video

KEY, DELTA = b"\x10", b"\x11"
PACKETS = 3
"""In each frame of `stream`."""

CALM, BAD, WORSE = Signs(), Signs(loss=0.1), Signs(loss=0.5)
TICK_MS = 500


def stream(frames: int, *, key_every: int = 1000, first: int = 65_500) -> list[VideoPacket]:
    """Return the packets of so many frames; each frame's bytes tell its number."""
    packets: list[VideoPacket] = []
    for number in range(frames):
        kind = KEY if number % key_every == 0 else DELTA
        for part in range(PACKETS):
            packets.append(
                VideoPacket(
                    sequence=(first + len(packets)) & 0xFFFF,
                    timestamp=((1 << 32) - 9000 + 3000 * number) & 0xFFFFFFFF,
                    first=part == 0,
                    last=part == PACKETS - 1,
                    data=kind + bytes([number % 256]) if part == 0 else b"x",
                )
            )
    return packets


def shown(packets: list[VideoPacket], *, step_ms: int = 11) -> list[int]:
    """Return the numbers of the frames that come out when a packet comes every `step_ms`."""
    frames = Frames()
    out = [frame for n, packet in enumerate(packets) for frame in frames.add(packet, n * step_ms)]
    assert [frame.timestamp for frame in out] == sorted({frame.timestamp for frame in out})
    return [frame.data[1] for frame in out]


def test_whole_frames_come_out_at_once_and_numbers_wrap() -> None:
    assert shown(stream(50)) == list(range(50))


@given(st.permutations(range(6)), st.integers(0, 20))
def test_packets_that_swap_places_and_come_twice_lose_nothing(order: list[int], at: int) -> None:
    packets = stream(12)
    swapped = [*packets[:at], *(packets[at + n] for n in order), *packets[at + 6 :]]
    if 0 in range(at, at + 6):
        # What comes before the first packet that was seen is late for ever.
        swapped = [packets[0], *[packet for packet in swapped if packet is not packets[0]]]
    assert shown([each for packet in swapped for each in (packet, packet)]) == list(range(12))


def test_after_a_gap_the_next_key_frame_goes_on_and_nothing_broken_is_shown() -> None:
    packets = stream(60, key_every=40)
    lost = packets[10 * PACKETS + 1]
    out = shown([packet for packet in packets if packet is not lost])
    assert out == [*range(10), *range(40, 60)]


def test_a_packet_that_was_asked_for_again_and_comes_in_time_costs_nothing() -> None:
    packets = stream(30)
    late = packets.pop(10 * PACKETS)
    packets.insert(10 * PACKETS + GAP_MS // 11 - 2, late)
    assert shown(packets) == list(range(30))


@given(st.sets(st.integers(0, 199 * PACKETS), max_size=60), st.integers(8, 40))
def test_no_loss_stalls_the_picture_beyond_its_gap_and_the_next_key_frame(
    lost: set[int], step_ms: int
) -> None:
    packets = stream(240, key_every=30)
    out = shown([each for n, each in enumerate(packets) if n not in lost], step_ms=step_ms)
    assert out[-30:] == list(range(210, 240))
    dark = set(range(240)) - set(out)
    for number in out:
        # A frame is shown only when everything since its key frame was.
        assert not dark & set(range(number - number % 30, number))


def test_a_stream_that_starts_anew_needs_a_key_frame_and_gets_on() -> None:
    before, after = stream(5, first=100), stream(9, key_every=3, first=30_000)[3:]
    assert shown([*before, *after]) == [*range(5), *range(3, 9)]


def test_padding_between_frames_holds_nothing_up() -> None:
    packets = stream(6)
    fill = replace(packets[3], first=False, last=False, data=b"")
    shifted = [replace(each, sequence=(each.sequence + 1) & 0xFFFF) for each in packets[3:]]
    assert shown([*packets[:3], fill, *shifted]) == list(range(6))


def test_the_first_packet_of_a_frame_is_known_by_its_descriptor() -> None:
    assert begins_frame(b"\x90\x80\x01")
    assert not begins_frame(b"\x80\x80\x01")
    assert not begins_frame(b"\x11")
    assert not begins_frame(b"")


async def test_aiortc_still_has_the_private_names_of_a_picture() -> None:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    receiver = connection.addTransceiver("video").receiver
    taken: list[VideoPacket] = []

    def take(packet: VideoPacket) -> bool:
        taken.append(packet)
        return True

    tap_video(receiver, take)
    names = vars(receiver)
    assert names["_RTCRtpReceiver__remote_bitrate_estimator"] is None
    assert names["_RTCRtpReceiver__nack_generator"] is not None
    wire = {"sequence_number": 1, "timestamp": 2, "marker": 1, "payload": b"\x10", "_data": b"d"}
    packet = type("Packet", (), wire)
    assert names["_RTCRtpReceiver__jitter_buffer"].add(packet) == (True, None)
    assert taken == [VideoPacket(1, 2, first=True, last=True, data=b"d")]
    assert counted(receiver) == (0, 0)
    for tap in (tap_audio, tap_video):
        with pytest.raises(RuntimeError):
            tap(object(), lambda *_: False)  # type: ignore[arg-type]
    await connection.close()


class Walk:
    """A ladder with its clock, and every change of rung."""

    def __init__(self) -> None:
        self.ladder = Ladder()
        self.now_ms = 1_000_000
        self.changes: list[tuple[int, int, int]] = []

    def feel(self, signs: Signs, ms: int = TICK_MS) -> Rung:
        for _ in range(max(1, ms // TICK_MS)):
            before = RUNGS.index(self.ladder.rung)
            after = RUNGS.index(self.ladder.step(signs, self.now_ms))
            if before != after:
                self.changes.append((self.now_ms, before, after))
            self.now_ms += TICK_MS
        return self.ladder.rung


SIGNS = st.builds(
    Signs,
    loss=st.floats(0, 1),
    queue_ms=st.integers(0, 1000),
    rtt_rise_ms=st.integers(0, 1000),
    silent_ms=st.integers(0, 3000),
)
MOSTLY_CALM = st.one_of(st.just(CALM), st.just(CALM), st.just(BAD), SIGNS)


@given(st.lists(st.tuples(MOSTLY_CALM, st.integers(1, 30)), max_size=80))
def test_the_ladder_never_swings_faster_than_it_says(moments: list[tuple[Signs, int]]) -> None:
    walk = Walk()
    for signs, ticks in moments:
        walk.feel(signs, ticks * TICK_MS)
    for (then, _, _), (now, before, after) in zip(walk.changes, walk.changes[1:], strict=False):
        assert now - then >= (CALM_MS if after < before else DOWN_MS)
    for _, before, after in walk.changes:
        assert after >= before - 1


@given(st.lists(MOSTLY_CALM, max_size=60), SIGNS.filter(lambda signs: signs.threatens_voice))
def test_a_threatened_voice_has_the_line_to_itself_within_two_seconds(
    before: list[Signs], threat: Signs
) -> None:
    walk = Walk()
    for signs in before:
        walk.feel(signs)
    rungs = [walk.feel(threat) for _ in range(5)]
    assert rungs[-1].height == 0
    assert walk.ladder.line == "voice_only"


@given(st.lists(MOSTLY_CALM, max_size=60), SIGNS.filter(lambda signs: signs.trouble))
def test_trouble_is_answered_within_two_seconds(before: list[Signs], trouble: Signs) -> None:
    walk = Walk()
    for signs in before:
        walk.feel(signs)
    height = walk.ladder.rung.height
    after = [walk.feel(trouble) for _ in range(3)][-1]
    assert after.height < height or height <= RUNGS[-2].height
    assert walk.ladder.line != "good"


@given(st.lists(SIGNS, max_size=60))
def test_lasting_calm_always_leads_back_to_the_best_picture(before: list[Signs]) -> None:
    walk = Walk()
    for signs in before:
        walk.feel(signs)
    assert walk.feel(CALM, 3 * LONGEST_CALM_MS + CALM_MS) == RUNGS[0]
    assert walk.ladder.line == "good"


def test_up_after_ten_seconds_of_calm_and_down_at_once() -> None:
    walk = Walk()
    assert walk.feel(CALM, CALM_MS).height == 480
    assert walk.feel(CALM).height == 720
    assert walk.feel(BAD, DOWN_MS).height == 480
    assert walk.ladder.line == "weak"


def test_a_rung_that_does_not_hold_is_tried_less_and_less_often() -> None:
    walk = Walk()
    waits: list[int] = []
    for _ in range(6):
        began = walk.now_ms
        while walk.feel(CALM).height != 720:
            pass
        waits.append(round((walk.now_ms - began) / 1000))
        walk.feel(BAD, 1500)
    assert waits[0] in range(10, 12)
    assert waits == sorted(waits)
    assert waits[-1] in range(LONGEST_CALM_MS // 1000, LONGEST_CALM_MS // 1000 + 2)


def signs_of(*, delay: float = 0.0, lost: float = 0.0, seconds: int = 10) -> Signs:
    """Return what a line shows whose last two seconds are like this."""
    signs = SignsOf(0)
    received = 0.0
    for n in range(seconds * 50):
        late = n >= (seconds - 2) * 50
        received += 1 - lost if late else 1
        at_ms = n * 20 + (delay if late else 0)
        signs.arrived((7_000 + n * 960) & 0xFFFFFFFF, at_ms)
        if n % 25 == 24:
            signs.counted(n + 1, round(received), at_ms)
    return signs.now(seconds * 1000 + delay)


def test_a_good_line_shows_nothing() -> None:
    assert signs_of() == Signs(silent_ms=20)
    assert signs_of().calm


def test_loss_and_queueing_are_seen_within_two_seconds() -> None:
    assert signs_of(lost=0.3).loss == pytest.approx(0.3, abs=0.06)
    assert signs_of(delay=300).queue_ms == 300
    assert signs_of(seconds=60, delay=300).queue_ms == 300


def test_a_source_that_begins_anew_is_no_queue() -> None:
    signs = SignsOf(0)
    signs.arrived(0, 0)
    signs.arrived(48 * 20_000, 100)
    assert signs.now(100).queue_ms == 0


def test_a_round_trip_is_compared_with_the_best_of_its_own_source() -> None:
    signs = SignsOf(0)
    signs.round_trip("page", 300, 0)
    signs.round_trip("reports", 20, 0)
    assert signs.now(100).rtt_rise_ms == 0
    signs.round_trip("page", 700, 1000)
    assert signs.now(1000).rtt_rise_ms == 400
    assert signs.now(20_000).rtt_rise_ms == 0


def test_a_beat_that_comes_late_is_the_machines_fault() -> None:
    beat = Beat(500)
    assert [beat.late(at) for at in (0, 505, 1010, 1700, 2200)] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_what_waits_in_the_page_and_silence_are_trouble() -> None:
    signs = SignsOf(0)
    signs.sender_queue(500, 0)
    assert signs.now(0).threatens_voice
    assert signs.now(1000).silent_ms == 1000
