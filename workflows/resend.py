"""Sends one mail again because a person said so; what becomes of it is told as ever."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.notify import NotifySteps
    from activities.tasks import TaskSteps
    from interloop.domain.journey import Policy
    from interloop.domain.steps import Delivery, OpenTask, ResendMessage, SendMessage
    from workflows.outside import ask_outside

S = TypeVar("S")
A = TypeVar("A")
R = TypeVar("R")


@workflow.defn
class MessageResend:
    """One mail, one more time; it outlives the journey, which may be over."""

    @workflow.run
    async def run(self, given: ResendMessage) -> Delivery:
        """Send, for as long as the mail server may be away.

        A person is told again when it is not known to have left.
        """
        policy = Policy()
        send = SendMessage(org_id=given.org_id, message_id=given.message_id)
        try:
            delivery = await ask_outside(
                NotifySteps.send_message, send, policy, "send a mail again"
            )
        except ActivityError:
            delivery = Delivery.failed
            if workflow.patched("given-up"):
                await _do(NotifySteps.give_up, send, policy, "give a mail up")
        if delivery is not Delivery.sent:
            task = OpenTask(
                org_id=given.org_id,
                application_id=given.application_id,
                kind="message_failed",
                key=f"{given.message_id}:{workflow.uuid4().hex[:8]}",
            )
            await _do(TaskSteps.open_task, task, policy, "open the task message_failed")
        return delivery


async def _do(
    step: Callable[[S, A], Coroutine[Any, Any, R]], arg: A, policy: Policy, summary: str
) -> R:
    return await workflow.execute_activity_method(
        step,
        arg,
        start_to_close_timeout=policy.step,
        heartbeat_timeout=policy.pulse,
        retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=30)),
        summary=summary,
    )
