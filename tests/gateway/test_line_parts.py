"""The line to the model: how it is reached again, when it is left, whose words come over it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interloop.domain.live_model import LiveCapabilities
from interloop.integrations.live.port import Hearing
from media_gateway.line.ladder import Ladder
from media_gateway.line.stretches import Stretches
from media_gateway.line.watch import Watch

CAN = LiveCapabilities(model="m", connection_s=600, handle_s=100, reacts_in_s=8)
SECOND = bytes(48_000)
CODES = ("model_away", "refused", "context_refused", "quota", "handle_unknown", "stalled")


def test_a_lost_session_is_resumed_by_its_newest_handle_at_once() -> None:
    ladder = Ladder(100)
    ladder.keep("one", 0)
    ladder.keep("two", 1)
    ladder.lost("model_away")
    assert ladder.handle(2) == "two"
    assert ladder.pause_s == 0


def test_an_old_handle_is_not_tried() -> None:
    ladder = Ladder(100, "one", now=0)
    assert ladder.handle(99) == "one"
    assert ladder.handle(101) is None


def test_a_context_that_was_refused_is_never_sent_again() -> None:
    ladder = Ladder(100, "one")
    ladder.lost("context_refused")
    assert ladder.handle(0) is None
    assert ladder.brief
    ladder.lost("model_away")
    assert ladder.brief


def test_a_handle_whose_sessions_die_at_once_is_given_up() -> None:
    ladder = Ladder(100, "one")
    ladder.failed("refused")
    assert ladder.handle(0) == "one"
    ladder.failed("model_away")
    assert ladder.handle(0) is None
    assert not ladder.brief


def test_a_full_quota_is_waited_for_and_costs_no_handle() -> None:
    ladder = Ladder(100, "one")
    pauses = []
    for _ in range(8):
        ladder.failed("quota")
        pauses.append(ladder.pause_s)
    assert pauses == sorted(pauses)
    assert pauses[0] >= 1
    assert ladder.handle(0) == "one"


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=30))
def test_failing_again_and_again_is_never_done_without_a_pause(codes: list[str]) -> None:
    ladder = Ladder(100, "one")
    for code in codes:
        ladder.failed(code)
        assert ladder.pause_s > 0


def watch(*, garbage: bool = True) -> Watch:
    return Watch(CAN, 0.0, garbage=garbage)


def test_a_connection_is_changed_in_a_quiet_moment_with_a_handle_that_knows_all() -> None:
    line = watch()
    line.handle()
    assert line.reason(470, quiet=True) is None
    assert line.reason(490, quiet=False) is None
    assert line.reason(490, quiet=True) == "rotation"
    line.answered()
    assert line.reason(500, quiet=True) is None
    line.sound(40, 591)
    assert line.reason(591.1, quiet=False) is None
    assert line.reason(592, quiet=False) == "rotation"
    line.expect(592)
    assert line.reason(593, quiet=False) is None
    assert line.reason(599.5, quiet=False) == "rotation"


def test_a_going_away_line_is_left_when_it_is_quiet_and_at_the_latest_in_time() -> None:
    line = watch()
    line.going_away(50, 100)
    assert line.reason(110, quiet=False) is None
    assert line.reason(110, quiet=True) == "going_away"
    assert line.reason(140, quiet=False) == "going_away"


def test_a_line_that_does_not_react_is_dead() -> None:
    line = watch()
    line.expect(10)
    line.expect(17)
    assert line.reason(18.1, quiet=False) == "stalled"
    line.heard()
    assert line.reason(100, quiet=False) is None


def test_voice_without_words_is_left_unless_words_never_come() -> None:
    line = watch()
    for _ in range(7):
        line.sound(len(SECOND), 0)
    assert line.reason(1, quiet=False) == "garbage"
    line.words()
    assert line.reason(1, quiet=False) is None
    patient = watch(garbage=False)
    for _ in range(60):
        patient.sound(len(SECOND), 0)
    assert patient.reason(1, quiet=False) is None


def piece(text: str, *, final: bool = False, interim: bool = False) -> Hearing:
    return Hearing(text, final=final, interim=interim)


def took(stretches: Stretches, hearing: Hearing, now: float) -> tuple[int, str]:
    words = stretches.take(hearing, now)
    assert words is not None
    return words.activity, words.text


def test_words_that_come_after_the_answer_belong_to_the_stretch_before() -> None:
    stretches = Stretches()
    stretches.begin(1, 0)
    stretches.end(10)
    assert took(stretches, piece(" I built"), 11) == (1, "I built")
    stretches.begin(2, 13)
    assert took(stretches, piece(" a system"), 14) == (1, "I built a system")
    assert took(stretches, piece(" By its plan"), 16) == (2, "By its plan")


def test_a_guess_belongs_to_who_speaks_and_the_last_words_to_who_has_spoken() -> None:
    stretches = Stretches()
    stretches.begin(1, 0)
    stretches.end(10)
    stretches.begin(2, 10.5)
    assert took(stretches, piece("By", interim=True), 20) == (2, "By")
    assert took(stretches, piece("I built", final=True), 21) == (1, "I built")
    stretches.end(22)
    assert took(stretches, piece("By its plan", final=True), 23) == (2, "By its plan")


def test_words_without_speech_belong_to_nobody() -> None:
    assert Stretches().take(piece("Hello"), 0) is None


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_last_words_always_find_their_own_stretch(late: list[int]) -> None:
    """However far the words lag behind, those that are marked as last come in order."""
    stretches = Stretches()
    owed: list[int] = []
    for number, lag in enumerate(late, 1):
        stretches.begin(number, number * 10.0)
        stretches.end(number * 10.0 + 5)
        owed.append(number)
        while len(owed) >= lag:
            words = stretches.take(piece(f"w{owed[0]}", final=True), number * 10.0 + 6)
            assert words is not None
            assert words.activity == owed.pop(0)


@pytest.mark.parametrize("ended", [True, False])
def test_a_new_session_hears_a_running_stretch_anew(ended: bool) -> None:
    stretches = Stretches()
    stretches.begin(1, 0)
    took(stretches, piece("I built", interim=True), 3)
    if ended:
        stretches.end(4)
    stretches.renew()
    words = stretches.take(piece("a system", final=True), 5)
    assert (words is None) is ended
    if words is not None:
        assert (words.text, words.session) == ("a system", 1)
