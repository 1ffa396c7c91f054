"""The commands of the runbook do what it says: each is run as it stands there."""

import asyncio
import os
import re
import sys
from pathlib import Path

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from interloop.domain.stage import Stage
from interloop.supervisor.stack import temporal_binary
from tests.journeys.test_mail import two_process_world
from tests.journeys.world import World
from tests.support.databases import DatabaseUrls
from workflows.worker import make_worker

ROOT = Path(__file__).resolve().parents[2]
GENTLE = ("Pausing one journey", "Finding out why it does not go on", "Resetting a journey")
RUNBOOK = (ROOT / "docs" / "operations.md").read_text()


def commands(chapter: str) -> list[str]:
    """Return the commands of a chapter, one a line."""
    text = RUNBOOK.split(f"## {chapter}\n")[1].split("\n## ")[0]
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]


async def run(here: World, line: str) -> tuple[int, str]:
    """Run one command in a shell; return its exit code and what it said."""
    settings = here.services.settings
    programs = (Path(temporal_binary()).parent, Path(sys.executable).parent, os.environ["PATH"])
    shell = await asyncio.create_subprocess_shell(
        line,
        cwd=ROOT,
        env={
            "PATH": os.pathsep.join(map(str, programs)),
            "HOME": str(settings.state_dir),
            "JOURNEY": here.journey.id,
            "TEMPORAL_ADDRESS": settings.temporal_address,
            "TEMPORAL_NAMESPACE": settings.temporal_namespace,
            "INTERLOOP_TEMPORAL_ADDRESS": settings.temporal_address,
            "INTERLOOP_TEMPORAL_NAMESPACE": settings.temporal_namespace,
            "INTERLOOP_STATE_DIR": str(settings.state_dir),
            "INTERLOOP_DATABASE_URL": settings.database_url,
            "INTERLOOP_KEYS_URL": settings.keys_url,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(shell.communicate(), 60)
    return shell.returncode or 0, said.decode()


async def test_every_command_of_the_runbook_does_what_it_says(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls, tmp_path: Path
) -> None:
    here = await two_process_world(temporal, database_urls, tmp_path)
    root_key = here.services.settings.root_key_path
    await asyncio.to_thread(root_key.parent.mkdir, exist_ok=True)
    await asyncio.to_thread(root_key.write_text, bytes(32).hex())
    async with make_worker(here.client, here.services):
        await here.start()
        await here.stands_at(Stage.screening, "invite")
        for chapter in GENTLE:
            for line in commands(chapter):
                code, said = await run(here, line)
                assert code == 0, f"{line}\n{said}"
        await here.invite()
        code, said = await run(here, commands("Ending a journey")[0])
        assert code == 0, said
        assert (await here.journey.describe()).status is WorkflowExecutionStatus.TERMINATED
        code, said = await run(here, commands("Comparing database and Temporal")[0])
        assert (code, "ended" in said) == (1, True), said
        code, said = await run(here, commands("Rotating keys")[0])
        assert code == 0, said
    await here.services.close()
