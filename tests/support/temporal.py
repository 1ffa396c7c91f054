"""Real Temporal servers for tests: one that keeps the time, one whose time can be moved."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from temporalio.common import SearchAttributeKey
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from interloop.supervisor.stack import PAUSABLE, SEARCH_ATTRIBUTES, temporal_binary

KEYS: tuple[SearchAttributeKey[Any], ...] = tuple(
    SearchAttributeKey.for_datetime(name)
    if kind == "Datetime"
    else SearchAttributeKey.for_keyword(name)
    for name, kind in SEARCH_ATTRIBUTES.items()
)

PATIENCE = timedelta(seconds=30)
"""A busy machine needs longer than the five seconds of the library."""

SKIPPING = (
    *("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true"),
    *("--dynamic-config-value", "system.workflowTimeSkippingEnabled=true"),
    # Otherwise each skip costs a second.
    *("--dynamic-config-value", 'history.timerProcessorMaxTimeShift="1ms"'),
)


@asynccontextmanager
async def steady_server() -> AsyncIterator[WorkflowEnvironment]:
    """Run a server whose time is the machine's."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=temporal_binary(),
        dev_server_extra_args=("--dynamic-config-value", PAUSABLE),
        dev_server_startup_timeout=PATIENCE,
        search_attributes=KEYS,
    ) as env:
        yield env


@asynccontextmanager
async def skipping_server() -> AsyncIterator[WorkflowEnvironment]:
    """Run a server whose time a test moves with `env.fast_forward(handle, duration)`."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        dev_server_existing_path=temporal_binary(),
        dev_server_extra_args=SKIPPING,
        dev_server_startup_timeout=PATIENCE,
        search_attributes=KEYS,
    ) as env:
        yield env
