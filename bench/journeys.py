"""Journeys per second against a bare workflow with as many trivial activities, side by side.

`python -m bench.journeys` runs on one dev server (file, WAL) with one worker each: real journeys of
people who came by a list, from screening to a rejection with its dossier and its mail (database,
sealing, audit; post office in memory), on a worker and a connection as the product makes them; and
a bare workflow with the same number of activities, one update and as many search attributes,
without codec, pydantic or interceptors, on a worker and a connection as the SDK makes them. This
process starts and tells both, so its share weighs on both alike. They alternate, and each round has
its ratio: on a shared machine two rates taken minutes apart say nothing of each other. The bar: 0.7
of the bare rate, by the median round.

Beside the rates stands the processor time of a journey, here and in the server, which others on the
machine move less.
"""

import asyncio
import sys
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any
from uuid import UUID

import psutil
from temporalio.client import Client
from temporalio.worker import Worker

from bench.bare import Bare, nothing
from bench.journey_world import commit, ground, temporal_server, write
from interloop import collector
from interloop.db.tables import Application, Candidate, DecisionKind, MessageKind
from interloop.domain.ids import new_id
from interloop.domain.journey import Decide, JourneyInput
from interloop.domain.rules import Place
from interloop.services import Services
from interloop.temporal.client import connect
from interloop.temporal.ids import journey_id
from tests.journeys.world import NOW, QUICK, World
from workflows.journey import CandidateJourney
from workflows.start import start_journey
from workflows.steer import steer
from workflows.worker import make_worker

ROUNDS, EACH, AT_ONCE, BAR = 12, 30, 20, 0.7
QUEUE = "bare"


async def prepare(here: World, count: int) -> list[tuple[UUID, UUID]]:
    """Commit applications, each with its decision and mail; returns (application, decision)."""
    made = []
    place = Place(country="DE")
    for _ in range(count):
        here.candidate_id, here.application_id = new_id(), new_id()
        await here.add(Candidate(id=here.candidate_id, place=place))
        await here.add(
            Application(
                id=here.application_id,
                job_id=here.job_id,
                candidate_id=here.candidate_id,
                stage_since=NOW,
            )
        )
        async with here.services.db.session(here.org_id) as session:
            await here.know_address(session)
        decision = await here.decision(DecisionKind.reject, message=MessageKind.rejection)
        made.append((here.application_id, decision))
    return made


async def walk(here: World, application_id: UUID, decision_id: UUID) -> None:
    """One journey from start to end."""
    given = JourneyInput(
        org_id=here.org_id, application_id=application_id, job_id=here.job_id, policy=QUICK
    )
    await start_journey(here.client, given, here.services.settings)
    decide = Decide(org_id=here.org_id, decision_id=decision_id, actor_id=here.user_id)
    await steer(here.client, application_id, CandidateJourney.decide, decide)
    await here.client.get_workflow_handle(journey_id(application_id)).result()


async def walk_bare(client: Client, activities: int, upserts: int) -> None:
    """One bare workflow from start to end."""
    handle = await client.start_workflow(
        Bare.run, args=[activities, upserts], id=f"bare-{new_id()}", task_queue=QUEUE
    )
    await handle.execute_update(Bare.tell)
    await handle.result()


@dataclass
class Side:
    """What was measured of one of the two."""

    server: psutil.Process
    rates: list[float] = field(default_factory=list)
    here_ms: list[float] = field(default_factory=list)
    server_ms: list[float] = field(default_factory=list)

    async def take(self, jobs: list[Coroutine[Any, Any, None]]) -> None:
        """Run the jobs; note how many a second, and the processor time of each."""
        here, there = _used(psutil.Process()), _used(self.server)
        self.rates.append(await timed(jobs))
        self.here_ms.append((_used(psutil.Process()) - here) / len(jobs) * 1000)
        self.server_ms.append((_used(self.server) - there) / len(jobs) * 1000)

    @property
    def processor_ms(self) -> dict[str, float]:
        """Return the medians of the processor time of one journey."""
        return {
            "worker": round(median(self.here_ms), 1),
            "server": round(median(self.server_ms), 1),
        }


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def timed(jobs: list[Coroutine[Any, Any, None]]) -> float:
    """Run the jobs, some at once; return how many a second."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(job: Coroutine[Any, Any, None]) -> None:
        async with gate:
            await job

    began = time.monotonic()
    await asyncio.gather(*(one(job) for job in jobs))
    return len(jobs) / (time.monotonic() - began)


async def shape(here: World, application_id: UUID) -> tuple[int, int]:
    """Return how many activities and upserts a journey has."""
    history = await here.client.get_workflow_handle(journey_id(application_id)).fetch_history()
    kinds = [event.WhichOneof("attributes") for event in history.events]
    activities = kinds.count("activity_task_scheduled_event_attributes")
    return activities, kinds.count("upsert_workflow_search_attributes_event_attributes")


def reaching(services: Services, client: Client) -> Services:
    """Return the services of a product that knows the server of this client."""
    address = client.service_client.config.target_host
    there = {"temporal_address": address, "temporal_namespace": client.namespace}
    settings = services.settings.model_copy(update=there)
    return replace(services, settings=settings)


async def main() -> int:
    """Measure, and tell."""
    async with ground() as on:
        here = on.here
        here.client = await connect(reaching(here.services, on.env.client))
        rows = await prepare(here, ROUNDS * EACH + 1)
        bare_worker = Worker(
            on.env.client, task_queue=QUEUE, workflows=[Bare], activities=[nothing]
        )
        ours, bare = Side(temporal_server()), Side(temporal_server())
        # As the worker's own process begins.
        collector.spare()
        async with make_worker(here.client, here.services), bare_worker:
            application_id, decision_id = rows.pop()
            await walk(here, application_id, decision_id)
            activities, upserts = await shape(here, application_id)
            await walk_bare(on.env.client, activities, upserts)
            for number in range(ROUNDS):
                mine = [walk(here, *row) for row in rows[number * EACH : (number + 1) * EACH]]
                theirs = [walk_bare(on.env.client, activities, upserts) for _ in range(EACH)]
                pair = [(ours, mine), (bare, theirs)]
                for side, jobs in pair if number % 2 else reversed(pair):
                    await side.take(jobs)
    return tell(ours, bare, activities=activities, upserts=upserts)


def tell(ours: Side, bare: Side, *, activities: int, upserts: int) -> int:
    """Write the result, print one line; return the exit code."""
    ratios = [mine / theirs for mine, theirs in zip(ours.rates, bare.rates, strict=True)]
    ratio = median(ratios)
    told = {
        "ratio": round(ratio, 3),
        "bar": BAR,
        "ratios": [round(each, 2) for each in sorted(ratios)],
        "commit": commit(),
        "journeys_per_s": [round(rate, 2) for rate in ours.rates],
        "bare_per_s": [round(rate, 2) for rate in bare.rates],
        "processor_ms": {"journey": ours.processor_ms, "bare": bare.processor_ms},
        "activities": activities,
        "upserts": upserts,
        "each": EACH,
        "at_once": AT_ONCE,
    }
    line = (
        f"{median(ours.rates):.1f}/s against {median(bare.rates):.1f}/s bare, "
        f"{activities} activities each, ratio {ratio:.2f} (bar {BAR})"
    )
    return write("journeys", told, line, met=ratio >= BAR)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
