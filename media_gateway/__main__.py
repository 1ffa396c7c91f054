"""Starts a media gateway: `python -m media_gateway`."""

import asyncio
import signal

from uvicorn.loops.auto import auto_loop_factory

from interloop import logs
from interloop.bootstrap import build, live_model
from interloop.settings import settings
from interloop.temporal.client import connect
from media_gateway.gateway import Gateway


async def main() -> None:
    """Run until SIGTERM or SIGINT, then hand over and leave."""
    logs.configure(settings().log_level)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    services = await build(settings())
    try:
        client = await connect(services)
        await Gateway(services, live_model(settings())).run(client, stop)
    finally:
        await services.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(main())
