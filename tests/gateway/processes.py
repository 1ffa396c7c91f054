"""Gateways as processes of their own: they can be killed, stopped and let go on."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from interloop.domain.calls import ClaimInput
from interloop.services import Services
from interloop.settings import Settings
from interloop.temporal.client import connect
from tests.gateway.holding import QUEUE, Hold
from tests.gateway.rows import Round


@dataclass
class Fleet:
    """Two gateway processes by address, and a client to have interviews held in them."""

    client: Client
    processes: dict[str, Process]

    def signal(self, address: str, number: signal.Signals) -> None:
        """Send a signal to the gateway at this address."""
        self.processes[address].send_signal(number)

    async def start(self, held: Round) -> WorkflowHandle[Any, list[str]]:
        """Start the workflow that has the interview held."""
        return await self.client.start_workflow(
            Hold.run,
            ClaimInput(org_id=held.org_id, interview_id=held.interview_id, epoch=1),
            id=f"hold-{held.interview_id}",
            task_queue=QUEUE,
        )


def environment(settings: Settings, port: int) -> dict[str, str]:
    """Return the settings as the environment of a gateway at this port."""
    names = (
        "state_dir",
        "database_url",
        "keys_url",
        "live_base_url",
        "live_ca_file",
        "temporal_address",
        "temporal_namespace",
        "app_url",
    )
    given = {f"INTERLOOP_{name.upper()}": str(getattr(settings, name)) for name in names}
    return {**os.environ, **given, "INTERLOOP_GATEWAY_PORT": str(port)}


@asynccontextmanager
async def fleet(services: Services, ports: tuple[int, int]) -> AsyncIterator[Fleet]:
    """Run two gateways and a workflow worker while the block lasts."""
    client = await connect(services)
    processes: dict[str, Process] = {}
    worker = Worker(
        client, task_queue=QUEUE, workflows=[Hold], workflow_runner=UnsandboxedWorkflowRunner()
    )
    async with AsyncExitStack() as stack:
        for port in ports:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "media_gateway",
                env=environment(services.settings, port),
                stdout=DEVNULL,
            )
            stack.push_async_callback(end, process)
            processes[f"http://127.0.0.1:{port}"] = process
        for address in processes:
            await ready(address)
        async with worker:
            yield Fleet(client, processes)


async def end(process: Process) -> None:
    """Kill what still runs."""
    if process.returncode is None:
        process.kill()
    await process.wait()


async def ready(address: str) -> None:
    """Wait until the gateway answers."""
    async with httpx2.AsyncClient(base_url=address) as http, asyncio.timeout(60):
        while True:
            try:
                (await http.get("/health/ready")).raise_for_status()
            except httpx2.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return
