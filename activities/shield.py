"""What has begun is brought to its end, though nobody waits for it any more."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

R = TypeVar("R")


async def to_its_end(work: Coroutine[Any, Any, R]) -> R:
    """Return what the work gives, also when its activity is cancelled in the middle.

    A mail that was cut off may have left or not; a second cancellation is not held off.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        return await task
