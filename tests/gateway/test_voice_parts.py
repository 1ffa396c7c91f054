"""The parts between the wire and the words: order, pace, patience, and what was heard."""

import asyncio

import numpy as np
import pytest
from aioice import ice
from aiortc import RTCConfiguration, RTCPeerConnection
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.ids import new_id
from interloop.domain.patience import Patience, PatienceBounds
from interloop.domain.room import Pong
from media_gateway.clock import LONGEST_GAP_MS, InterviewClock
from media_gateway.heard import Heard
from media_gateway.room import OUTBOX, QueueOutbox
from media_gateway.slots import Slots
from media_gateway.voice.aiortc_private import ignore, offer_loopback, tap_audio
from media_gateway.voice.jitter import DEPTH, AudioJitter
from media_gateway.voice.opus import Ear, Mouth, silence
from media_gateway.voice.playout import FRAME_BYTES, Playout
from media_gateway.voice.timeline import Timeline
from media_gateway.voice.turn_taking import FRAME_MS, TurnTaking

SPEECH, SILENCE = 0.9, 0.1
QUIET = 30


def released(*sequences: int, first_timestamp: int = 0) -> list[int]:
    """Return the unwrapped timestamps (in packets) that come out for these sequence numbers."""
    out: list[int] = []
    jitter = AudioJitter(lambda timestamp, _payload: out.append(timestamp // 960))
    for sequence in sequences:
        unwrapped = first_timestamp + sequence * 960
        jitter.add(sequence & 0xFFFF, unwrapped & 0xFFFFFFFF, b"x")
    return out


@given(st.permutations(range(DEPTH)))
def test_packets_that_swap_places_come_out_in_order(order: list[int]) -> None:
    later = list(range(DEPTH, 20))
    out = released(0, *[n + 1 for n in order], *[n + 1 for n in later])
    assert out == list(range(21))


def test_a_lost_packet_holds_speech_up_for_sixty_milliseconds_only() -> None:
    assert released(0, 1, 3, 4, 5) == [0, 1]
    assert released(0, 1, 3, 4, 5, 6) == [0, 1, 3, 4, 5, 6]


def test_late_and_doubled_packets_are_dropped() -> None:
    assert released(0, 1, 1, 2, 0, 3) == [0, 1, 2, 3]


def test_numbers_wrap_and_streams_restart() -> None:
    assert released(*range(65_530, 65_545)) == list(range(65_530, 65_545))
    assert released(5, 6, 20_000, 20_001) == [5, 6, 20_000, 20_001]
    last = (1 << 32) - 960
    assert released(0, 1, 2, first_timestamp=last) == [last // 960 + n for n in range(3)]


def taking(patience_ms: int = 960) -> tuple[TurnTaking, list[str]]:
    """Return turn-taking and what it said."""
    said: list[str] = []
    bounds = PatienceBounds(least_ms=patience_ms, most_ms=6000)
    machine = TurnTaking(Patience(bounds=bounds))

    def start() -> bool:
        said.append("start")
        return True

    machine.on_start = start
    machine.on_end = lambda: said.append("end")
    machine.on_hold_back = lambda on: said.append("hold back" if on else "go on")
    return machine, said


def feed(machine: TurnTaking, probability: float, ms: int, *, over: int = 0) -> None:
    for _ in range(ms // FRAME_MS):
        machine.feed(probability, interviewer_left_ms=over)


def test_a_turn_ends_only_after_patience() -> None:
    machine, said = taking()
    feed(machine, SPEECH, 320)
    feed(machine, SILENCE, 928)
    assert said == ["start"]
    feed(machine, SPEECH, 320)
    feed(machine, SILENCE, 960)
    assert said == ["start", "end"]


def test_silence_never_begins_or_ends_anything_by_itself() -> None:
    machine, said = taking()
    feed(machine, SILENCE, 600_000)
    assert said == []
    assert not machine.done()


def test_a_click_is_no_speech() -> None:
    machine, said = taking()
    feed(machine, SPEECH, 96)
    feed(machine, SILENCE, 320)
    assert said == []


@pytest.mark.parametrize("ms", [64, 320, 608])
def test_a_cough_or_mm_hm_lets_the_interviewer_go_on_where_it_was(ms: int) -> None:
    machine, said = taking()
    feed(machine, SPEECH, ms, over=9000)
    assert said == ["hold back"]
    feed(machine, SILENCE, 320, over=9000)
    assert said == ["hold back", "go on"]
    assert not machine.speaking


def test_one_likely_frame_holds_the_interviewer_back_and_a_doubtful_one_not_for_long() -> None:
    machine, said = taking()
    feed(machine, 0.3, 320, over=9000)
    assert said == []
    feed(machine, 0.4, 32, over=9000)
    assert said == ["hold back"]
    feed(machine, SILENCE, 128, over=9000)
    assert said == ["hold back", "go on"]
    machine, said = taking()
    feed(machine, SPEECH, 32, over=9000)
    feed(machine, SILENCE, 288, over=9000)
    assert said == ["hold back"]
    feed(machine, SILENCE, 32, over=9000)
    assert said == ["hold back", "go on"]


def test_a_doubtful_sound_into_the_last_words_of_a_question_is_no_answer() -> None:
    machine, said = taking()
    feed(machine, 0.4, 32, over=900)
    feed(machine, SILENCE, 320, over=700)
    assert said == ["hold back", "go on"]


def test_speech_that_goes_on_takes_the_turn_and_is_not_lost() -> None:
    machine, said = taking()
    began: list[int] = []

    def start() -> bool:
        began.append(machine.burst_ms)
        said.append("start")
        return True

    machine.on_start = start
    feed(machine, SPEECH, 320, over=9000)
    feed(machine, SILENCE, 96, over=9000)
    feed(machine, SPEECH, 320, over=9000)
    assert said == ["hold back", "start"]
    assert began[0] >= 640


def test_a_yes_into_the_last_words_of_a_question_is_an_answer() -> None:
    machine, said = taking()
    feed(machine, SPEECH, 192, over=900)
    feed(machine, SILENCE, 320, over=700)
    assert said == ["hold back", "start"]


def test_an_interviewer_that_hears_itself_is_not_held_back_for_ever() -> None:
    machine, said = taking()
    for _ in range(10):
        feed(machine, SPEECH, 96, over=9000)
        feed(machine, SILENCE, 320, over=9000)
    assert said.count("hold back") == 3


def test_who_goes_on_after_we_took_the_turn_is_waited_for_longer_from_then_on() -> None:
    machine, _ = taking(1600)
    for _ in range(3):
        feed(machine, SPEECH, 640)
        feed(machine, SILENCE, 1600 + 640)
    assert machine.patience.ms > 1600


def test_an_answer_after_the_interviewer_has_spoken_teaches_nothing() -> None:
    machine, _ = taking(1600)
    for _ in range(6):
        feed(machine, SPEECH, 640)
        feed(machine, SILENCE, 1600)
        feed(machine, SILENCE, 640, over=640)
        feed(machine, SILENCE, 320)
    assert machine.patience.ms == 1600


def test_thinking_and_holding_suspend_patience() -> None:
    machine, said = taking()
    feed(machine, SPEECH, 320)
    machine.think()
    feed(machine, SILENCE, 60_000)
    assert said == ["start"]
    feed(machine, SPEECH, 32)
    feed(machine, SILENCE, 60_000)
    assert said == ["start"]
    feed(machine, SPEECH, 320)
    machine.hold(on=True)
    feed(machine, SILENCE, 60_000)
    machine.hold(on=False)
    feed(machine, SILENCE, 928)
    assert said == ["start"]
    assert machine.done()
    assert said == ["start", "end"]


def test_speech_that_is_not_wanted_now_begins_no_turn() -> None:
    machine, said = taking()
    machine.on_start = lambda: False
    feed(machine, SPEECH, 3200)
    assert not machine.speaking
    assert said == []


def test_with_the_button_held_a_low_voice_takes_the_turn_at_once() -> None:
    machine, said = taking()
    machine.hold(on=True)
    feed(machine, 0.35, 32, over=9000)
    assert said == ["start"]


def test_a_held_voice_waits_and_nobody_holds_it_for_ever() -> None:
    playout = Playout()
    playout.attach(object())
    playout.write(bytes(FRAME_BYTES))
    playout.hold(True)  # noqa: FBT003 - on
    assert playout.pull() is None
    assert not playout.drained
    assert any(playout.pull() for _ in range(200))
    playout.write(bytes(FRAME_BYTES))
    playout.hold(True)  # noqa: FBT003 - on
    playout.hold(False)  # noqa: FBT003 - off
    assert playout.pull()


def test_a_voice_that_is_held_leaves_nothing_behind_and_goes_on_where_it_was() -> None:
    tone = (np.sin(np.arange(24_000) / 12) * 9000).astype(np.int16).tobytes()
    frames = [tone[at : at + FRAME_BYTES] for at in range(0, 20 * FRAME_BYTES, FRAME_BYTES)]
    held, whole = Mouth(), Mouth()
    said = [(held.say(frame), whole.say(frame)) for frame in frames]
    ears = (Ear(), Ear())
    for packets in said:
        for ear, packet in zip(ears, packets, strict=True):
            ear.hear(packet)
    # What the encoder still has is played at the end of a sentence, and not after a barge-in.
    assert loudest(ears[0].hear(held.rest(cut=True))) < loudest(ears[1].hear(whole.rest(cut=False)))
    assert held.rest(cut=False) == whole.rest(cut=False) == silence()
    assert loudest(ears[0].hear(silence())) < QUIET
    again = [ears[0].hear(held.say(frame)) for frame in frames]
    assert loudest(again[2]) > 8000


def loudest(pcm: bytes) -> int:
    return int(np.abs(np.frombuffer(pcm, np.int16).astype(int)).max())


def test_without_words_of_the_service_what_was_heard_is_counted_by_time() -> None:
    heard = Heard("One two three four five six seven eight")
    heard.sound(bytes(48 * 3000))
    assert heard.upto(0) == ""
    assert heard.upto(1000) == "One two three"
    assert heard.all == ""


def test_only_what_was_played_was_heard() -> None:
    heard = Heard()
    for word in ("One ", "two ", "three"):
        heard.words(word)
        heard.sound(bytes(48 * 100))
    assert heard.upto(0) == "One"
    assert heard.upto(150) == "One two"
    assert heard.all == "One two three"


def test_playout_waits_for_a_listener_only_when_there_is_one() -> None:
    playout, listener = Playout(), object()
    playout.write(bytes(FRAME_BYTES))
    assert playout.drained
    assert playout.played_ms == 20
    playout.attach(listener)
    playout.begin()
    playout.write(bytes(FRAME_BYTES + 10))
    assert not playout.drained
    assert len(playout.pull() or b"") == FRAME_BYTES
    assert len(playout.pull() or b"") == FRAME_BYTES
    assert playout.pull() is None
    playout.write(bytes(5 * FRAME_BYTES))
    playout.detach(object())
    assert not playout.drained
    playout.detach(listener)
    assert playout.drained


def test_frames_meet_without_a_seam_until_clocks_part() -> None:
    timeline = Timeline(48)
    assert timeline.ms(0, 1000) == 1000
    assert timeline.ms(960, 1055) == 1020
    assert timeline.ms(960 * 2, 9000) == 9000


def test_packets_that_were_held_up_stand_where_they_were_said() -> None:
    timeline = Timeline(48, 1500)
    assert timeline.ms(0, 1000) == 1000
    # Nothing is read for two seconds, then everything that waited comes at once.
    burst = [timeline.ms(960 * n, 3000) for n in range(1, 101)]
    assert burst == [1000 + 20 * n for n in range(1, 101)]
    assert timeline.ms(960 * 101, 3020) == 3020


def test_a_clock_that_went_another_way_is_followed_after_a_while() -> None:
    timeline = Timeline(48, 1500)
    assert timeline.ms(0, 1000) == 1000
    placed = [timeline.ms(960 * n, 9000 + 20 * n) for n in range(100)]
    assert placed[0] == 1000
    assert placed[-1] == 9000 + 20 * 99
    assert timeline.ms(960 * 100, 9000 + 960) == 9000 + 960  # early: the anchor was a late one


def test_a_takeover_adds_the_lost_time_and_a_long_pause_little() -> None:
    assert InterviewClock(stored_ms=5000, since_join_ms=9000).ms() in range(9000, 9100)
    assert InterviewClock(stored_ms=9000, since_join_ms=5000).ms() in range(9000, 9100)
    long = InterviewClock(stored_ms=5000, since_join_ms=86_400_000).ms()
    assert long in range(5000 + LONGEST_GAP_MS, 5100 + LONGEST_GAP_MS)


async def test_a_slot_is_kept_for_its_interview_and_no_longer() -> None:
    slots = Slots(1)
    one, two = (new_id(), 1), (new_id(), 1)
    assert slots.reserve(one)
    assert slots.reserve(one)
    assert not slots.reserve(two)
    slots.take(one)
    assert slots.free == 0
    await asyncio.wait_for(slots.until_full(), 1)
    slots.give_back(one)
    await asyncio.wait_for(slots.until_free(), 1)
    assert slots.reserve(two)


def test_a_page_that_does_not_read_is_closed_and_never_waited_for() -> None:
    outbox = QueueOutbox()
    for n in range(OUTBOX * 2):
        outbox.put(Pong(seq=n, at=0.0))
    assert outbox.queue.qsize() == OUTBOX
    assert outbox.close_code == 1013


async def test_aiortc_still_has_the_private_names_we_replace() -> None:
    offer_loopback()
    offer_loopback()
    assert ice.get_host_addresses(True, False).count("127.0.0.1") == 1  # noqa: FBT003 - its signature
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    receiver = connection.addTransceiver("audio").receiver
    taken: list[bytes] = []
    tap_audio(receiver, lambda _sequence, _timestamp, payload: taken.append(payload))
    buffer = vars(receiver)["_RTCRtpReceiver__jitter_buffer"]
    packet = type("Packet", (), {"sequence_number": 1, "timestamp": 2, "_data": b"opus"})
    assert buffer.add(packet) == (False, None)
    assert taken == [b"opus"]
    assert receiver._enabled is True
    ignore(receiver)
    assert receiver._enabled is False
    with pytest.raises(RuntimeError):
        tap_audio(object(), lambda *_: None)
    await connection.close()
