"""A clock that follows a journey's skipped time, for API and activities of a test."""

from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment


class FollowingClock:
    """The machine's clock, moved on by as much time as was skipped."""

    def __init__(self) -> None:
        self.skipped = timedelta()

    def now(self) -> datetime:
        """Return the instant that the journey has reached."""
        return datetime.now(UTC) + self.skipped

    async def skip(
        self, env: WorkflowEnvironment, journey: WorkflowHandle[Any, Any], time: timedelta
    ) -> None:
        """Let the journey live through this much time, and be there afterwards."""
        await env.fast_forward(journey, time)
        self.skipped = await env.get_current_time(journey) - datetime.now(UTC)

    async def skip_to(
        self, env: WorkflowEnvironment, journey: WorkflowHandle[Any, Any], at: datetime
    ) -> None:
        """Let the journey live until an instant."""
        await self.skip(env, journey, at - self.now())
