"""The API as a process: it ends with 0 when it is told to, and closes what it opened."""

import asyncio
import os
import signal
import sys

import httpx2
import pytest

from interloop.services import Services
from interloop.settings import Settings
from tests.journeys.test_mail import free_port


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_an_api_that_is_told_to_stop_ends_with_0(
    settings: Settings, services: Services, number: signal.Signals
) -> None:
    port = free_port()
    names = ("state_dir", "database_url", "keys_url", "root_key_file", "temporal_address")
    env = {f"INTERLOOP_{name.upper()}": str(getattr(settings, name)) for name in names}
    env |= {"INTERLOOP_API_PORT": str(port)}
    api = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api", env={**os.environ, **env}
    )
    try:
        async with asyncio.timeout(30), httpx2.AsyncClient() as http:
            while not await answers(http, f"http://127.0.0.1:{port}/health/live"):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        api.send_signal(number)
        assert await asyncio.wait_for(api.wait(), 10) == 0
    finally:
        if api.returncode is None:
            api.kill()


async def answers(http: httpx2.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code == 200
    except httpx2.TransportError:
        return False
