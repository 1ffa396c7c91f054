"""Sends one mail again because a person said so; what becomes of it is told as ever."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.notify import NotifySteps
    from activities.tasks import TaskSteps
    from interloop.domain.journey import Policy
    from interloop.domain.steps import Delivery, OpenTask, ResendMessage, SendMessage


@workflow.defn
class MessageResend:
    """One mail, one more time; it outlives the journey, which may be over."""

    @workflow.run
    async def run(self, given: ResendMessage) -> Delivery:
        """Send; a person is told again when it is not known to have left."""
        policy = Policy()
        try:
            delivery = await workflow.execute_activity_method(
                NotifySteps.send_message,
                SendMessage(org_id=given.org_id, message_id=given.message_id),
                start_to_close_timeout=policy.step,
                heartbeat_timeout=policy.pulse,
                retry_policy=RetryPolicy(maximum_attempts=policy.attempts),
                summary="send a mail again",
            )
        except ActivityError:
            delivery = Delivery.failed
        if delivery is not Delivery.sent:
            await workflow.execute_activity_method(
                TaskSteps.open_task,
                OpenTask(
                    org_id=given.org_id,
                    application_id=given.application_id,
                    kind="message_failed",
                    key=f"{given.message_id}:{workflow.uuid4().hex[:8]}",
                ),
                start_to_close_timeout=policy.step,
                heartbeat_timeout=policy.pulse,
                retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=30)),
                summary="open the task message_failed",
            )
        return delivery
