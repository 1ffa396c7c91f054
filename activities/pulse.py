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
        beating = _Beats(timeout / 4)
        try:
            return await self.next.execute_activity(input)
        finally:
            beating.stop()


class _Beats:
    """Beats until stopped; first after a pause, for most steps are over by then."""

    def __init__(self, pause: timedelta) -> None:
        self._pause = pause.total_seconds()
        self._wait()

    def _wait(self) -> None:
        self._next = asyncio.get_running_loop().call_later(self._pause, self._beat)

    def _beat(self) -> None:
        activity.heartbeat()
        self._wait()

    def stop(self) -> None:
        self._next.cancel()
