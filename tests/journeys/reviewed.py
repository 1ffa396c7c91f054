"""A rejected candidate who may ask for a review, and a colleague who did not decide."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from temporalio.client import WorkflowHandle

from interloop.db.tables import (
    Decision,
    DecisionKind,
    HumanReview,
    JobMember,
    MessageKind,
    Task,
    User,
)
from interloop.domain.human_review import HumanReviewInput, ReviewAnswered, ReviewState, remind_at
from interloop.domain.ids import new_id
from interloop.domain.roles import Role
from interloop.domain.stage import Outcome, Stage
from interloop.security.sealing import KeyClass, place_of
from tests.journeys.world import QUICK, World
from workflows.human_review import HumanReview as HumanReviewWorkflow
from workflows.ids import review_id
from workflows.reviews import start_review, tell_review

Review = WorkflowHandle[HumanReviewWorkflow, ReviewState]
LONG = timedelta(days=14)


class Reviewed:
    """A rejected candidate who asked, and the colleague who did not decide."""

    def __init__(self, here: World, colleague: UUID) -> None:
        self.here, self.colleague = here, colleague
        self.review_id = new_id()

    async def ask(self, within: timedelta = LONG) -> HumanReviewInput:
        """Commit the wish, as the candidate's page does."""
        now = self.here.services.clock.now()
        async with self.here.services.db.read(self.here.org_id) as session:
            decision = (await session.scalars(select(Decision))).one()
        row = HumanReview(
            id=self.review_id,
            application_id=self.here.application_id,
            decision_id=decision.id,
            state=ReviewState.asked,
            answer_by=now + within,
        )
        await self.here.add(row)
        return HumanReviewInput(
            org_id=self.here.org_id,
            review_id=self.review_id,
            application_id=self.here.application_id,
            job_id=self.here.job_id,
            remind_at=remind_at(now, now + within),
            answer_by=now + within,
            policy=QUICK,
        )

    async def start(self, within: timedelta = LONG) -> Review:
        queue = self.here.services.settings.task_queue
        await start_review(self.here.client, await self.ask(within), task_queue=queue)
        return self.handle

    @property
    def handle(self) -> Review:
        return self.here.client.get_workflow_handle_for(
            HumanReviewWorkflow.run, review_id(self.review_id)
        )

    async def answer(self, state: ReviewState) -> None:
        """Commit an answer and tell the review, as the route does."""
        here = self.here
        box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.decision)
        async with here.services.db.session(here.org_id) as session:
            row = await session.get_one(HumanReview, self.review_id)
            row.state, row.answered_by = state, self.colleague
            place = place_of("human_review", "reason_sealed", row.id)
            row.reason_sealed = box.seal_text("I read all of it again.", place=place)
        said = ReviewAnswered(org_id=here.org_id, review_id=self.review_id)
        await tell_review(here.client, said)

    async def row(self) -> HumanReview:
        async with self.here.services.db.read(self.here.org_id) as session:
            return await session.get_one(HumanReview, self.review_id)

    async def tasks(self) -> list[Task]:
        async with self.here.services.db.read(self.here.org_id) as session:
            statement = select(Task).where(Task.kind == "human_review").order_by(Task.created_at)
            return list(await session.scalars(statement))


async def rejected(here: World) -> Reviewed:
    """Reject somebody from screening, in a team of two."""
    colleague = User(
        id=new_id(),
        email=f"{new_id()}@larkfield.example",
        name="Otto Blum",
        role=Role.hiring_manager,
        password_hash="x",
    )
    await here.add(colleague)
    await here.add(
        JobMember(id=new_id(), job_id=here.job_id, user_id=colleague.id, role=Role.hiring_manager)
    )
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.decide(await here.decision(DecisionKind.reject, message=MessageKind.rejection))
    assert await journey.result() is Outcome.rejected
    return Reviewed(here, colleague.id)
