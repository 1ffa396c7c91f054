"""Everything that can go wrong with a Live session, as the official client sees it."""

import pytest
from google.genai import errors, types
from websockets.exceptions import InvalidStatus

from tests.sandbox.calling import Call, call, config, turn_complete
from tests.sandbox.outside import MODEL, Outside


async def closing(candidate: Call) -> errors.APIError:
    """The error with which the session ends."""
    with pytest.raises(errors.APIError) as caught:
        await candidate.until(lambda _: False)
    return caught.value


async def test_a_pulled_cable_ends_the_session_without_a_code(outside: Outside) -> None:
    async with call(outside) as candidate:
        await outside.control("live/fault", kind="abort")
        assert (await closing(candidate)).code == 1006


@pytest.mark.parametrize("code", [1007, 1008, 1011])
async def test_a_planned_close_carries_its_code(outside: Outside, code: int) -> None:
    await outside.control("live/fault", kind="close", when="tool_call", code=code, reason="Told.")
    async with call(outside) as candidate:
        await candidate.begin()
        ended = await closing(candidate)
        assert (ended.code, ended.details) == (code, "Told.")


async def test_a_planned_fault_happens_once(outside: Outside) -> None:
    await outside.control("live/fault", kind="abort", when="speaking")
    async with call(outside) as candidate:
        await candidate.begin()
        await candidate.answer(step="ask", say="Why?")
        await closing(candidate)
    async with call(outside) as candidate:
        await candidate.begin()
        assert await candidate.turn(step="ask", say="Why?") == "Why?"


async def test_a_fault_for_one_session_spares_the_others(outside: Outside) -> None:
    async with call(outside, labels={"session": "spared"}) as candidate:
        await outside.control("live/fault", kind="abort", session="struck")
        await candidate.begin()
        assert await candidate.turn(step="ask", say="Why?") == "Why?"


async def test_it_warns_before_it_goes_away(outside: Outside) -> None:
    async with call(outside) as candidate:
        await outside.control("live/fault", kind="go_away", seconds=0.2)
        warning = await candidate.until(lambda message: message.go_away)
        assert warning.go_away is not None
        assert warning.go_away.time_left == "0.2s"
        assert (await closing(candidate)).code == 1006


async def test_a_slow_service_still_speaks(outside: Outside) -> None:
    await outside.control("live/fault", kind="slow", when="speaking", seconds=0.3)
    async with call(outside) as candidate:
        await candidate.begin()
        assert await candidate.turn(step="ask", say="Why?") == "Why?"


async def test_an_upgrade_can_be_refused_for_quota(outside: Outside) -> None:
    await outside.control("live/fault", kind="reject", code=429, reason="Quota exceeded.")
    with pytest.raises(InvalidStatus) as caught:
        async with call(outside):
            pass
    assert caught.value.response.status_code == 429
    async with call(outside) as candidate:
        await candidate.begin()


async def test_an_unknown_message_leaves_the_session_usable(outside: Outside) -> None:
    await outside.control("live/fault", kind="unknown_message", when="tool_call")
    async with call(outside) as candidate:
        await candidate.begin()
        asked = await candidate.until(lambda message: message.tool_call)
        await candidate.respond(asked, step="ask", say="Why?")
        with pytest.raises(TypeError):  # what the client makes of it
            await candidate.until(turn_complete)
        again = Call(candidate.session)
        await again.until(turn_complete)


async def test_an_unknown_handle_is_refused(outside: Outside) -> None:
    resumption = types.SessionResumptionConfig(handle="never-issued")
    with pytest.raises(errors.APIError) as caught:
        async with call(outside, resumption=resumption):
            pass
    assert caught.value.code == 1008
    assert "session not found" in str(caught.value)


async def test_a_session_that_leaves_turn_taking_to_the_service_is_refused(
    outside: Outside,
) -> None:
    automatic = config()
    automatic.realtime_input_config = None
    live = outside.live_client.aio.live
    with pytest.raises(errors.APIError) as caught:
        async with live.connect(model=MODEL, config=automatic):
            pass
    assert caught.value.code == 1007


async def test_an_end_of_a_turn_that_never_began_is_refused(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.close_turn()
        assert (await closing(candidate)).code == 1007


async def test_a_frame_that_is_not_json_is_refused(outside: Outside) -> None:
    async with call(outside) as candidate:
        await candidate.session._ws.send("not json")
        assert (await closing(candidate)).code == 1007


async def test_an_answer_to_a_call_it_never_made_changes_nothing(outside: Outside) -> None:
    async with call(outside) as candidate:
        stray = types.FunctionResponse(id="call-x", name="next_item", response={"step": "close"})
        await candidate.session.send_tool_response(function_responses=stray)
        await candidate.begin()
        assert await candidate.turn(step="ask", say="Why?") == "Why?"
