"""Many interviews in bad weather: `python -m tests.chaos.storm MINUTES FILE [SEED]`.

As many interviews as the minutes allow, four at a time, while random processes are killed or
stopped for a while and pages are loaded anew, mid-answer. What each interview cost is appended to
FILE as JSON lines; `make chaos` makes a table of it. The weather is calm while people are invited
and while their turns are counted: what is measured is the interview.
"""

import asyncio
import random
import signal
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from interloop.demo.caller import Caller
from interloop.demo.http import Away
from tests.chaos.harm import came_back
from tests.chaos.people import CLOSING, GREETING, QUESTIONS, Guest, Office, hurry, told, until_asked
from tests.support.figures import Figures, append
from tests.support.product import Product, running_product

AT_ONCE = 4
PATIENCE_S = 240.0
ROLES = ("gateway-1", "gateway-2", "worker", "api", "temporal", "sandbox")


@dataclass
class Weather:
    """What was done so far; `say` is told each thing."""

    product: Product
    random: random.Random
    callers: list[Caller] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    inbox_lost: bool = False
    """The sandbox plays the outside; its inbox is in memory, and a killed one has forgotten it."""

    @property
    def kills(self) -> int:
        """Return how many processes were killed so far."""
        return sum(deed.startswith("kill") for deed in self.done)

    async def rage(self) -> None:
        """Do harm, again and again, until cancelled; whatever was stopped goes on then."""
        while True:
            await asyncio.sleep(self.random.uniform(0.5, 1.5))
            deed = self.random.choices((self._kill, self._stop, self._reload), (7, 1, 2))[0]
            await deed()

    async def _kill(self) -> None:
        role = self.random.choice(ROLES)
        killed = self.product.pid(role)
        self.done.append(f"kill {role}")
        self.product.signal(role, signal.SIGKILL)
        await came_back(self.product, role, killed=killed)
        self.inbox_lost = self.inbox_lost or role == "sandbox"

    async def _stop(self) -> None:
        role = self.random.choice(ROLES)
        self.done.append(f"stop {role}")
        self.product.signal(role, signal.SIGSTOP)
        try:
            await asyncio.sleep(self.random.uniform(2.0, 6.0))
        finally:
            self.product.signal(role, signal.SIGCONT)

    async def _reload(self) -> None:
        here = [caller for caller in self.callers if caller.room is not None]
        if here:
            self.done.append("reload page")
            room = self.random.choice(here).room
            assert room is not None
            await room._socket.close()


def answers_of(number: int) -> dict[str, str]:
    """Return what one candidate says, told apart from everybody else's words."""
    return {key: f"Answer {number} to the {key} question, whole." for key in QUESTIONS}


async def attend(caller: Caller, answers: dict[str, str], weather: Weather) -> None:
    """Answer every question in writing, with a draft before each, until the interview is over."""
    page = caller.memory
    for key, text in answers.items():
        await until_asked(caller, key, PATIENCE_S)
        await caller.draft(text[: len(text) // 2])
        await asyncio.sleep(weather.random.uniform(1.0, 5.0))  # a person writes
        await caller.answer(text, timeout_s=PATIENCE_S)
    await page.until(lambda page: page.over, PATIENCE_S)


async def count(guest: Guest, caller: Caller, answers: dict[str, str], *, invited: int) -> Figures:
    """Compare what stands in the database with what was said."""
    deadline = monotonic() + PATIENCE_S
    seen = await guest.interview()
    while seen["state"] != "finished" and monotonic() < deadline:
        await asyncio.sleep(0.2)
        seen = await guest.interview()
    texts = told([turn["text"] for turn in await guest.turns()])
    expected = [GREETING, *QUESTIONS.values(), *answers.values(), CLOSING]
    return Figures(
        case="storm, typed",
        finished=seen["state"] == "finished",
        turns_lost=sum(text not in texts for text in expected),
        turns_doubled=len(texts) - len(set(texts)),
        effects_doubled=await guest.mailbox.count() - invited,
        audio_lost_s=0.0,
        back_s=round(max(caller.absences, default=0.0), 2),
    )


async def one_batch(office: Office, weather: Weather, first: int) -> list[Figures]:
    """Invite a few, hold their interviews in the storm, count what is left."""
    async with AsyncExitStack() as stack:
        guests = [await stack.enter_async_context(office.invited()) for _ in range(AT_ONCE)]
        said = [answers_of(first + number) for number in range(AT_ONCE)]
        weather.callers = [
            await stack.enter_async_context(guest.candidate.caller(voice=False)) for guest in guests
        ]
        weather.inbox_lost = False
        raging = asyncio.create_task(weather.rage())
        try:
            each = zip(weather.callers, said, strict=True)
            await asyncio.gather(
                *(attend(caller, answers, weather) for caller, answers in each),
                return_exceptions=True,
            )
        finally:
            raging.cancel()
            await asyncio.gather(raging, return_exceptions=True)
        await calm(weather.product, office)
        await hurry(weather.product)
        together = zip(guests, weather.callers, said, strict=True)
        invited = 0 if weather.inbox_lost else 1
        return [await count(*each, invited=invited) for each in together]


async def calm(product: Product, office: Office) -> None:
    """Wait until every process of the stack works again."""
    deadline = monotonic() + PATIENCE_S
    while monotonic() < deadline:
        try:
            await office.desk.http.send("GET", "/health/ready")
        except Away:
            await asyncio.sleep(0.3)
        else:
            break
    await asyncio.to_thread(product.wait_until_ready)


async def storm(minutes: float, file: Path, seed: int) -> int:
    """Hold batches until the time is up; return how many processes were killed."""
    with tempfile.TemporaryDirectory() as folder, running_product(Path(folder)) as product:
        await hurry(product)
        weather = Weather(product, random.Random(seed))
        held, until = 0, monotonic() + 60 * minutes
        async with Office.open(product) as office:
            while monotonic() < until:
                for figures in await one_batch(office, weather, held):
                    append(file, figures)
                    held += 1
                sys.stdout.write(
                    f"  {held} interviews, {len(weather.done)} deeds, {weather.kills} kills\n"
                )
                sys.stdout.flush()
        sys.stdout.write("  " + tally(weather.done) + "\n")
    return weather.kills


def tally(done: list[str]) -> str:
    """Say how often each thing was done."""
    return ", ".join(f"{count} x {deed}" for deed, count in sorted(Counter(done).items()))


if __name__ == "__main__":
    kills = asyncio.run(
        storm(float(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 1)
    )
    sys.stdout.write(f"{kills} kills\n")
