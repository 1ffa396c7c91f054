"""What is done to a running stack in the middle of a sentence."""

import asyncio
import signal
from time import monotonic

from interloop.demo.caller import Caller
from interloop.demo.http import Http
from tests.support.product import Product

PATIENCE_S = 60.0


def holder(product: Product, caller: Caller) -> str:
    """Return the role of the gateway that holds this line."""
    return next(role for role, url in product.run.items() if url == caller.addresses[-1])


async def kill(product: Product, role: str) -> None:
    """`kill -9`."""
    product.signal(role, signal.SIGKILL)


async def came_back(product: Product, role: str, *, killed: int) -> None:
    """Wait until the supervisor has started the role anew."""
    deadline = monotonic() + PATIENCE_S
    while product.pid(role) == killed:
        assert monotonic() < deadline, f"{role} did not come back"
        await asyncio.sleep(0.1)


async def let_go(product: Product, role: str) -> None:
    """Wait until this gateway holds no call any more."""
    gateway = Http(product.run[role])
    deadline = monotonic() + PATIENCE_S
    try:
        while (await gateway.send("GET", "/health/ready"))["calls"]:
            assert monotonic() < deadline, f"{role} still holds a call"
            await asyncio.sleep(0.1)
    finally:
        await gateway.close()
