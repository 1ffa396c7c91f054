"""An interview by voice, between two real peers on this machine."""

from interloop.demo.room_client import RoomClient
from interloop.demo.voice import Voice
from tests.gateway.house import House
from tests.gateway.rows import FIRST, GREETING
from tests.gateway.speech import BUILT, speech
from tests.sandbox.outside import Outside

SAID = "I built a billing system"


def final(room: RoomClient) -> list[str]:
    """Return the committed texts on the page."""
    return [caption.text for caption in room.said if caption.final]


async def test_a_spoken_answer_becomes_a_turn_and_the_interview_goes_on(
    house: House, outside: Outside
) -> None:
    held = await house.round()
    await house.hold(held)
    await outside.control(
        "hearing", texts=["I built a billing system"], session=str(held.interview_id)
    )
    async with house.page(held) as page:
        voice = Voice()
        await voice.connect(page)
        await page.act("start")
        await page.until_asked("built")
        assert voice.loud_frames > 20
        await voice.microphone.say(speech(BUILT))
        await page.until(lambda room: SAID in final(room))
        await page.until(lambda room: room.state.phase == "interviewer")
        await page.until(lambda room: room.state.phase == "candidate")
        await voice.close()
    said = await house.committed(held)
    assert said[:3] == [
        ("interviewer", GREETING),
        ("interviewer", FIRST),
        ("candidate", "I built a billing system"),
    ]
