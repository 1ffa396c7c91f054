"""True words by the sound itself: how tests of a whole call know what was said when."""

import base64

import httpx2
import numpy as np

from sandbox.hearing.recording import located, loudness
from tests.sandbox.calling import call, heard, partial
from tests.sandbox.outside import Outside
from tests.sandbox.speaking import pcm16k

STORY = (
    "Last spring our payments stopped at night. I read the logs and found a lock. "
    "We moved the job, and I wrote a test so that it cannot come back."
)
OTHER = "I prefer to plan the week on Monday, and to ask early when something is unclear."
SECOND = 32_000


async def hand_over(outside: Outside, text: str) -> bytes:
    pcm = pcm16k(text)
    await outside.control("hearing/recording", pcm=base64.b64encode(pcm).decode(), text=text)
    return pcm


def through_a_call(pcm: bytes) -> bytes:
    """Half as loud, with some noise, and off by part of a frame."""
    samples = np.frombuffer(pcm, np.int16) * 0.5
    noise = np.random.default_rng(7).normal(0, 40, len(samples))
    return b"\0" * 200 + (samples + noise).astype(np.int16).tobytes()


async def test_a_known_recording_is_heard_as_its_true_words(outside: Outside) -> None:
    await hand_over(outside, OTHER)
    pcm = await hand_over(outside, STORY)
    async with call(outside) as candidate:
        await candidate.speak(b"\0" * SECOND + through_a_call(pcm) + b"\0" * SECOND)
        assert heard(await candidate.until(heard)) == STORY


async def test_the_recordings_may_be_played_in_any_order(outside: Outside) -> None:
    story = await hand_over(outside, STORY)
    other = await hand_over(outside, OTHER)
    async with call(outside) as candidate:
        await candidate.speak(through_a_call(other))
        assert heard(await candidate.until(heard)) == OTHER
        await candidate.speak(through_a_call(story))
        assert heard(await candidate.until(heard)) == STORY


async def test_a_line_lost_in_the_middle_neither_loses_nor_doubles_words(outside: Outside) -> None:
    pcm = await hand_over(outside, STORY)
    middle = len(pcm) // 2 // 640 * 640
    async with call(outside) as first:
        await first.speak(pcm[:middle])
        before = heard(await first.until(heard))
    async with call(outside) as second:
        await second.speak(pcm[middle:])
        after = heard(await second.until(heard))
    assert f"{before} {after}" == STORY


async def test_the_true_words_grow_with_the_sound(outside: Outside) -> None:
    pcm = await hand_over(outside, STORY)
    async with call(outside) as candidate:
        await candidate.open_turn()
        await candidate.sound(pcm[: 4 * SECOND])
        await candidate.until(lambda message: "stopped at night" in (partial(message) or ""))


async def test_words_with_given_times_are_heard_at_those_times(outside: Outside) -> None:
    pcm = pcm16k(STORY)
    words = [
        {"text": "early", "start_ms": 500, "end_ms": 900},
        {"text": "late", "start_ms": 6000, "end_ms": 6400},
    ]
    await outside.control("hearing/recording", pcm=base64.b64encode(pcm).decode(), words=words)
    async with call(outside) as candidate:
        await candidate.speak(pcm[: 3 * SECOND])
        assert heard(await candidate.until(heard)) == "early"


async def test_other_sound_still_goes_to_the_recogniser(outside: Outside) -> None:
    await hand_over(outside, STORY)
    async with call(outside) as candidate:
        await candidate.speak(pcm16k("My colleagues say that I am calm."))
        final = heard(await candidate.until(heard))
        assert final
        assert final not in STORY


async def test_a_recording_without_words_is_refused(outside: Outside) -> None:
    async with httpx2.AsyncClient(base_url=outside.web, verify=outside.trust) as http:
        answer = await http.post("/control/hearing/recording", json={"pcm": "AAAA"})
    assert answer.status_code == 422


def test_silence_is_found_nowhere() -> None:
    assert located(loudness(b"\0" * SECOND), loudness(pcm16k(OTHER))) is None
