"""Who is away for hours is asked again, ever more seldom; people act meanwhile, and it heals."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from api.outbox import acts_of
from interloop.db.tables import DecisionKind, Mark, Message, MessageKind, MessageState
from interloop.domain.journey import Policy
from interloop.domain.stage import Outcome, Stage
from interloop.domain.steps import Delivery, ResendMessage
from tests.journeys.world import Journey, World, until, working, world
from tests.support.databases import DatabaseUrls
from workflows.ids import resend_id
from workflows.resend import MessageResend
from workflows.start import start_resend

LONG = timedelta(hours=6)
"""Long enough for the waits to have grown to the longest; each try of these costs a skip."""


@pytest.fixture
async def days(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[World]:
    """A world with the waits of production, whose time is moved."""
    async with world(skipping, database_urls) as here, working(here):
        here.policy = Policy(attempts=2, outage=2 * LONG)
        await here.settle()
        yield here


async def tries(journey: Journey) -> list[tuple[str, int, str]]:
    """Return what Temporal Web shows of the steps under way: name, tries, code of the failure."""
    shown = (await journey.describe()).raw_description.pending_activities
    return [
        (each.activity_type.name, each.attempt, each.last_failure.application_failure_info.type)
        for each in shown
    ]


async def invited(here: World) -> Journey:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    return journey


async def interviewed(here: World) -> Journey:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    return journey


async def marks(here: World) -> int:
    async with here.services.db.read(here.org_id) as session:
        return len((await session.scalars(select(Mark))).all())


async def test_a_mail_server_away_for_hours_gets_the_mail_afterwards(
    days: World, skipping: WorkflowEnvironment
) -> None:
    days.mailer.away = True
    journey = await invited(days)
    await skipping.fast_forward(journey, LONG)
    [(step, attempt, failure)] = await tries(journey)
    assert (step, failure) == ("send_message", "Unavailable")
    assert 20 < attempt < 40
    assert await days.tasks() == []
    days.mailer.away = False
    await skipping.fast_forward(journey, timedelta(hours=1))
    await days.stands_at(Stage.invited, "join")
    assert len(days.mailer.mails) == 1


async def test_a_mail_server_away_for_too_long_leaves_the_mail_to_a_person(
    days: World, skipping: WorkflowEnvironment
) -> None:
    journey = await days.start()
    await days.stands_at(Stage.screening, "invite")
    days.mailer.away = True
    await days.decide(await days.decision(DecisionKind.hire, message=MessageKind.offer))
    await days.stands_at(Stage.decided)
    await skipping.fast_forward(journey, 2.5 * LONG)
    assert await journey.result() is Outcome.hired
    row = await the_mail(days)
    assert (row.state, row.failure_code) == (MessageState.failed, "mail_away")
    assert await days.tasks() == ["message_failed"]
    assert acts_of(row) == ("send_again",), "it does not wait for ever on its way"
    # A person sends it again while the server is still away: that is waited for as well.
    async with days.services.db.session(days.org_id) as session:
        (await session.get_one(Message, row.id)).state = MessageState.pending
    given = ResendMessage(org_id=days.org_id, application_id=days.application_id, message_id=row.id)
    await start_resend(days.client, given, task_queue=days.services.settings.task_queue)
    again: WorkflowHandle[MessageResend, Delivery] = days.client.get_workflow_handle_for(
        MessageResend.run, resend_id(row.id)
    )
    await skipping.fast_forward(again, LONG)
    assert (await the_mail(days)).state is MessageState.pending
    days.mailer.away = False
    await skipping.fast_forward(again, timedelta(hours=1))
    assert await again.result() is Delivery.sent
    assert len(days.mailer.mails) == 1


async def the_mail(here: World) -> Message:
    async with here.services.db.read(here.org_id) as session:
        return (await session.scalars(select(Message))).one()


async def test_a_judge_away_for_hours_holds_nobody_up_and_marks_afterwards(
    days: World, skipping: WorkflowEnvironment
) -> None:
    days.judge.mode = "away"
    journey = await interviewed(days)
    assert await days.tasks() == ["not_scored", "review"]
    await skipping.fast_forward(journey, LONG)
    [(step, _, failure)] = await tries(journey)
    assert (step, failure) == ("judge_criterion", "Unavailable")
    days.judge.mode = "honest"
    await skipping.fast_forward(journey, timedelta(hours=1))

    async def is_marked() -> bool:
        return await days.tasks() == ["review"]

    await until(is_marked)
    assert await marks(days) == 2


async def test_who_decides_while_the_mail_server_is_away_is_not_held_up(here: World) -> None:
    here.mailer.away = True
    journey = await invited(here)

    async def is_tried() -> bool:
        return any(
            step == "send_message" and attempt > 1 for step, attempt, _ in await tries(journey)
        )

    await until(is_tried)
    await here.decide(await here.decision(DecisionKind.reject))
    assert await journey.result() is Outcome.rejected
    async with here.services.db.read(here.org_id) as session:
        message = (await session.scalars(select(Message))).one()
    assert (message.state.value, message.failure_code) == ("failed", "overtaken")
    assert here.mailer.mails == []


async def test_who_decides_while_the_judge_is_away_is_not_held_up(here: World) -> None:
    here.judge.mode = "away"
    journey = await interviewed(here)
    await here.decide(await here.decision(DecisionKind.hire))
    assert await journey.result() is Outcome.hired
    assert await marks(here) == 0


async def test_a_refusal_for_good_goes_to_a_person_and_is_not_repeated(here: World) -> None:
    here.judge.mode = "revoked"
    journey = await interviewed(here)
    assert await here.tasks() == ["not_scored", "review"]
    assert len(here.judge.asked) == 1
    assert await tries(journey) == []


async def test_the_wait_that_a_service_asks_for_is_kept(
    days: World, skipping: WorkflowEnvironment
) -> None:
    days.judge.mode = "busy"
    journey = await days.start()
    await days.stands_at(Stage.screening, "invite")
    interview_id = await days.invite()
    await days.stands_at(Stage.invited)
    await days.join(interview_id)

    async def is_waiting() -> bool:
        return [each[:2] for each in await tries(journey)] == [("judge_criterion", 2)]

    await until(is_waiting)
    shown = (await journey.describe()).raw_description.pending_activities[0]
    assert shown.current_retry_interval.seconds == 7 * 60
    await skipping.fast_forward(journey, timedelta(minutes=8))
    await days.stands_at(Stage.in_review, "decide")
    assert await marks(days) == 2
    # The journey's own clock: it may have been moved on while this test was not looking.
    assert await second_try_after(journey, "judge_criterion") >= timedelta(minutes=7)


async def second_try_after(journey: Journey, step: str) -> timedelta:
    """Return how long after it was asked for the first step of this name was tried again."""
    began: dict[int, datetime] = {}
    async for event in journey.fetch_history_events():
        at = event.event_time.ToDatetime()
        if event.activity_task_scheduled_event_attributes.activity_type.name == step:
            began[event.event_id] = at
        started = event.activity_task_started_event_attributes
        if started.attempt == 2 and started.scheduled_event_id in began:
            return at - began[started.scheduled_event_id]
    raise AssertionError("it was never tried again")
