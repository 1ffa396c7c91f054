"""Many open journeys waiting for people: the server's memory, the start rate, how fast one wakes.

`python -m bench.open_journeys [--count 10000]` starts real journeys on a dev server (file, WAL),
lets the worker screen them all, waits until the server rests, then tells 200 of them an address and
times the answer. The bars: below 500 MB, at least 100 starts a second, a wake-up p95 below 1 s.
"""

import argparse
import asyncio
import sys
import time
from uuid import UUID

from sqlalchemy import func, select

from bench.journey_world import ground, p95, server_rss_mb, write
from interloop.db.tables import Application, Candidate
from interloop.domain.ids import new_id
from interloop.domain.journey import ContactGiven, JourneyInput, Policy
from interloop.domain.rules import Place
from interloop.domain.stage import WaitingOn
from tests.journeys.world import NOW, World
from workflows.journey import CandidateJourney
from workflows.start import start_journey
from workflows.steer import steer
from workflows.worker import make_worker

MB, STARTS, WAKE_S, WOKEN, AT_ONCE = 500, 100, 1.0, 200, 32


async def prepare(here: World, count: int) -> list[UUID]:
    """Commit applications without a resume; each journey asks a recruiter for an address."""
    place, ids = Place(country="DE"), [new_id() for _ in range(count)]
    for at in range(0, count, 500):
        some = ids[at : at + 500]
        async with here.services.db.session(here.org_id) as session:
            people = [Candidate(id=new_id(), place=place, created_at=NOW) for _ in some]
            session.add_all(people)
            await session.flush()
            session.add_all(
                Application(
                    id=each,
                    job_id=here.job_id,
                    candidate_id=person.id,
                    stage_since=NOW,
                    created_at=NOW,
                )
                for each, person in zip(some, people, strict=True)
            )
    return ids


async def start_all(here: World, ids: list[UUID]) -> float:
    """Start every journey, some at once; return the starts a second."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def start(application_id: UUID) -> None:
        given = JourneyInput(
            org_id=here.org_id, application_id=application_id, job_id=here.job_id, policy=Policy()
        )
        async with gate:
            await start_journey(here.client, given, here.services.settings)

    began = time.monotonic()
    await asyncio.gather(*(start(each) for each in ids))
    return len(ids) / (time.monotonic() - began)


async def all_wait(here: World, count: int) -> None:
    """Return once every journey waits for a recruiter."""
    statement = select(func.count()).where(Application.waiting_on == WaitingOn.recruiter)
    while True:
        async with here.services.db.read(here.org_id) as session:
            if (await session.scalar(statement) or 0) >= count:
                return
        await asyncio.sleep(1)


async def wake(here: World, ids: list[UUID]) -> list[float]:
    """Tell journeys of an address, one after the other; return the seconds of each."""
    took = []
    given = ContactGiven(org_id=here.org_id, actor_id=here.user_id)
    for application_id in ids:
        began = time.monotonic()
        await steer(here.client, application_id, CandidateJourney.contact_given, given)
        took.append(time.monotonic() - began)
    return took


async def main(count: int) -> int:
    """Measure, write the result, print one line."""
    async with ground() as on:
        here = on.here
        ids = await prepare(here, count)
        before = server_rss_mb()
        rate = await start_all(here, ids)
        started = server_rss_mb()
        began = time.monotonic()
        async with make_worker(here.client, here.services):
            await all_wait(here, count)
            screened_s = time.monotonic() - began
            await asyncio.sleep(5)
            memory = server_rss_mb()
            took = await wake(here, ids[:: max(1, count // WOKEN)][:WOKEN])
    told = {
        "open": count,
        "server_mb": {"empty": before, "started": started, "waiting": memory},
        "starts_per_s": round(rate, 1),
        "screened_s": round(screened_s, 1),
        "wake_p95_s": round(p95(took), 3),
        "wake_s": [round(each, 4) for each in took],
    }
    line = (
        f"{count} open: {memory:.0f} MB (bar {MB}), {rate:.0f} starts/s (bar {STARTS}), "
        f"wake-up p95 {p95(took):.2f} s (bar {WAKE_S:.0f} s)"
    )
    met = memory < MB and rate >= STARTS and p95(took) < WAKE_S
    return write("open_journeys", told, line, met=met)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    sys.exit(asyncio.run(main(parser.parse_args().count)))
