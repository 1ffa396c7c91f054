"""Records the golden histories that are missing: `python -m tests.histories.record`.

Each comes from a real run and stays sealed with the test key. A file that exists is never
written again: it is a promise to journeys that are already under way.
"""

import asyncio
import tempfile
from pathlib import Path

from interloop.network import stay_on_this_machine
from tests.histories.beside import BESIDE
from tests.histories.paths import EXPORTS, PATHS, REVIEWS
from tests.journeys.world import World, working, world
from tests.support.databases import Databases
from tests.support.temporal import steady_server
from workflows.ids import journey_id, round_id

HERE = Path(__file__).parent


async def record() -> list[Path]:
    """Walk every path without a file and return the files written."""
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(Path(folder))
        async with steady_server() as temporal:
            for name, export in {**EXPORTS, **REVIEWS, **BESIDE}.items():
                if (HERE / f"{name}.json").exists():
                    continue
                with databases.copy("sqlite") as urls:
                    async with world(temporal, urls) as here, working(here):
                        await here.settle()
                        written.append(await write(here, name, await export(here)))
            for name, path in PATHS.items():
                if (HERE / f"{name}.json").exists():
                    continue
                with databases.copy("sqlite") as urls:
                    async with world(temporal, urls) as here, working(here):
                        await here.settle()
                        interview_id = await path(here)
                        await here.journey.result()
                        ids = {name: journey_id(here.application_id)}
                        if interview_id is not None:
                            ids[f"{name}.round"] = round_id(interview_id)
                        for stem, workflow_id in ids.items():
                            written.append(await write(here, stem, workflow_id))
    return written


async def write(here: World, stem: str, workflow_id: str) -> Path:
    """Write one history down."""
    handle = here.client.get_workflow_handle(workflow_id)
    file = HERE / f"{stem}.json"
    file.write_text((await handle.fetch_history()).to_json() + "\n")
    return file


if __name__ == "__main__":
    stay_on_this_machine()
    for file in asyncio.run(record()):
        print(file.name)  # noqa: T201 - a program for people
