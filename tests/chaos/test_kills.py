"""Kill any process in the middle of the third answer: nobody loses a sentence.

The case is told to `make chaos` through tests/support/figures.py.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from time import monotonic
from typing import Any

import pytest

from interloop.demo.caller import Caller
from interloop.demo.http import Http
from tests.chaos.harm import came_back, holder, kill, let_go
from tests.chaos.people import CLOSING, GREETING, QUESTIONS, Guest, Office, hurry
from tests.chaos.sound import Heard, beep, speech
from tests.support.figures import Figures, record
from tests.support.product import Product

HEARTBEAT_S = 3.0
EXPECTED_BACK_S = HEARTBEAT_S + 2
SILENT_S = 4.0
"""A stopped gateway closes nothing: the page first misses three pongs."""
FIRST_BEEP_HZ, SECOND_BEEP_HZ = 2600.0, 3100.0
FRAMES_A_SECOND = 50
KEPT_BEFORE_S = 2
"""Words of the open turn that are older than this outlive any process."""
BEGINNING = "At first the copy of the invoices was wrong"
ANSWERS = {
    "first": "I built the service that writes our invoices.",
    "second": "I tested it with a month of real data.",
    "third": f"{BEGINNING}, because a filter on dates was read wrongly.",
    "fourth": "I learned to compare the totals before anything else.",
}
_SPOKEN = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november "
    "oscar papa quebec romeo sierra tango uniform victor whiskey yankee zulu amber basil cedar "
    "dahlia elder fennel ginger hazel iris jasmine"
)
SPOKEN = _SPOKEN.split()
WELCOME_BACK = "Welcome back."
VICTIMS = ("gateway", "worker", "api", "temporal")


@pytest.fixture(scope="module")
async def office(product: Product) -> AsyncIterator[Office]:
    await hurry(product)
    async with Office.open(product) as opened:
        yield opened


async def answer_until_third(caller: Caller) -> None:
    """Answer two questions in writing and stand before the third."""
    page = caller.memory
    await page.until(lambda page: bool(page.states) and page.state.phase == "waiting", 60)
    await caller.act("start")
    for question in ("first", "second"):
        await page.until_asked(question, 60)
        await caller.answer(ANSWERS[question])
    await page.until_asked("third", 60)


async def finish(caller: Caller, guest: Guest) -> None:
    """Answer the fourth question and see the application handed to a person."""
    await caller.memory.until_asked("fourth", 60)
    await caller.answer(ANSWERS["fourth"])
    await caller.memory.until(lambda page: page.over, 60)
    await guest.office.desk.until(guest.application_id, "in_review", patience_s=120)


async def back(caller: Caller, *, lines: int, since: float) -> float:
    """Wait for the line after this many; return the seconds since."""
    await caller.memory.until(lambda _: len(caller.epochs) > lines, 60)
    await caller.here()
    return monotonic() - since


async def harm(product: Product, caller: Caller, victim: str) -> float:
    """Kill the victim; return the seconds until the candidate is back on a line."""
    role = holder(product, caller) if victim == "gateway" else victim
    killed, lines, at = product.pid(role), len(caller.epochs), monotonic()
    await kill(product, role)
    if victim == "api":
        # The call itself does not need the API; a page that is loaded again does.
        await (await caller.here())._socket.close()
    back_s = 0.0
    if victim in {"gateway", "api"}:
        back_s = await back(caller, lines=lines, since=at)
    await came_back(product, role, killed=killed)
    return back_s


async def settled(guest: Guest, case: str, *, back_s: float, audio_lost_s: float = 0.0) -> None:
    """Count what was lost or doubled, tell it, and want none of it."""
    turns = await guest.turns()
    # A takeover between two sentences is told to the candidate; nothing else may be added.
    turns = [turn for turn in turns if not turn["text"].startswith(WELCOME_BACK)]
    texts = [turn["text"] for turn in turns]
    expected = [GREETING]
    for key, question in QUESTIONS.items():
        expected += [question, *([] if key == "third" else [ANSWERS[key]])]
    expected.append(CLOSING)
    figures = Figures(
        case=case,
        finished=(await guest.interview())["state"] == "finished",
        turns_lost=sum(text not in texts for text in expected),
        turns_doubled=len(texts) - len(set(texts)),
        effects_doubled=await guest.mailbox.count() - 1,
        audio_lost_s=round(audio_lost_s, 2),
        back_s=round(back_s, 2),
    )
    record(figures)
    assert figures.finished
    assert (figures.turns_lost, figures.turns_doubled, figures.effects_doubled) == (0, 0, 0), texts
    assert len({turn["seq"] for turn in turns}) == len(turns) == len(expected) + 1, texts
    unseen_s = SILENT_S if "stopped" in case else 0.0
    assert back_s < 3 * (EXPECTED_BACK_S + unseen_s)


async def drafted(guest: Guest, text: str) -> None:
    """Wait until these words of the open turn stand in the database."""
    deadline = monotonic() + 10
    while text not in [turn["text"] for turn in await guest.turns("open")]:
        assert monotonic() < deadline, "the open turn was not kept"
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_typed_interview_goes_on_with_the_same_words(
    product: Product, office: Office, victim: str
) -> None:
    async with office.invited() as guest, guest.candidate.caller(voice=False) as caller:
        await answer_until_third(caller)
        await caller.draft(BEGINNING)
        await drafted(guest, BEGINNING)
        back_s = await harm(product, caller, victim)
        page = caller.memory
        await page.until_asked("third", 60)
        if caller.addresses[-1] != caller.addresses[0]:
            # Another gateway shows what stood in the box when the first one died.
            assert BEGINNING in [caption.text for caption in page.said if not caption.final]
        await caller.answer(ANSWERS["third"])
        await finish(caller, guest)
        texts = [turn["text"] for turn in await guest.turns()]
        assert texts.count(ANSWERS["third"]) == 1
        await settled(guest, f"{victim}, typed", back_s=back_s)


async def hear(product: Product, guest: Guest, words: Sequence[str]) -> None:
    """Let the sandbox hear these words in what this candidate says next."""
    sandbox = Http(product.inbox)
    body = {"texts": [" ".join(words)], "session": guest.interview_id}
    await sandbox.send("POST", "/control/hearing", json=body)
    await sandbox.close()


@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_spoken_interview_goes_on_in_the_middle_of_the_sentence(
    product: Product, office: Office, victim: str
) -> None:
    # Made before the call: it takes the time in which a microphone must not stand still.
    sound, rest = speech(3) + beep(FIRST_BEEP_HZ) + speech(60), beep(SECOND_BEEP_HZ) + speech(3)
    async with office.invited() as guest, guest.candidate.caller(voice=True) as caller:
        await answer_until_third(caller)
        await hear(product, guest, SPOKEN)
        saying = asyncio.create_task(caller.say(sound, timeout_s=120))
        await asyncio.sleep(0)  # the task begins
        await says(caller, seconds=3)
        first_at = monotonic()
        kept = await words_of(caller, more_than=8)
        await says(caller, seconds=KEPT_BEFORE_S)
        killed_after = monotonic() - first_at
        back_s = await harm(product, caller, victim)
        await caller.memory.until(lambda _: connected(caller), 60)
        await says(caller, seconds=0.5)
        caller.speech.frames.clear()
        await saying
        apart = monotonic() - first_at
        await caller.say(rest)
        await caller.memory.until(lambda page: page.state.question_id == "fourth", 90)
        await finish(caller, guest)

        answer = the_answer(await guest.turns())
        check_words(answer["text"].split(), kept)
        copy = Heard.of(await guest.recording())
        lost_s = check_sound(copy, answer, apart=apart, killed_after=killed_after)
        await settled(guest, f"{victim}, voice", back_s=back_s, audio_lost_s=lost_s)


def check_sound(copy: Heard, answer: dict[str, Any], *, apart: float, killed_after: float) -> float:
    """Want both beeps where they belong, over the gap; return the seconds lost before it.

    `apart`: seconds between the beeps as said; `killed_after`: from the first to the kill.
    """
    first, second = copy.beep_at(FIRST_BEEP_HZ), copy.beep_at(SECOND_BEEP_HZ)
    assert abs((second - first) - apart) < 1.0, "the gap is as long as it was"
    assert answer["start_ms"] / 1000 - 1 < first - 3 < answer["start_ms"] / 1000 + 1.5
    assert answer["end_ms"] / 1000 > second
    killed_s = first + killed_after
    lost_s = max(0.0, killed_s - copy.sounding_until(killed_s))
    assert lost_s < 3
    return lost_s


def check_words(said: list[str], kept: list[str]) -> None:
    """Want the kept words, in order, and each once."""
    assert said == sorted(said, key=SPOKEN.index), "words are in order"
    assert len(said) == len(set(said)), "no word is doubled"
    assert set(kept) <= set(said), "what is older than two seconds is kept"


async def says(caller: Caller, *, seconds: float) -> None:
    """Wait until so much more of the speech has left the microphone."""
    left = len(caller.speech.frames) - FRAMES_A_SECOND * seconds
    deadline = monotonic() + 30
    while len(caller.speech.frames) > left:
        assert monotonic() < deadline, "the microphone stands still"
        await asyncio.sleep(0.02)


def connected(caller: Caller) -> bool:
    """Tell whether the candidate's microphone reaches a gateway."""
    return caller.voice is not None and caller.voice.connected


