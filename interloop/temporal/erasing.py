"""Takes whole workflows out of Temporal: every run, with its history and its place in lists.

Deleting is asynchronous for what has ended (about half a minute here), and would kill without a
word what still runs: so it is cancelled first, then deleted, then asked for until it is gone.
"""

import asyncio
import time
from collections.abc import Iterable
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution as Execution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from interloop.domain.base import Value
from interloop.domain.errors import Unavailable

_LOOK_S = 0.5
_CLOSE = timedelta(seconds=10)
"""So long a cancelled run may take to end; then it is terminated."""


class Gone(Value):
    """What was taken out, and how long it took."""

    workflows: int
    runs: int
    seconds: float


async def running_of(client: Client, ids: Iterable[str]) -> list[str]:
    """Return which of these workflows run."""
    return [name for name in dict.fromkeys(ids) if await _runs_now(client, name)]


async def erase_histories(
    client: Client, ids: Iterable[str], *, within: timedelta = timedelta(seconds=90)
) -> Gone:
    """Take every run of these workflows out and return once nothing of them can be found.

    Doing it twice is doing it once. Raises `Unavailable` when something is still there at the end.
    """
    began = time.monotonic()
    wanted = tuple(dict.fromkeys(ids))
    runs = [run for name in wanted for run in await _runs(client, name)]
    await asyncio.gather(*(_end(client, name, run) for name, run in runs))
    for name, run in runs:
        await _delete(client, name, run)
    try:
        async with asyncio.timeout(within.total_seconds()):
            while await _anything(client, wanted, runs):  # noqa: ASYNC110 - a server does not call back
                await asyncio.sleep(_LOOK_S)
    except TimeoutError:
        raise Unavailable("histories are still there", code="histories_left") from None
    seconds = round(time.monotonic() - began, 1)
    return Gone(workflows=len({name for name, _ in runs}), runs=len(runs), seconds=seconds)


async def _anything(client: Client, ids: Iterable[str], runs: list[tuple[str, str]]) -> bool:
    """Tell whether a run is still there, by itself or in a list."""
    for name, run in runs:
        if await _run_of(client, name, run):
            return True
    return any([bool(await _runs(client, name)) for name in ids])


async def _runs(client: Client, name: str) -> list[tuple[str, str]]:
    """Return (id, run) of every run that lists know of, and of one too new for them."""
    query = f"WorkflowId = '{name}'"
    runs = {(each.id, each.run_id) async for each in client.list_workflows(query)}
    newest = await _run_of(client, name)
    return sorted(runs | {(name, newest)} if newest else runs)


async def _end(client: Client, name: str, run: str) -> None:
    """Have the run end by itself, or end it."""
    handle = client.get_workflow_handle(name, run_id=run)
    try:
        if (await handle.describe()).status is not WorkflowExecutionStatus.RUNNING:
            return
        await handle.cancel()
        deadline = time.monotonic() + _CLOSE.total_seconds()
        while (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
            if time.monotonic() > deadline:
                await handle.terminate("erased")
            await asyncio.sleep(_LOOK_S)
    except RPCError as wrong:
        if wrong.status is not RPCStatusCode.NOT_FOUND:
            raise


async def _delete(client: Client, name: str, run: str) -> None:
    asked = DeleteWorkflowExecutionRequest(
        namespace=client.namespace,
        workflow_execution=Execution(workflow_id=name, run_id=run),
    )
    try:
        await client.workflow_service.delete_workflow_execution(asked)
    except RPCError as wrong:
        if wrong.status is not RPCStatusCode.NOT_FOUND:
            raise


async def _runs_now(client: Client, name: str) -> bool:
    try:
        status = (await client.get_workflow_handle(name).describe()).status
    except RPCError as wrong:
        if wrong.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return status is WorkflowExecutionStatus.RUNNING


async def _run_of(client: Client, name: str, run: str | None = None) -> str | None:
    """Return this run, or the newest, if it is there: asked for by itself, not in a list."""
    try:
        return (await client.get_workflow_handle(name, run_id=run).describe()).run_id
    except RPCError as wrong:
        if wrong.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
