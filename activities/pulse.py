"""Keeps the pulse of every activity, so that a killed worker is noticed in seconds."""

import asyncio
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor


class Pulse(Interceptor):
    """Heartbeats while an activity runs, where its caller listens for it."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """Wrap the activity."""
        return _Beating(next)


class _Beating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the SDK's name
        timeout = activity.info().heartbeat_timeout
        if timeout is None:
            return await self.next.execute_activity(input)
        beat = asyncio.create_task(_beat(timeout / 4))
        try:
            return await self.next.execute_activity(input)
        finally:
            beat.cancel()


async def _beat(pause: timedelta) -> None:
    """Beat until cancelled; first after a pause, for most steps are over by then."""
    while True:
        await asyncio.sleep(pause.total_seconds())
        activity.heartbeat()
