"""One long interview in which much goes wrong at the model: `python -m bench.soak [MINUTES]`.

A caller answers 48 times, in turn by voice and in writing, while the model's connection is changed
before its end again and again and twenty faults are injected: lines cut, closed with each code,
stalled, refused, words late or in pieces, garbage, double voice, cancelled calls. Bars: one
greeting, every question and every answer once and in order, at least four planned changes of the
connection, memory flat. The gateway runs in this process, the model in another; the caller is here.
"""

import asyncio
import gc
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psutil
import structlog
from structlog.typing import EventDict

from bench.barge_in import spoken
from bench.calling import Caller, call, house, run_measure
from bench.told import write
from interloop.db import tables
from interloop.demo.memory import Memory
from interloop.demo.room_client import RoomClient
from interloop.domain.plan import Plan, Question
from tests.gateway import rows
from tests.gateway.house import House
from tests.gateway.rows import GREETING, PERSONA, Round
from tests.sandbox.outside import Outside

MINUTES = 45.0
ROTATIONS = 4
GROWTH_MIB = 16.0
"""Memory in the last quarter of the time, at most, above that in the second."""
_QUESTIONS, _PROBES = 12, 3
_EXCHANGES = _QUESTIONS * (1 + _PROBES)
_SPEECH_SHARE = 0.9
"""Of the time of an exchange, spent in speaking."""
_PATIENCE_S = 90.0
_NOT_HEARD_S = 20.0
"""So long after a spoken answer the next question is waited for; then the answer is written."""
_PHRASE = "we compared the totals of both systems and wrote every step down for the team"

Fault = dict[str, Any]
FAULTS: tuple[tuple[Fault, ...], ...] = (
    ({"kind": "abort"},),
    ({"kind": "close", "code": 1011},),
    ({"kind": "close", "code": 1008, "when": "activity_start"},),
    ({"kind": "close", "code": 1007, "when": "activity_end"},),
    ({"kind": "go_away", "seconds": 10},),
    ({"kind": "slow", "seconds": 3, "when": "tool_call"},),
    ({"kind": "unknown_message"},),
    ({"kind": "reject", "code": 429, "count": 2}, {"kind": "abort"}),
    ({"kind": "error_frame"},),
    ({"kind": "stall"},),
    ({"kind": "cancel_call"},),
    ({"kind": "double_voice"},),
    ({"kind": "garbage", "seconds": 8},),
    ({"kind": "no_transcript"},),
    ({"kind": "late_words", "seconds": 3},),
    ({"kind": "words_in_pieces"},),
    ({"kind": "abort", "when": "speaking"},),
    ({"kind": "abort", "when": "tool_call"},),
    ({"kind": "stall", "when": "activity_end"},),
    ({"kind": "close", "code": 1011, "when": "setup"}, {"kind": "abort"}),
)
"""Each is injected once, while an answer is being given."""


@dataclass
class Soak:
    """What was seen while it ran."""

    left: Counter[str] = field(default_factory=Counter)
    """Sessions with the model, by why they were left."""
    memory_mib: list[float] = field(default_factory=list)
    tasks: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Answers that were typed, in order."""
    answers: int = 0

    def note(self, _logger: object, _name: str, event: EventDict) -> EventDict:
        """Count how sessions ended; a processor of the log."""
        if event.get("event") == "live_left":
            self.left[str(event["reason"])] += 1
        raise structlog.DropEvent

    async def watch(self, every_s: float) -> None:
        """Look at this process again and again, until cancelled."""
        process = psutil.Process()
        while True:
            await asyncio.sleep(every_s)
            gc.collect()
            self.memory_mib.append(round(process.memory_info().rss / 2**20, 1))
            self.tasks.append(len(asyncio.all_tasks()))


def plan() -> Plan:
    """Return questions with probes, all told apart by their words."""
    questions = tuple(
        Question(
            id=f"q{n}",
            text=f"What did you do in project number {n}?",
            minutes=5,
            criteria=("depth",),
            probes=tuple(f"What came {when} in project {n}?" for when in _WHEN),
            follow_ups=_PROBES,
        )
        for n in range(_QUESTIONS)
    )
    return Plan(title="A long talk", questions=questions, rubric=rows.RUBRIC)


_WHEN = ("before", "after", "last")


def expected() -> list[str]:
    """Return everything that the interviewer has to say, in order."""
    asked = [text for q in plan().questions for text in (q.text, *q.probes)]
    return [GREETING, *asked, rows.CLOSING]


@dataclass(frozen=True)
class Figures:
    """The committed turns as (speaker, text), and what the page was shown of them."""

    turns: list[tuple[str, str]]
    shown: list[str]

    def told(self, soak: Soak, minutes: float) -> dict[str, Any]:
        """Return what is published."""
        said = [text for who, text in self.turns if who == "interviewer"]
        typed = [text for _, text in self.turns if text in soak.written]
        stored = [text for _, text in self.turns]
        quarter = max(1, len(soak.memory_mib) // 4)
        second, last = soak.memory_mib[quarter : 2 * quarter], soak.memory_mib[-quarter:]
        return {
            "minutes": minutes,
            "faults": len(FAULTS),
            "rotations": soak.left["rotation"],
            "sessions_left": dict(soak.left),
            "greetings": said.count(GREETING),
            "turns": len(self.turns),
            "turns_lost": sum(text not in said for text in expected())
            + sum(text not in typed for text in soak.written)
            + sum(text not in stored for text in self.shown),
            "turns_doubled": len(said) - len(set(said)) + len(typed) - len(set(typed)),
            "answers_short": soak.answers - sum(who == "candidate" for who, _ in self.turns),
            "in_order": said == expected(),
            "memory_growth_mib": round(median(last) - median(second), 1),
            "memory_mib": soak.memory_mib,
            "tasks": soak.tasks,
        }


async def prepared(opened: House) -> Round:
    """Return an interview with the long plan."""
    held = await opened.round(PERSONA)
    async with opened.services.db.session(held.org_id) as session:
        interview = await session.get_one(tables.Interview, held.interview_id)
        version = await session.get_one(tables.PlanVersion, interview.plan_version_id)
        version.body = plan()
    return held


async def asked(memory: Memory, text: str, timeout_s: float) -> None:
    """Wait until this was said and it is the candidate's turn."""
    await memory.until(
        lambda page: text in page.final and page.state.phase in {"candidate", "thinking"},
        timeout_s,
    )


