"""Sends one mail again because a person said so; what becomes of it is told as ever."""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.notify import NotifySteps
    from activities.tasks import TaskSteps
    from interloop.domain.journey import Policy
    from interloop.domain.steps import Delivery, OpenTask, ResendMessage, SendMessage
    from workflows.outside import ask_outside
    from workflows.steps import again, run_step

_AGAIN = again(first=timedelta(seconds=1))


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
                await run_step(NotifySteps.give_up, send, policy, "give a mail up", retry=_AGAIN)
        if delivery is not Delivery.sent:
            task = OpenTask(
                org_id=given.org_id,
                application_id=given.application_id,
                kind="message_failed",
                key=f"{given.message_id}:{workflow.uuid4().hex[:8]}",
            )
            await run_step(
                TaskSteps.open_task, task, policy, "open the task message_failed", retry=_AGAIN
            )
        return delivery