async def words_of(caller: Caller, *, more_than: int) -> list[str]:
    """Wait for so many words of the third answer on the page; return them."""
    await caller.memory.until(lambda _: len(spoken(caller)) > more_than, 60)
    return spoken(caller)


def spoken(caller: Caller) -> list[str]:
    """Return the words of the third answer as the page shows them."""
    mine = [c.text for c in caller.memory.said if c.speaker == "candidate" and not c.final]
    return mine[-1].split() if mine else []


def the_answer(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the one spoken turn of the candidate."""
    (answer,) = (t for t in turns if (t["speaker"], t["source"]) == ("candidate", "voice"))
    return answer


async def test_a_gateway_that_wakes_up_after_the_takeover_writes_nothing_more(
    product: Product, office: Office
) -> None:
    async with office.invited() as guest, guest.candidate.caller(voice=False) as caller:
        await answer_until_third(caller)
        await caller.draft(BEGINNING)
        await drafted(guest, BEGINNING)
        role, lines, at = holder(product, caller), len(caller.epochs), monotonic()
        product.signal(role, signal.SIGSTOP)
        try:
            # Lies in the stopped gateway's socket, to be written when it wakes up.
            await caller.draft(f"{BEGINNING} and late")
            back_s = await back(caller, lines=lines, since=at)
            assert holder(product, caller) != role
            await caller.memory.until_asked("third", 60)
            await caller.answer(ANSWERS["third"])
            await caller.memory.until_asked("fourth", 60)
        finally:
            product.signal(role, signal.SIGCONT)
        await let_go(product, role)
        await finish(caller, guest)
        everything = [t["text"] for s in ("open", "committed") for t in await guest.turns(s)]
        assert not [text for text in everything if "late" in text]
        await settled(guest, "gateway stopped, typed", back_s=back_s)
