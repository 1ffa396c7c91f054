"""One sandbox process, one migrated database and one gateway for the folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interloop.bootstrap import build
from interloop.settings import Settings
from tests.gateway.house import House, open_house
from tests.sandbox.outside import Outside, start
from tests.support.databases import Databases


@pytest.fixture(scope="session")
async def outside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Outside]:
    """The sandbox; its voice hurries, so that no test waits for speech."""
    started = await start(Path(tmp_path_factory.mktemp("outside")))
    await started.control("live/pace", speed=50, wait_for_playback=False)
    yield started
    started.process.terminate()
    await started.process.wait()


@pytest.fixture(scope="module")
async def house(
    databases: Databases, outside: Outside, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """A gateway that speaks with the sandbox."""
    with databases.copy("sqlite") as urls:
        services = await build(
            Settings(
                state_dir=tmp_path_factory.mktemp("state"),
                database_url=urls.database_url,
                keys_url=urls.keys_url,
                live_base_url=outside.google,
                live_ca_file=outside.state_dir / "tls.crt",
                live_capabilities={"reacts_in_s": 1.5},
            )
        )
        async with open_house(services) as opened:
            yield opened
        await services.close()
