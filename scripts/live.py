"""Holds three minutes of interview with the real live model and writes a report of what it did.

`make live` needs a key in INTERLOOP_GEMINI_API_KEY and is no part of the tests. With `--sandbox`
the same program runs against the sandbox, which proves the program itself. The connection is
changed after a third of the time, and cut without a word after two thirds, so that both rotation
and resumption are seen. Nothing but made-up answers in a made voice is sent.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.calling import Caller, call
from bench.told import RESULTS, quantile
from interloop.bootstrap import build, live_model
from interloop.db import tables
from interloop.db.upgrade import upgrade
from interloop.demo.wav import cut, resampled
from interloop.domain.agenda import Item
from interloop.domain.errors import Unavailable
from interloop.domain.live_model import LiveCapabilities
from interloop.domain.plan import Persona, Plan, Question
from interloop.domain.turn import Provider
from interloop.integrations.live import port
from interloop.settings import Settings
from tests.gateway import rows
from tests.gateway.house import House, open_house
from tests.gateway.rows import Round
from tests.sandbox.outside import start
from tests.sandbox.speaking import pcm16k

_ANSWERS = (
    "I built the billing import for twelve suppliers, and it ran every night without a person.",
    "First I looked at the log, because nobody knew where the time went, and there it was.",
    "We moved the table to a new machine. My part was the queue between both systems.",
    "I wrote a test for it, and in the end the team used it for all the other files too.",
)


@dataclass
class Seen:
    """What happened, in seconds from the beginning."""

    began: float = field(default_factory=time.monotonic)
    events: list[tuple[float, str]] = field(default_factory=list)

    def note(self, what: str) -> None:
        """Remember an event; the same one again and again only once."""
        if not self.events or self.events[-1][1] != what:
            self.events.append((time.monotonic() - self.began, what))


class WatchedSession:
    """Passes everything on and writes down its kind."""

    def __init__(self, session: port.LiveSession, seen: Seen) -> None:
        self._session = session
        self._seen = seen

    async def events(self) -> AsyncIterator[port.LiveEvent]:
        """Yield what the model sends."""
        try:
            async for event in self._session.events():
                self._seen.note(f"model: {_name(event)}")
                yield event
        except Unavailable as lost:
            self._seen.note(f"line: lost ({lost.code})")
            raise

    async def activity_start(self) -> None:
        """Pass on."""
        self._seen.note("us: activity start")
        await self._session.activity_start()

    async def hear(self, pcm: bytes) -> None:
        """Pass on."""
        await self._session.hear(pcm)

    async def activity_end(self) -> None:
        """Pass on."""
        self._seen.note("us: activity end")
        await self._session.activity_end()

    async def tell(self, text: str) -> None:
        """Pass on."""
        self._seen.note("us: text")
        await self._session.tell(text)

    async def answer_item(self, call_id: str, item: Item | None) -> None:
        """Pass on."""
        self._seen.note(f"us: answer {item.step.value if item else 'wait'}")
        await self._session.answer_item(call_id, item)

    async def close(self) -> None:
        """Pass on."""
        self._seen.note("line: closed")
        await self._session.close()


class WatchedModel:
    """A live model of which every session is watched."""

    def __init__(self, model: port.LiveModel, seen: Seen) -> None:
        self._model = model
        self._seen = seen
        self.latest: WatchedSession | None = None

    @property
    def provider(self) -> Provider:
        """Return the kind of the model."""
        return self._model.provider

    @property
    def capabilities(self) -> LiveCapabilities:
        """Return what the model can do."""
        return self._model.capabilities

    async def connect(self, briefing: port.Briefing, handle: str | None) -> port.LiveSession:
        """Open a watched session."""
        began = time.monotonic()
        kind = "resumed" if handle else f"fresh, {len(briefing.history)} turns told"
        try:
            session = await self._model.connect(briefing, handle)
        except Unavailable as away:
            self._seen.note(f"line: refused ({away.code})")
            raise
        self._seen.note(f"line: open ({kind}, {(time.monotonic() - began) * 1000:.0f} ms)")
        self.latest = WatchedSession(session, self._seen)
        return self.latest


def _name(event: port.LiveEvent) -> str:
    if isinstance(event, port.Hearing):
        return "words of the candidate" + (" (last)" if event.final else "")
    names: dict[type, str] = {
        port.Sound: "voice",
        port.Saying: "its own words",
        port.ItemWanted: "asks what to say",
        port.ItemUnwanted: "takes its question back",
        port.SaidAll: "has said all",
        port.Resumable: "handle",
        port.GoingAway: "will go away",
    }
    return names[type(event)]


async def hold(settings: Settings, seconds: float) -> tuple[Seen, list[float], list[str]]:
    """Hold the interview; return what was seen, the latencies, and the committed turns."""
    services = await build(settings)
    seen = Seen()
    model = WatchedModel(live_model(settings), seen)
    latencies: list[float] = []
    try:
        async with open_house(services, model) as house:
            held = await house.round(Persona(greeting="Hello, I am {name}, an AI interviewer."))
            await _with_questions(house, held)
            async with call(house, held) as (_, caller):
                cutting = asyncio.create_task(_cut(model, seconds * 2 / 3))
                await _answer_all(caller, seen, latencies, seconds)
                cutting.cancel()
            said = [f"{who}: {text}" for who, text in await house.committed(held)]
    finally:
        await services.close()
    return seen, latencies, said


async def _answer_all(caller: Caller, seen: Seen, latencies: list[float], seconds: float) -> None:
    """Answer whenever the interviewer has been silent for a while."""
    number = 0
    while time.monotonic() - seen.began < seconds:
        await asyncio.sleep(0.2)
        if not caller.loud_at or time.monotonic() - caller.loud_at[-1] < 1.5:
            continue
        await caller.mouth.say(cut(resampled(pcm16k(_ANSWERS[number % len(_ANSWERS)]), 16_000)))
        number += 1
        caller.loud_at.clear()
        while not caller.loud_at and time.monotonic() - seen.began < seconds + 10:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if caller.loud_at:
            latencies.append(caller.loud_at[0] - caller.mouth.ended_at)


async def _cut(model: WatchedModel, after_s: float) -> None:
    await asyncio.sleep(after_s)
    if model.latest is not None:
        await model.latest.close()


async def _with_questions(house: House, held: Round) -> None:
    questions = tuple(
        Question(id=f"q{n}", text=text, minutes=1, criteria=("depth",), follow_ups=0)
        for n, text in enumerate(
            ("What did you build last?", "What was hard about it?", "How did you notice?") * 4
        )
    )
    async with house.services.db.session(held.org_id) as session:
        interview = await session.get_one(tables.Interview, held.interview_id)
        version = await session.get_one(tables.PlanVersion, interview.plan_version_id)
        version.body = Plan(title="Three minutes", questions=questions, rubric=rows.RUBRIC)


def report(
    seen: Seen, latencies: list[float], said: list[str], *, settings: Settings, seconds: float
) -> str:
    """Return the report as Markdown."""
    events = [what for _, what in seen.events]
    greetings = sum(line.startswith("interviewer: Hello, I am") for line in said)
    late = _words_after_reaction(events)
    count = _Count(events)
    marked = count("(last)")
    service = "sandbox" if settings.sandbox_model else "real"
    lines = [
        f"# Live model, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"- service: {service}, model `{settings.live_model}`, {seconds:.0f} s",
        f"- connections: {count('line: open')}, resumed by handle: {count('(resumed')}",
        f"- connections refused: {count('refused')}, lost: {count('line: lost')}",
        f"- greetings: {greetings}; committed turns: {len(said)}",
        f"- last word of the candidate to first sound: {_spread(latencies)}",
        f"- stretches of speech: {count('us: activity end')}",
        f"- their words came after the reaction {late} times, marked as last {marked} times",
        "",
        "## What happened",
        "",
        *(f"- {at:7.2f} s {what}" for at, what in seen.events),
        "",
        "## What was committed",
        "",
        *(f"- {line}" for line in said),
        "",
    ]
    return "\n".join(lines)


class _Count:
    """Counts events by a part of their words."""

    def __init__(self, events: list[str]) -> None:
        self._events = events

    def __call__(self, part: str) -> int:
        return sum(part in what for what in self._events)


def _words_after_reaction(events: list[str]) -> int:
    """Count candidate's words that came after the model had asked what to say."""
    late, reacted = 0, False
    for what in events:
        if what == "us: activity start":
            reacted = False
        elif what == "model: asks what to say":
            reacted = True
        elif reacted and what.startswith("model: words of the candidate"):
            late += 1
    return late


