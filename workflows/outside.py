"""Asks somebody outside who may be away for days: with back-off, seen in Temporal Web, cut short.

Errors that are for good (`activities/errors.py`) end it at once, and a person takes over.
"""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityCancellationType

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import Policy

S = TypeVar("S")
A = TypeVar("A")
R = TypeVar("R")

_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(minutes=30)
)


async def ask_outside(
    step: Callable[[S, A], Coroutine[Any, Any, R]],
    arg: A,
    policy: Policy,
    summary: str,
    unless: Callable[[], bool] | None = None,
) -> R:
    """Run a step until it is done, refused for good, or `policy.outage` is over.

    Once `unless` is true the next try is called off; one that is under way comes to its end.
    Raises `ActivityError` in the other cases.
    """
    asking = workflow.start_activity_method(
        step,
        arg,
        schedule_to_close_timeout=policy.outage,
        start_to_close_timeout=policy.step,
        heartbeat_timeout=policy.pulse,
        retry_policy=_RETRY,
        summary=summary,
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    )
    if unless is not None and workflow.patched("outage"):
        await workflow.wait_condition(lambda: asking.done() or unless())
        if not asking.done():
            asking.cancel()
    answer: R = await asking
    return answer
