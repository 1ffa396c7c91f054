"""A process counts as ready when it can be used, not when it has started."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from interloop.supervisor import readiness
from interloop.supervisor.ports import any_port
from interloop.supervisor.stack import search_attribute_flags, temporal_binary

NAMESPACE = "interloop"


@pytest.fixture
def starting_temporal() -> Iterator[str]:
    port, web = any_port(), any_port()
    command = [
        temporal_binary(),
        "server",
        "start-dev",
        "--ip",
        "127.0.0.1",
        "--log-level",
        "never",
    ]
    ports = ["--port", str(port), "--ui-port", str(web), "--namespace", NAMESPACE]
    with subprocess.Popen([*command, *ports, *search_attribute_flags()]) as server:
        yield f"127.0.0.1:{port}"
        server.terminate()


async def until(ready: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await ready():
            await asyncio.to_thread(Event().wait, 0.05)


async def test_a_ready_temporal_keeps_closed_journeys_for_thirty_days(
    starting_temporal: str,
) -> None:
    await until(readiness.temporal(temporal_binary(), starting_temporal, NAMESPACE))
    client = await Client.connect(starting_temporal, namespace=NAMESPACE)
    told = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=NAMESPACE)
    )
    assert told.config.workflow_execution_retention_ttl.ToTimedelta().days == 30


async def test_nothing_is_ready_where_nothing_listens() -> None:
    address = f"127.0.0.1:{any_port()}"
    assert not await readiness.page(f"http://{address}/health/ready")()
    assert not await readiness.temporal(temporal_binary(), address, NAMESPACE)()


async def test_a_sign_is_seen_once_it_is_there(tmp_path: Path) -> None:
    sign = tmp_path / "worker"
    ready = readiness.file(sign)
    assert not await ready()
    sign.touch()
    assert await ready()
