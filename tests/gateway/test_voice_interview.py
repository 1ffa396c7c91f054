"""An interview by voice, between two real peers on this machine."""

import asyncio

from interloop.demo.voice import Voice
from tests.gateway.house import House
from tests.gateway.rows import FIRST, GREETING, PERSONA, PROBE, Round
from tests.gateway.speech import BUILT, speech
from tests.sandbox.outside import Outside

SAID = "I built a billing system"
LONG_GREETING = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty"


async def test_a_spoken_answer_becomes_a_turn_and_the_interview_goes_on(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    await outside.control("hearing", texts=[SAID], session=str(held.interview_id))
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.memory.until_asked("built")
        assert voice.loud_frames > 20
        await voice.speech.say(speech(BUILT))
        await page.memory.until(lambda room: SAID in room.final)
        await page.memory.until(lambda room: room.state.phase == "interviewer")
        await page.memory.until(lambda room: room.state.phase == "candidate")
        await voice.close()
    said = await house.committed(held)
    assert said[:3] == [
        ("interviewer", GREETING),
        ("interviewer", FIRST),
        ("candidate", SAID),
    ]


async def test_speaking_stops_the_interviewer_and_keeps_what_was_heard(
    house: House, outside: Outside
) -> None:
    persona = PERSONA.model_copy(update={"greeting": LONG_GREETING})
    held = await house.round(persona)
    await house.hold(held)
    await outside.control("hearing", texts=["Wait a moment"], session=str(held.interview_id))
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.memory.until(lambda room: any("two" in c.text for c in room.said))
        speaking = asyncio.create_task(voice.speech.say(speech("Wait a moment please.")))
        await page.memory.until(lambda room: room.state.phase == "candidate", 5)
        quiet_at = voice.loud_frames
        await speaking
        assert voice.loud_frames - quiet_at < 15
        await page.memory.until(lambda room: "Wait a moment" in room.final)
        await voice.close()
    heard = (await house.committed(held))[0][1]
    assert heard
    assert LONG_GREETING.startswith(heard)
    assert "twenty" not in heard


async def speak_and_be_cut_off(house: House, held: Round) -> None:
    """Answer the first question; the gateway dies in the middle."""
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.memory.until_asked("built")
        speaking = asyncio.create_task(voice.speech.say(speech(BUILT * 2)))
        await page.memory.until(lambda room: SAID in [c.text for c in room.said])
        await house.stored(held, SAID)
        house.kill(held)
        await page.memory.until(lambda room: room.closed)
        speaking.cancel()
        await voice.close()


async def test_a_takeover_goes_on_with_the_open_turn_and_greets_nobody_twice(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    texts = [f"{SAID} for a bank"]
    await outside.control("hearing", texts=texts, session=str(held.interview_id))
    await speak_and_be_cut_off(house, held)
    await house.hold(held, epoch=2)
    async with house.page(held, epoch=2) as page:
        voice = Voice()
        await voice.connect(page)
        await page.memory.until(lambda room: any(SAID in c.text for c in room.said))
        await voice.speech.say(speech(BUILT))
        await page.memory.until(lambda room: any(SAID in text for text in room.final))
        await page.memory.until(lambda room: PROBE in room.final)
        await voice.close()
    said = await house.committed(held)
    mine = [text for who, text in said if who == "candidate"]
    assert len(mine) == 1
    assert mine[0].startswith(SAID)
    assert [text for _, text in said].count(GREETING) == 1
    assert [text for _, text in said].count(FIRST) == 1
