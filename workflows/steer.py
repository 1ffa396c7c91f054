"""Tells a running journey what a person said; refusals come back as errors of the domain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.workflow import UpdateMethodMultiParam

from interloop.domain import errors
from interloop.domain.base import Value
from workflows.ids import journey_id
from workflows.journey import CandidateJourney

V = TypeVar("V", bound=Value)

PATIENCE = timedelta(seconds=8)
_KNOWN: dict[str, type[errors.InterloopError]] = {
    kind.__name__: kind
    for kind in (errors.Conflict, errors.Forbidden, errors.Gone, errors.NotFound)
}


async def steer(
    client: Client,
    application_id: UUID,
    update: UpdateMethodMultiParam[[CandidateJourney, V], None],
    value: V,
    *,
    key: str | None = None,
) -> None:
    """Run one update of `CandidateJourney` and return once the journey has heard it.

    `key` (a message's or decision's id) makes asking again after a lost answer harmless. Raises
    `Conflict`, `Gone`, `NotFound` or `Forbidden` as the journey refuses, `Conflict` when it has
    ended, and `Unavailable` while Temporal or the worker is away.
    """
    handle = client.get_workflow_handle(journey_id(application_id))
    async with asking():
        await handle.execute_update(update, value, id=key, rpc_timeout=PATIENCE)


@asynccontextmanager
async def asking() -> AsyncIterator[None]:
    """Raise what a workflow refuses, or that it cannot be reached, as an error of ours."""
    try:
        yield
    except WorkflowUpdateFailedError as refused:
        raise _ours(refused) from None
    except WorkflowUpdateRPCTimeoutOrCancelledError as late:
        raise errors.Unavailable("the worker is away", code="worker_away") from late
    except (RPCError, RuntimeError) as wrong:
        if isinstance(wrong, RPCError) and wrong.status is RPCStatusCode.NOT_FOUND:
            raise errors.Conflict("no journey runs", code="journey_over") from None
        raise errors.Unavailable("Temporal is away", code="temporal_away") from wrong


def _ours(refused: WorkflowUpdateFailedError) -> errors.InterloopError:
    cause = refused.cause
    if isinstance(cause, ApplicationError) and cause.type in _KNOWN:
        return _KNOWN[cause.type]("the journey refuses", code=cause.message)
    return errors.Unavailable("the journey could not do it", code="step_failed")