def _spread(latencies: list[float]) -> str:
    if not latencies:
        return "never measured"
    return (
        f"p50 {quantile(latencies, 0.5):.2f} s, longest {max(latencies):.2f} s, "
        f"{len(latencies)} times, patience included"
    )


async def run(*, sandbox: bool, seconds: float) -> str:
    """Hold the interview at the service of the choice; return the report."""
    async with AsyncExitStack() as stack:
        here = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        given: dict[str, object] = {}
        if sandbox:
            outside = await start(here)
            stack.push_async_callback(outside.stop)
            given = {
                "live_base_url": outside.google,
                "live_ca_file": outside.state_dir / "tls.crt",
                "gemini_api_key": "",
            }
        upgrade(f"sqlite+aiosqlite:///{here}/data.db")
        settings = Settings(
            state_dir=here / "state",
            database_url=f"sqlite+aiosqlite:///{here}/data.db",
            keys_url=f"sqlite+aiosqlite:///{here}/keys.db",
            live_capabilities={"connection_s": seconds / 3},
            **given,  # type: ignore[arg-type]  # settings by name
        )
        seen, latencies, said = await hold(settings, seconds)
        return report(seen, latencies, said, settings=settings, seconds=seconds)


def main() -> int:
    """Write the report and say where it is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sandbox", action="store_true", help="prove the program, without a key")
    parser.add_argument("--seconds", type=float, default=180.0)
    given = parser.parse_args()
    if not given.sandbox and not os.environ.get("INTERLOOP_GEMINI_API_KEY"):
        print("make live needs the key of a paid project in INTERLOOP_GEMINI_API_KEY.")
        return 2
    told = asyncio.run(run(sandbox=given.sandbox, seconds=given.seconds))
    name = "live-sandbox" if given.sandbox else "live"
    path = RESULTS / f"{name}-{datetime.now(UTC):%Y-%m-%d}.md"
    path.write_text(told)
    print("\n".join(told.splitlines()[2:9]))
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
