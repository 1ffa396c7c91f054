"""The interviewer as the official client meets it."""

import ssl

from google.genai import types

from tests.sandbox.calling import call, new_handle, said, sound, turn_complete
from tests.sandbox.outside import Outside

QUESTION = "Tell me about a system that failed, and what you did."


async def test_it_says_exactly_the_words_that_it_is_given(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        assert await candidate.turn(step="greet", say="Hello, I am an AI.") == "Hello, I am an AI."
        await candidate.type("hello")
        assert await candidate.turn(step="ask", say=QUESTION, question=QUESTION) == QUESTION


async def test_its_voice_is_a_real_sound_of_a_plausible_length(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.turn(step="ask", say=QUESTION)
        pcm = sound(candidate.messages)
        assert 2 < len(pcm) / 48_000 < 6
        assert max(pcm[1::2]) > 0


async def test_sound_comes_in_chunks_of_40_ms_with_the_words_between(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.turn(step="ask", say=QUESTION)
        chunks = [len(message.data) for message in candidate.messages if message.data]
        assert set(chunks[:-1]) == {1920}
        halfway = len(candidate.messages) // 2
        assert 0 < len(said(candidate.messages[:halfway])) < len(QUESTION)


async def test_it_says_nothing_that_did_not_come_over_the_wire(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        assert await candidate.turn(step="close", say=None, question=None) == ""
        assert sound(candidate.messages) == b""


async def test_a_follow_up_is_the_first_probe_the_candidate_left_open(outside: Outside) -> None:
    probes = ["What was the result?", "How did you measure the latency?"]
    async with call(outside) as candidate:
        await candidate.type("The result was good.")
        spoken = await candidate.turn(step="follow_up", say=None, probes=probes)
        assert spoken == "How did you measure the latency?"


async def test_a_follow_up_forgets_what_was_said_to_earlier_questions(outside: Outside) -> None:
    probes = ["What was the result?", "How did you measure the latency?"]
    async with call(outside) as candidate:
        await candidate.type("The result was good.")
        await candidate.turn(step="ask", say=QUESTION)
        await candidate.type("A disk was full.")
        spoken = await candidate.turn(step="follow_up", say=None, probes=probes)
        assert spoken == "What was the result?"


async def test_a_repeat_without_words_is_the_question(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.type("Sorry?")
        assert await candidate.turn(step="repeat", say=None, question=QUESTION) == QUESTION


async def test_speaking_into_its_words_interrupts_them(outside: Outside) -> None:
    await outside.control("live/pace", speed=1, wait_for_playback=True)
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.answer(step="ask", say=QUESTION)
        await candidate.until(lambda message: message.data)
        await candidate.open_turn()
        start = len(candidate.messages)
        await candidate.until(turn_complete)
        contents = [message.server_content for message in candidate.messages[start:]]
        assert any(content and content.interrupted for content in contents)
        assert not any(content and content.generation_complete for content in contents)


async def test_speaking_while_it_waits_for_the_item_cancels_its_call(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        asked = await candidate.until(lambda message: message.tool_call)
        await candidate.open_turn()
        taken_back = await candidate.until(lambda message: message.tool_call_cancellation)
        assert asked.tool_call is not None
        assert asked.tool_call.function_calls is not None
        assert taken_back.tool_call_cancellation is not None
        assert taken_back.tool_call_cancellation.ids == [asked.tool_call.function_calls[0].id]


async def test_turn_complete_comes_when_the_words_would_have_been_heard(outside: Outside) -> None:
    await outside.control("live/pace", speed=50, wait_for_playback=True)
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.answer(step="ask", say="Yes?")
        await candidate.until(
            lambda message: message.server_content and message.server_content.generation_complete
        )
        (open_session,) = await outside.get("/control/live/sessions")
        assert open_session["state"] == "speaking"
        last = await candidate.until(turn_complete)
        assert last.usage_metadata is not None


async def test_a_realtime_text_moves_a_silent_interviewer_on(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.session.send_realtime_input(text="The candidate is waiting.")
        assert await candidate.turn(step="ask", say=QUESTION) == QUESTION


async def test_seeded_history_starts_no_turn(outside: Outside) -> None:
    async with call(outside) as candidate:
        earlier = types.Content(role="user", parts=[types.Part(text="An answer from before.")])
        await candidate.session.send_client_content(turns=[earlier], turn_complete=False)
        await candidate.begin()
        await candidate.turn(step="ask", say=QUESTION)
        assert sum(message.tool_call is not None for message in candidate.messages) == 1


async def test_a_conversation_goes_on_with_its_handle(outside: Outside) -> None:
    async with call(outside) as first:
        await first.type("The result was good.")
        await first.turn(step="follow_up", say="I see.")
        kept = new_handle(await first.until(new_handle))
    resumption = types.SessionResumptionConfig(handle=kept)
    async with call(outside, resumption=resumption) as second:
        await second.type("Go on.")
        probes = ["What was the result?", "Who helped you?"]
        assert await second.turn(step="follow_up", probes=probes) == "Who helped you?"


async def test_there_is_no_handle_while_a_call_is_open(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.until(lambda message: message.tool_call)
        updates = [each.session_resumption_update for each in candidate.messages]
        last = [update for update in updates if update is not None][-1]
        assert not last.resumable
        assert not last.new_handle


async def test_its_certificate_is_for_loopback_only(outside: Outside) -> None:
    found = ssl.get_server_certificate(("127.0.0.1", outside.ports["https"]))
    assert found == (outside.state_dir / "tls.crt").read_text()
