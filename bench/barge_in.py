"""How long the interviewer goes on when somebody begins to speak, at the caller's RTP.

`python -m bench.barge_in [--times 60]`: three real calls at once on this machine. The caller
speaks into the interviewer's voice at a random moment; measured is the time from the packet in
which their voice begins until the last packet with sound arrives. Before every third it is a short
"mm-hm" or the like: then the interviewer must go on, and the pause it made is measured. Bar: p95
200 ms.
"""

import argparse
import asyncio
import random
import time
from itertools import pairwise

import numpy as np

from bench.calling import LOUD, Caller, call, house, run_measure
from bench.told import quantile, write
from interloop.db import tables
from interloop.demo.room_client import RoomClient
from interloop.demo.wav import cut, resampled
from interloop.domain.plan import Plan, Question
from tests.gateway import rows
from tests.gateway.house import House
from tests.gateway.rows import PERSONA, Round
from tests.sandbox.outside import Outside
from tests.sandbox.speaking import pcm16k

BAR_MS = 200
AT_ONCE = 3
_PHRASE_FRAMES = 90
"""Of each phrase so many packets of 20 ms are said: enough to take the turn."""
_SEED = 20261122
_LONG = (
    "Please tell me about a system that you have built or changed, what it was for, who used it, "
    "what was the hardest part of it, how you found out what had to be done, what you would do "
    "in another way today, and how you noticed in the end that it did what it was made for."
)
_PHRASES = (
    "Excuse me, may I ask something about that before I answer it",
    "Could you please stop here because I have not understood the question",
    "I would like to begin with the billing system that I built last year",
    "Sorry but let me say first what I have been working on until now",
)
_MM_HMS = ("hmm", "uh huh", "yeah", "okay", "right")
_PLAN = Plan(
    title="Long questions",
    questions=tuple(
        Question(id=f"q{n}", text=_LONG, minutes=5, criteria=("depth",), follow_ups=0)
        for n in range(12)
    ),
    rubric=rows.RUBRIC,
)


def spoken(text: str) -> list[bytes]:
    """Return a phrase as frames for a microphone, its silent beginning and end cut away."""
    samples = np.frombuffer(resampled(pcm16k(text), 16_000), np.int16)
    loud = np.flatnonzero(np.abs(samples) > LOUD)
    return cut(samples[loud[0] : loud[-1]].tobytes())


async def barge_in(caller: Caller, phrase: list[bytes], after_s: float) -> float:
    """Speak into the interviewer's voice; return the ms until its last sound."""
    await heard(caller, after_s)
    caller.mouth.began_at = 0.0
    await caller.mouth.say(phrase)
    began = caller.mouth.began_at
    return max((at - began for at in caller.loud_at if at > began), default=0.0) * 1000


async def agree(caller: Caller, sound: list[bytes], after_s: float) -> tuple[bool, float]:
    """Say "mm-hm"; tell whether the interviewer went on, and the longest pause it made, in ms."""
    await heard(caller, after_s)
    caller.mouth.began_at = 0.0
    await caller.mouth.say(sound)
    began = caller.mouth.began_at
    await asyncio.sleep(2.0)
    loud = [at for at in caller.loud_at if at > began - 0.05]
    longest = max((after - before for before, after in pairwise(loud)), default=2.0)
    return bool(loud) and loud[-1] > began + 1.0, longest * 1000


async def heard(caller: Caller, seconds: float) -> None:
    """Wait until the interviewer has been speaking for so long."""
    caller.loud_at.clear()
    async with asyncio.timeout(30):
        while not caller.loud_at:  # noqa: ASYNC110 - packets, no event
            await asyncio.sleep(0.01)
    await asyncio.sleep(seconds)


async def one_call(
    opened: House,
    outside: Outside,
    chance: random.Random,
    *,
    told: dict[str, list[float]],
    times: int,
) -> None:
    """Barge into every question of one interview, until there are so many samples."""
    held = await opened.round(PERSONA.model_copy(update={"greeting": _LONG}))
    await with_long_questions(opened, held)
    # The sandbox's recogniser would take a core of this machine.
    texts = ["words"] * len(_PLAN.questions)
    await outside.control("hearing", texts=texts, session=str(held.interview_id))
    async with call(opened, held) as (page, caller):
        for number in range(len(_PLAN.questions)):
            if page.memory.over or len(told["stop_ms"]) >= times:
                # A "mm-hm" that was taken for an answer has used a question up.
                return
            if number % 3 == 0:
                sound = spoken(chance.choice(_MM_HMS))
                went_on, pause_ms = await agree(caller, sound, chance.uniform(1.5, 4.0))
                told["mm_hm_went_on"].append(float(went_on))
                told["mm_hm_pause_ms"].append(pause_ms)
            phrase = spoken(chance.choice(_PHRASES))[:_PHRASE_FRAMES]
            told["stop_ms"].append(await barge_in(caller, phrase, chance.uniform(1.0, 4.0)))
            await answered(page)


async def answered(page: RoomClient) -> None:
    """Wait until the caller's words were taken for an answer."""
    count = len(page.memory.final)
    await page.memory.until(lambda room: len(room.final) > count, 30)


async def with_long_questions(opened: House, held: Round) -> None:
    """Put the long plan in the place of the short one."""
    async with opened.services.db.session(held.org_id) as session:
        interview = await session.get_one(tables.Interview, held.interview_id)
        version = await session.get_one(tables.PlanVersion, interview.plan_version_id)
        version.body = _PLAN


async def measure(times: int) -> dict[str, list[float]]:
    """Call, `AT_ONCE` times side by side, until there are so many samples."""
    chance = random.Random(_SEED)  # noqa: S311 - a repeatable measure
    told: dict[str, list[float]] = {"stop_ms": [], "mm_hm_went_on": [], "mm_hm_pause_ms": []}
    async with house() as (opened, outside):

        async def go_on() -> None:
            while len(told["stop_ms"]) < times:
                await one_call(opened, outside, chance, told=told, times=times)

        async with asyncio.TaskGroup() as calls:
            for _ in range(AT_ONCE):
                calls.create_task(go_on())
    return told


def main() -> int:
    """Measure, write, print one line; return 1 when the bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=60)
    began = time.monotonic()
    told = run_measure(measure(parser.parse_args().times))
    p50, p95 = (quantile(told["stop_ms"], share) for share in (0.5, 0.95))
    went_on = np.mean(told["mm_hm_went_on"]) if told["mm_hm_went_on"] else float("nan")
    figures = {
        "bar_p95_ms": BAR_MS,
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "times": len(told["stop_ms"]),
        "calls_at_once": AT_ONCE,
        "mm_hm_went_on": round(float(went_on), 3),
        "seconds": round(time.monotonic() - began),
        "samples": {name: [round(each, 1) for each in values] for name, values in told.items()},
    }
    write("barge_in", figures)
    print(
        f"barge-in: last sound {p50:.0f} ms (p95 {p95:.0f}, bar {BAR_MS}) after speech begins, "
        f"{len(told['stop_ms'])} times; {went_on:.0%} of {len(told['mm_hm_went_on'])} mm-hms "
        "let the interviewer go on"
    )
    return 0 if p95 <= BAR_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
