"""One sandbox process for the folder; each test starts with a clean one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sandbox.outside import Outside, start


@pytest.fixture(scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    started = await start(Path(tmp_path_factory.mktemp("sandbox")))
    yield started
    await started.stop()


@pytest.fixture
async def outside(running: Outside) -> Outside:
    await running.control("reset")
    await running.control("live/pace", speed=50, wait_for_playback=False)
    return running
