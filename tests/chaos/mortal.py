"""A journey whose worker is a process of its own, beside the sandbox: killed and started again."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from interloop.failpoints import Moment, arm
from interloop.settings import Settings
from tests.journeys.calendars import asking
from tests.journeys.test_mail import is_file, start_worker, two_process_world
from tests.journeys.timing import Timed, with_pool
from tests.journeys.world import until
from tests.sandbox.outside import Outside
from tests.support.clock import FollowingClock
from tests.support.databases import DatabaseUrls


@dataclass
class Mortal:
    """What a test holds: the journey, what lies outside, and the worker that is to die."""

    road: Timed
    outside: Outside
    settings: Settings
    worker: Process | None = None

    async def live(self) -> None:
        """Start a worker, and return once it works."""
        ready = self.settings.state_dir / "ready" / "worker"
        await asyncio.to_thread(ready.unlink, missing_ok=True)
        self.worker = await start_worker(self.settings)
        await until(is_file(ready))

    def die_at(self, point: str, moment: Moment) -> None:
        """Let the worker kill itself at this moment of an outside effect."""
        assert self.settings.failpoints_dir is not None
        arm(self.settings.failpoints_dir, point, moment)

    async def killed(self) -> None:
        """`kill -9`."""
        assert self.worker is not None
        self.worker.kill()
        await self.dead()

    async def dead(self) -> None:
        """Wait until the worker has died, by SIGKILL."""
        assert self.worker is not None
        async with asyncio.timeout(30):
            assert await self.worker.wait() == -signal.SIGKILL


@asynccontextmanager
async def mortal(
    env: WorkflowEnvironment, urls: DatabaseUrls, folder: Path, outside: Outside
) -> AsyncIterator[Mortal]:
    """Open a settled world whose mails and calendars are the sandbox's; its worker lives."""
    here = await two_process_world(env, urls, folder)
    here.services = asking(here.services, outside)
    road = await with_pool(here, env, FollowingClock())
    changed = {
        "smtp_port": outside.ports["smtp"],
        "google_url": f"{outside.web}/google",
        "failpoints_dir": folder / "failpoints",
    }
    opened = Mortal(road, outside, here.services.settings.model_copy(update=changed))
    try:
        await opened.live()
        yield opened
    finally:
        if opened.worker is not None and opened.worker.returncode is None:
            opened.worker.kill()
            await opened.worker.wait()
        await here.services.close()
