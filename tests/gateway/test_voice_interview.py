"""An interview by voice, between two real peers on this machine."""

import asyncio

from interloop.demo.voice import Voice
from interloop.demo.wav import FRAME_BYTES
from media_gateway.events import SpeechEnded, SpeechStarted, Words
from tests.gateway.house import House
from tests.gateway.rows import FIRST, GREETING, PERSONA, PROBE, Round
from tests.gateway.speech import BUILT, speech
from tests.sandbox.outside import Outside

SAID = "I built a billing system"
SILENT_FRAME = bytes(FRAME_BYTES)
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


async def test_with_the_button_held_silence_ends_nothing_until_it_is_let_go(
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
        await page.act("hold")
        await voice.speech.say(speech(BUILT))
        await voice.speech.say([SILENT_FRAME] * (3 * PERSONA.patience_ms // 20))
        assert page.memory.state.phase == "candidate"
        assert SAID not in page.memory.final
        await page.act("release")
        await page.memory.until(lambda room: SAID in room.final)
        await voice.close()


async def speak_and_be_cut_off(house: House, held: Round) -> None:
    """Answer the first question; the gateway dies in the middle."""
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.memory.until_asked("built")
        speaking = asyncio.create_task(voice.speech.say(speech(BUILT * 2)))
        await page.memory.until(lambda room: any(SAID in c.text for c in room.said), 30)
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


async def test_words_survive_a_model_line_that_breaks_in_the_middle_of_them(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    label = str(held.interview_id)
    text = "one two three four five six seven eight nine ten eleven twelve"
    await outside.control("hearing", texts=[text], session=label)
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.memory.until_asked("built")
        speaking = asyncio.create_task(voice.speech.say(speech(BUILT * 2)))
        await page.memory.until(lambda room: any("two" in c.text for c in room.said))
        await outside.control("live/fault", kind="abort", session=label)
        await speaking
        await page.memory.until(lambda room: PROBE in room.final, 30)
        await voice.close()
    mine = [text for who, text in await house.committed(held) if who == "candidate"]
    assert mine == [text]


async def test_words_that_come_late_amend_the_turn_they_belong_to(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    async with house.page(held) as page:
        await page.act("start")
        await page.memory.until_asked("built")
        conversation = house.calls.held(held.interview_id).conversation
        conversation.post(SpeechStarted(7, 1000))
        conversation.post(Words(7, 1, "I built", final=False))
        conversation.post(SpeechEnded(4000))
        await page.memory.until(lambda room: PROBE in room.final, 30)
        conversation.post(Words(7, 1, "I built a billing system", final=True))
        await page.memory.until(lambda room: SAID in room.final)
        assert "I built" not in page.memory.final
    turns = await house.turns(held)
    assert ("candidate", "superseded", "I built") in turns
    assert ("candidate", "committed", SAID) in turns