@dataclass(frozen=True)
class Talk:
    """One caller in one room; an exchange takes about so many seconds."""

    page: RoomClient
    caller: Caller
    soak: Soak
    seconds: float

    async def exchange(self, number: int, text: str) -> None:
        """Answer one question: by voice when that is possible and its turn, else in writing."""
        memory = self.page.memory
        self.caller.loud_at.clear()
        self.soak.answers += 1
        if number % 2 == 0 and not memory.state.typed_only:
            phrase = spoken(_PHRASE)
            times = max(1, round(self.seconds * _SPEECH_SHARE * 50 / len(phrase)))
            await self.caller.mouth.say(phrase * times)
            with suppress(TimeoutError):
                await memory.until(lambda seen: answered(seen, text), _NOT_HEARD_S)
                return
        else:
            await asyncio.sleep(self.seconds * _SPEECH_SHARE)
        self.soak.written.append(f"In writing, number {number}: {_PHRASE}.")
        await self.page.answer(self.soak.written[-1])
        await memory.until(lambda seen: answered(seen, text), _PATIENCE_S)


def answered(page: Memory, question: str) -> bool:
    """Tell whether a committed answer stands after this question."""
    said = page.said
    at = max((n for n, each in enumerate(said) if each.text == question), default=len(said))
    return page.over or any(each.speaker == "candidate" and each.final for each in said[at:])


async def hold(opened: House, outside: Outside, soak: Soak, minutes: float) -> Figures:
    """Hold the interview; return what stands in the database."""
    held = await prepared(opened)
    label = str(held.interview_id)
    seconds = minutes * 60 / _EXCHANGES
    watching = asyncio.create_task(soak.watch(max(1.0, seconds / 4)))
    words = [f"Spoken number {n}: {_PHRASE}." for n in range(_EXCHANGES)]
    await outside.control("hearing", texts=words, session=label)
    faults = {round((n + 0.5) * _EXCHANGES / len(FAULTS)): each for n, each in enumerate(FAULTS)}
    try:
        async with call(opened, held) as (page, caller):
            talk = Talk(page, caller, soak, seconds)
            for number, text in enumerate(expected()[1:-1]):
                await asked(page.memory, text, _PATIENCE_S)
                injecting = asyncio.create_task(
                    inject(outside, label, faults.get(number, ()), seconds / 4)
                )
                await talk.exchange(number, text)
                await injecting
            await page.memory.until(lambda seen: seen.over, _PATIENCE_S)
            shown = page.memory.final
    finally:
        watching.cancel()
    return Figures(await opened.committed(held), shown)


async def inject(outside: Outside, label: str, faults: tuple[Fault, ...], after_s: float) -> None:
    """Let these go wrong, some time into the answer."""
    await asyncio.sleep(after_s)
    for fault in faults:
        only = {} if fault["kind"] == "reject" else {"session": label}
        await outside.control("live/fault", **only, **fault)


def is_kept(told: dict[str, Any]) -> bool:
    """Tell whether every bar is kept."""
    nothing = ("turns_lost", "turns_doubled")
    return (
        told["greetings"] == 1
        and told["in_order"]
        and told["answers_short"] <= 0
        and not any(told[key] for key in nothing)
        and told["rotations"] >= ROTATIONS
        and told["memory_growth_mib"] <= GROWTH_MIB
    )


async def measure(minutes: float, soak: Soak) -> Figures:
    """Run sandbox, gateway and caller for so long."""
    # Short enough that planned changes happen between the faults.
    life_s = minutes * 60 / (1.3 * len(FAULTS))
    structlog.configure(processors=[soak.note])
    async with house(live_capabilities={"connection_s": life_s}) as (opened, outside):
        return await hold(opened, outside, soak, minutes)


def main() -> int:
    """Measure, write, print one line; return 1 when a bar is missed."""
    minutes = float(sys.argv[1]) if sys.argv[1:] else MINUTES
    soak, began = Soak(), time.monotonic()
    told = run_measure(measure(minutes, soak)).told(soak, minutes)
    write("soak", {"seconds": round(time.monotonic() - began), **told})
    print(
        f"soak: {told['minutes']:g} min, {told['rotations']} rotations, {told['faults']} faults; "
        f"{told['greetings']} greeting, {told['turns']} turns, {told['turns_lost']} lost, "
        f"{told['turns_doubled']} doubled; memory {told['memory_growth_mib']:+} MiB"
    )
    return 0 if is_kept(told) else 1


if __name__ == "__main__":
    sys.exit(main())
