"""Every outside effect has its moments to die at, and none of them exists in production."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from interloop.failpoints import Moment, arm, points
from interloop.settings import Settings
from tests.chaos.failing import CASES, NO_EFFECT, REACHED

STORES = """
import asyncio, sys
from pathlib import Path
from interloop.bootstrap import build
from interloop.settings import Settings

async def main():
    here = Path(sys.argv[1])
    services = await build(Settings(state_dir=here, failpoints_dir=here / "points"))
    await services.storage.put("a/b", b"whole")

asyncio.run(main())
"""


def test_every_method_of_every_port_is_killed_or_has_a_reason_not_to_be() -> None:
    assert set(points()) == REACHED.keys() | NO_EFFECT.keys()
    assert not REACHED.keys() & NO_EFFECT.keys()
    assert {moment for _, _, moment in CASES} == set(Moment)


def test_production_refuses_failpoints(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="not for production"):
        Settings(profile="production", failpoints_dir=tmp_path)


async def stores(folder: Path) -> int:
    """Store one object in a process of its own; return how that ended."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STORES, str(folder))
    return await process.wait()


@pytest.mark.parametrize(("moment", "stored"), [(Moment.before, False), (Moment.after, True)])
async def test_one_process_dies_at_the_moment_and_the_next_one_lives(
    tmp_path: Path, moment: Moment, stored: bool
) -> None:
    arm(tmp_path / "points", "storage.put", moment)
    assert await stores(tmp_path) == -signal.SIGKILL
    assert (tmp_path / "objects" / "a" / "b").exists() is stored
    assert await stores(tmp_path) == 0
    assert (tmp_path / "objects" / "a" / "b").exists()
