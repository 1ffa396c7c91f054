"""Says where a journey stands, and sends its mails: what every part of the story does."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from interloop.domain.journey import NextStep
    from interloop.domain.stage import Actor, Stage, WaitingOn
    from interloop.domain.steps import Delivery, Move
    from interloop.domain.waiting import sentence
    from interloop.temporal.attributes import DUE_AT, OUTCOME, STAGE, WAITING_ON
    from workflows.steering import Steering


class Standing(Steering):
    """The row, the search attributes, one sentence; and the outbox."""

    async def _send(
        self,
        message_id: UUID,
        *,
        link_until: datetime | None = None,
        unless: Callable[[], bool] | None = None,
    ) -> bool:
        """Send a mail; tell whether it may have arrived. What is unsure goes to a person."""
        try:
            delivery = await self._steps.send(message_id, link_until=link_until, unless=unless)
        except ActivityError as failed:
            if is_cancelled_exception(failed) and unless is not None and unless():
                await self._steps.hold_back(message_id)
                return False
            await self._steps.give_up_mail(message_id)
            delivery = Delivery.failed
        if delivery is not Delivery.sent:
            await self._steps.open_task("message_failed", key=str(message_id))
        return delivery is not Delivery.failed

    async def _stand(  # noqa: PLR0913 - all that a row says of its standing
        self,
        stage: Stage,
        waiting_on: WaitingOn,
        step: NextStep,
        *,
        by: Actor = Actor.system,
        due_at: datetime | None = None,
        actor_id: UUID | None = None,
    ) -> None:
        """Write where the journey stands: the row, the search attributes, one sentence."""
        move = Move(
            org_id=self._given.org_id,
            application_id=self._given.application_id,
            there=stage,
            by=by,
            actor_id=actor_id,
            waiting_on=waiting_on,
            next_step=step,
            due_at=due_at,
            outcome=self._outcome,
        )
        await self._steps.move(move)
        self._stage = stage
        workflow.upsert_search_attributes(
            [
                STAGE.value_set(stage.value),
                WAITING_ON.value_set(waiting_on.value),
                DUE_AT.value_unset() if due_at is None else DUE_AT.value_set(due_at),
                OUTCOME.value_unset()
                if self._outcome is None
                else OUTCOME.value_set(self._outcome.value),
            ]
        )
        workflow.set_current_details(sentence(step, due_at))
