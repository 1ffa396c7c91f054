"""How the sandbox hears a candidate who speaks."""

from tests.sandbox.calling import call, heard, partial
from tests.sandbox.outside import Outside
from tests.sandbox.speaking import pcm16k

ANSWER = "We moved the database to another server and the problem was gone by the morning."


async def test_a_handed_text_is_heard_instead_of_the_sound(outside: Outside) -> None:
    await outside.control("hearing", texts=["I fixed it.", "Then I wrote a test."])
    async with call(outside) as candidate:
        await candidate.speak(b"\0" * 32_000)
        assert heard(await candidate.until(heard)) == "I fixed it."
        await candidate.turn(step="ask", say="And then?")
        await candidate.speak(b"\0" * 32_000)
        assert heard(await candidate.until(heard)) == "Then I wrote a test."


async def test_a_text_for_one_session_is_not_heard_in_another(outside: Outside) -> None:
    await outside.control("hearing", texts=["For the other one."], session="other")
    await outside.control("hearing", texts=["For this one."])
    async with call(outside, labels={"session": "this"}) as candidate:
        await candidate.speak(b"\0" * 32_000)
        assert heard(await candidate.until(heard)) == "For this one."
    async with call(outside, labels={"session": "other"}) as candidate:
        await candidate.speak(b"\0" * 32_000)
        assert heard(await candidate.until(heard)) == "For the other one."


async def test_words_grow_while_the_candidate_speaks(outside: Outside) -> None:
    await outside.control("hearing", texts=["one two three four five six"])
    async with call(outside) as candidate:
        await candidate.open_turn()
        await candidate.sound(b"\0" * 32_000)
        await candidate.until(lambda message: partial(message) == "one two")
        await candidate.sound(b"\0" * 32_000)
        await candidate.until(lambda message: partial(message) == "one two three four five")


async def test_words_of_a_lost_line_are_spoken_in_the_next_session(outside: Outside) -> None:
    await outside.control("hearing", texts=["one two three four"])
    async with call(outside) as first:
        await first.open_turn()
        await first.sound(b"\0" * 32_000)
        await first.until(lambda message: partial(message) == "one two")
    async with call(outside) as second:
        await second.speak(b"\0" * 32_000)
        assert heard(await second.until(heard)) == "three four"


async def test_speech_is_recognised_while_it_is_spoken(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.open_turn()
        await candidate.sound(pcm16k(ANSWER))
        early = partial(await candidate.until(partial))
        assert early
        await candidate.close_turn()
        final = heard(await candidate.until(heard))
        assert final
        assert len(final.split()) > len(early.split())


async def test_the_words_come_before_the_interviewer_moves_on(outside: Outside) -> None:
    # Handed, not recognised: the interviewer waits for words, but not for a slow machine.
    await outside.control("hearing", texts=["I fixed it."])
    async with call(outside) as candidate:
        await candidate.speak(b"\0" * 32_000)
        await candidate.until(lambda message: message.tool_call)
        assert any(heard(message) for message in candidate.messages)


async def test_silence_is_heard_as_no_words(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.speak(b"\0" * 64_000)
        final = await candidate.until(lambda message: heard(message) is not None)
        assert heard(final) == ""


async def test_two_candidates_are_heard_at_the_same_time(outside: Outside) -> None:
    async with call(outside) as one, call(outside) as other:
        await one.open_turn()
        await other.open_turn()
        spoken = pcm16k(ANSWER)
        await one.sound(spoken)
        await other.sound(spoken)
        await one.close_turn()
        await other.close_turn()
        assert heard(await one.until(heard))
        assert heard(await other.until(heard))
