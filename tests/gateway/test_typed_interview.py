"""A whole interview in writing, over the room's socket."""

from uuid import uuid4

from interloop.db.tables import InterviewState
from interloop.domain.calls import InterviewEnd
from tests.gateway.house import House
from tests.gateway.rows import CLOSING, FIRST, GREETING, PROBE, SECOND
from tests.sandbox.outside import Outside


async def test_a_typed_interview_asks_every_question_and_keeps_every_answer(house: House) -> None:
    held = await house.round()
    ended = await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        await page.answer("A billing system.")
        await page.memory.until(lambda room: PROBE in [c.text for c in room.said if c.final])
        await page.answer("The old data was in two places and we moved it without stopping.")
        await page.memory.until_asked("query")
        await page.answer("I read the plan of the query and add an index.")
        await page.memory.until(lambda room: "interview_over" in room.notices)
    assert await ended is InterviewEnd.finished
    assert await house.committed(held) == [
        ("interviewer", GREETING),
        ("interviewer", FIRST),
        ("candidate", "A billing system."),
        ("interviewer", PROBE),
        ("candidate", "The old data was in two places and we moved it without stopping."),
        ("interviewer", SECOND),
        ("candidate", "I read the plan of the query and add an index."),
        ("interviewer", CLOSING),
    ]
    row = await house.row(held)
    assert row.state is InterviewState.finished
    assert row.cursor.closed


async def test_an_answer_that_is_sent_twice_counts_once(house: House) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        answer_id = await page.answer("A billing system.", uuid4())
        await page.answer("A billing system.", answer_id)
        await page.memory.until(lambda room: PROBE in [c.text for c in room.said])
        await page.answer("A billing system.", answer_id)
        await page.answer("Something else.")
        await page.memory.until_asked("query")
    said = [text for who, text in await house.committed(held) if who == "candidate"]
    assert said == ["A billing system.", "Something else."]


async def test_who_answers_at_once_after_a_takeover_is_asked_on_and_loses_no_question(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
    house.kill(held)
    # The next question is still being said when the room would be welcomed back.
    await outside.control("live/pace", speed=0.6, wait_for_playback=False)
    try:
        await house.hold(held, epoch=2)
        async with house.page(held, epoch=2) as page:
            await page.answer("A billing system.")
            await page.memory.until(lambda room: PROBE in room.final)
    finally:
        await outside.control("live/pace", speed=50, wait_for_playback=False)
    assert await house.committed(held) == [
        ("interviewer", GREETING),
        ("interviewer", FIRST),
        ("candidate", "A billing system."),
        ("interviewer", PROBE),
    ]
