"""Holds a supervisor up between its start and the signal that ends it."""

import asyncio
import signal
from collections.abc import Callable
from time import monotonic

from interloop.supervisor.child import StartFailed
from interloop.supervisor.supervisor import Supervisor

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def serve(
    supervisor: Supervisor, *, say: Callable[[str], None], ready: Callable[[], None]
) -> int:
    """Start everything, call `ready`, wait for a signal, end everything; return the exit code."""
    loop = asyncio.get_running_loop()
    wanted = asyncio.Event()
    for number in ENDING:
        loop.add_signal_handler(number, wanted.set)
    starting = asyncio.create_task(supervisor.start())
    ending = asyncio.create_task(wanted.wait())
    try:
        await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            ready()
            await ending
    except StartFailed as failed:
        say(str(failed))
        return 1
    finally:
        ending.cancel()
        await _end(supervisor, starting, say)
    return 0


async def _end(
    supervisor: Supervisor, starting: asyncio.Task[None], say: Callable[[str], None]
) -> None:
    say("\nStopping ...")
    began = monotonic()
    starting.cancel()
    await asyncio.wait({starting})
    await supervisor.stop()
    say(f"Stopped in {monotonic() - began:.1f} s; the data stays.")
