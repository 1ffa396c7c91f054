"""The worker process: `python -m workflows`."""

import asyncio
import os
import signal
import sys

import structlog

from interloop import collector, logs
from interloop.bootstrap import build
from interloop.settings import settings
from interloop.temporal.client import connect
from workflows.worker import run_until


async def _main() -> None:
    logs.configure(settings().log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    services = await build(settings())
    try:
        client = await connect(services)
        collector.spare()
        structlog.get_logger().info("worker.started")
        await run_until(stop, client, services)
    finally:
        await services.close()


if __name__ == "__main__":
    asyncio.run(_main())
    # A thread of the Temporal core may still call into Python while it takes itself down, which
    # aborts the process (PyGILState_Release, seen on 3.11). Everything is closed by now.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
