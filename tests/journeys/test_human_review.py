"""A rejected candidate may have another person look again; only a person's word ends that."""

from datetime import timedelta

import pytest

from interloop.db.tables import DecisionKind, MessageKind
from interloop.domain.human_review import ReviewState
from interloop.domain.stage import Outcome, Stage
from interloop.integrations.mail.port import MailOutcome
from tests.journeys.reviewed import Reviewed, rejected
from tests.journeys.world import World, until
from workflows.sweep import sweep


@pytest.fixture
async def case(here: World) -> Reviewed:
    return await rejected(here)


async def test_it_is_put_before_a_person_who_did_not_decide(case: Reviewed) -> None:
    await case.start()

    async def named() -> bool:
        return (await case.row()).assignee_id is not None

    await until(named)
    (task,) = await case.tasks()
    assert task.assignee_id == case.colleague != case.here.user_id
    await case.answer(ReviewState.upheld)
    assert await case.handle.result() is ReviewState.upheld


async def test_an_upheld_decision_stands_and_the_candidate_is_told(case: Reviewed) -> None:
    review = await case.start()
    await case.answer(ReviewState.upheld)
    assert await review.result() is ReviewState.upheld
    row = await case.here.application()
    assert (row.stage, row.outcome) == (Stage.closed, Outcome.rejected)
    told = [mail.text for mail in case.here.mailer.mails[1:]]
    assert "we have your request" in told[0]
    assert "stays as it was" in told[1]
    assert [task.done_at is not None for task in await case.tasks()] == [True]


async def test_a_reopened_application_is_in_review_again_and_can_be_decided(
    case: Reviewed,
) -> None:
    review = await case.start()
    await case.answer(ReviewState.reopened)
    await case.here.stands_at(Stage.in_review, "decide")
    assert await review.result() is ReviewState.reopened
    row = await case.here.application()
    assert row.outcome is None
    assert "goes on" in case.here.mailer.mails[-1].subject
    await case.here.decide(await case.here.decision(DecisionKind.hire, message=MessageKind.offer))
    assert await case.here.journey.result() is Outcome.hired


async def test_time_reminds_and_escalates_and_never_answers(case: Reviewed) -> None:
    await case.start(timedelta(seconds=2))

    async def escalated() -> bool:
        return (await case.row()).escalated_at is not None

    await until(escalated)
    row = await case.row()
    assert row.reminded_at is not None
    assert row.state is ReviewState.asked
    assert [task.key for task in await case.tasks()] == [str(row.id), f"{row.id}:late"]
    await case.answer(ReviewState.upheld)
    assert await case.handle.result() is ReviewState.upheld


async def test_a_wish_while_temporal_was_away_is_taken_up_by_the_sweep(case: Reviewed) -> None:
    await case.ask()
    assert await sweep(case.here.services, case.here.client) >= 1
    await case.answer(ReviewState.upheld)
    assert await case.handle.result() is ReviewState.upheld
    assert (await case.row()).run_id is not None


@pytest.mark.parametrize("outcome", [MailOutcome.refused, MailOutcome.ambiguous])
async def test_a_receipt_that_did_not_leave_for_sure_goes_to_a_person(
    case: Reviewed, outcome: MailOutcome
) -> None:
    case.here.mailer.outcomes = [outcome]
    await case.start()

    async def is_told() -> bool:
        return await case.here.tasks() == ["human_review", "message_failed"]

    await until(is_told)
    await case.answer(ReviewState.upheld)
    assert await case.handle.result() is ReviewState.upheld
    assert await case.here.tasks() == ["message_failed"]
