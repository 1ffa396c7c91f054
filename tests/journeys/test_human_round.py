"""A scorecard that comes in the very moment it is looked for is heard, and nobody asks twice."""

from datetime import timedelta

from sqlalchemy import select
from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.appointments import AppointmentSteps
from activities.tasks import TaskSteps
from interloop.db.tables import Task, TaskKind
from interloop.domain.appointment import HasScorecard
from interloop.domain.ids import new_id
from interloop.domain.journey import MeetingInput, Policy, RoundEnd
from tests.journeys.world import World, world
from tests.support.databases import DatabaseUrls
from workflows.human_round import HumanRound
from workflows.ids import round_id

PATIENCE = timedelta(seconds=0.3)


async def tasks(here: World) -> list[Task]:
    async with here.services.db.read(here.org_id) as session:
        return list(await session.scalars(select(Task)))


async def test_a_scorecard_that_comes_while_it_is_looked_up_is_heard(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with world(temporal, database_urls) as here:
        await here.settle()
        here.policy = Policy(scorecard=PATIENCE)
        steps, interview_id = AppointmentSteps(here.services), new_id()
        handle: WorkflowHandle[HumanRound, RoundEnd] = here.client.get_workflow_handle_for(
            HumanRound.run, round_id(interview_id)
        )
        looked: list[bool] = []

        @activity.defn(name="has_scorecard")
        async def has_scorecard(asked: HasScorecard) -> bool:
            """Look it up; its word comes after that, and before the answer is known."""
            looked.append(await steps.has_scorecard(asked))
            await handle.signal(HumanRound.scorecard)
            # A round that did not hear it would ask for ever.
            return looked[-1] or len(looked) > 1

        rooms = TaskSteps(here.services)
        async with Worker(
            here.client,
            task_queue=here.services.settings.task_queue,
            workflows=[HumanRound],
            activities=[has_scorecard, rooms.open_task, rooms.settle_tasks],
        ):
            meeting = MeetingInput(
                journey=here.given,
                interview_id=interview_id,
                interviewer_id=here.user_id,
                ends_at=here.services.clock.now(),
            )
            await here.client.start_workflow(
                HumanRound.run,
                meeting,
                id=round_id(interview_id),
                task_queue=here.services.settings.task_queue,
                start_signal="came",
            )
            assert await handle.result() is RoundEnd.finished
        assert looked == [False], "it was not there yet, and nobody looked again"
        [asked] = await tasks(here)
        assert (asked.kind, asked.done_at is None) == (TaskKind.scorecard_due, False)
