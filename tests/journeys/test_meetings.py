"""A round with a person is a round like any other: a time, a meeting, the same scorecard."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import (
    Appointment,
    DecisionKind,
    Interview,
    InterviewState,
    JobMember,
    Mark,
    Task,
    TaskKind,
)
from interloop.domain.appointment import AppointmentState
from interloop.domain.errors import Conflict
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.stage import Outcome, Stage, WaitingOn
from tests.journeys.timing import Timed, timed
from tests.journeys.world import until
from tests.support.databases import DatabaseUrls

booked, missed = AppointmentState.booked, AppointmentState.missed
cancelled, kept = AppointmentState.cancelled, AppointmentState.kept
PROPOSING = JobPolicy(way=Way.system_proposes)


@pytest.fixture
async def road(skipping: WorkflowEnvironment, database_urls: DatabaseUrls) -> AsyncIterator[Timed]:
    async with timed(skipping, database_urls) as opened:
        yield opened


async def test_a_person_meets_the_candidate_says_so_and_fills_in_the_scorecard(
    road: Timed,
) -> None:
    await road.invited(person=True)
    assert (await road.here.application()).next_step == "choose_time"
    at = await road.first_time()
    await road.book(at)
    await road.here.stands_at(Stage.scheduled, "attend")
    row = (await road.appointments())[0]
    assert row.interviewer_id in road.interviewer_ids
    with pytest.raises(Conflict) as refused:
        await road.report(came=True)
    assert refused.value.code == "no_meeting"
    await road.meeting_begins(at)
    await road.report(came=True)
    await road.here.stands_at(Stage.scoring, "scorecard")
    with pytest.raises(Conflict) as refused:
        await road.report(came=False)
    assert refused.value.code == "reported_already"
    await road.report(came=True)
    await road.scorecard()
    await road.here.stands_at(Stage.in_review, "decide")
    assert await road.states() == [kept]
    async with road.here.services.db.read(road.here.org_id) as session:
        interview = await session.get_one(Interview, road.interview_id)
        marks = (await session.execute(select(Mark))).scalars().all()
    assert interview.state is InterviewState.finished
    assert interview.assignee_id == row.interviewer_id
    assert marks == [], "no machine marks what a person held"
    assert road.here.gateway.held == []
    assert "review" in await road.here.tasks()


async def test_an_interviewer_who_says_nothing_is_asked_then_somebody_else(road: Timed) -> None:
    await road.invited(person=True)
    at = await road.first_time()
    await road.book(at)
    await road.meeting_begins(at)
    row = (await road.appointments())[0]
    await road.skip_meeting(timedelta(hours=1))
    await is_asked(road, TaskKind.report_interview, row.interviewer_id)
    await road.skip_meeting(timedelta(days=2))
    await is_asked(road, TaskKind.report_interview, row.interviewer_id, road.here.user_id)
    await road.report(came=True)
    await road.here.stands_at(Stage.scoring, "scorecard")
    await is_asked(road, TaskKind.scorecard_due, row.interviewer_id)
    await is_asked(road, TaskKind.report_interview)
    await road.skip_meeting(timedelta(days=2, hours=1))
    await is_asked(road, TaskKind.scorecard_due, row.interviewer_id, road.here.user_id)
    assert (await road.here.application()).outcome is None
    await road.scorecard()
    await road.here.stands_at(Stage.in_review, "decide")
    await is_asked(road, TaskKind.scorecard_due)


async def test_nobody_came_and_another_date_is_offered(road: Timed) -> None:
    await road.invited(person=True)
    at = await road.first_time()
    await road.book(at)
    await road.meeting_begins(at)
    await road.report(came=False)
    await road.here.stands_at(Stage.invited, "choose_time")
    assert await road.states() == [missed]
    assert "no_show" in await road.here.tasks()
    await road.mailed_last("missed_time")
    again = await road.first_time(after=timedelta(hours=1))
    await road.book(again)
    await road.meeting_begins(again)


async def test_a_person_who_was_asked_for_can_be_given_a_time_at_once(road: Timed) -> None:
    await road.invited()
    await road.here.ask_for_person()
    await road.here.stands_at(Stage.in_review, "meet_person")
    async with road.here.services.db.read(road.here.org_id) as session:
        rows = await session.scalars(select(Interview).order_by(Interview.attempt.desc()))
        row = rows.first()
    assert row is not None
    road.interview_id = row.id
    at = await road.first_time()
    await road.book(at, by_staff=True)
    await road.here.stands_at(Stage.scheduled, "attend")
    assert "human_interview" not in await road.here.tasks()
    await road.meeting_begins(at)
    await road.report(came=True)
    await road.scorecard()
    await road.here.stands_at(Stage.in_review, "decide")


async def test_the_system_proposes_and_proposes_another_when_declined(road: Timed) -> None:
    await road.invited(PROPOSING, person=True)
    await road.mailed("invite", "proposed_time")
    first = await proposed(road)
    await road.give_up()
    await road.mailed("invite", "proposed_time", "proposed_time")
    second = await proposed(road)
    assert second.starts_at > first.starts_at
    await road.confirm(second.id)
    await road.here.stands_at(Stage.scheduled, "attend")
    assert await road.states() == [booked]
    await road.give_up(by_staff=True)
    # What staff give up is proposed anew; after three that did not suit a person looks.
    await road.mailed(
        *("invite", "proposed_time", "proposed_time", "booked"),
        *("cancelled_time", "proposed_time"),
    )
    await road.give_up()

    async def looked_at() -> bool:
        return "no_time" in await road.here.tasks()

    await until(looked_at)
    # Whoever looked may still have one proposed; once a time stands nobody need look any more.
    await road.propose_again()

    async def settled() -> bool:
        return "no_time" not in await road.here.tasks()

    await until(settled)
    with pytest.raises(Conflict) as refused:
        await road.propose_again()
    assert refused.value.code == "time_stands"
    await road.give_up()
    await until(looked_at)
    await road.book(await road.first_time(after=timedelta(days=1)))
    await road.here.stands_at(Stage.scheduled, "attend")
    assert "no_time" not in await road.here.tasks()


async def test_nothing_is_proposed_where_nobody_can_be_met(
    road: Timed,
) -> None:
    async with road.here.services.db.session(road.here.org_id) as session:
        await session.execute(update(JobMember).values(interviews=False))
    await road.invited(PROPOSING, person=True)

    async def looked_at() -> bool:
        return "no_time" in await road.here.tasks()

    await until(looked_at)
    with pytest.raises(Conflict) as refused:
        await road.propose_again()
    assert refused.value.code == "no_time_found"
    assert (await road.here.tasks()).count("no_time") == 1


async def test_where_candidates_choose_nothing_is_proposed(road: Timed) -> None:
    await road.invited(person=True)
    with pytest.raises(Conflict) as refused:
        await road.propose_again()
    assert refused.value.code == "not_proposing"


async def test_a_proposal_without_an_answer_is_given_back(road: Timed) -> None:
    await road.invited(PROPOSING, person=True)
    await road.mailed("invite", "proposed_time")
    held = await proposed(road)
    assert held.hold_until is not None
    await road.skip_to(held.hold_until + timedelta(minutes=1))

    async def given_back() -> bool:
        async with road.here.services.db.read(road.here.org_id) as session:
            row = await session.get_one(type(held), held.id)
        return row.state is cancelled

    await until(given_back)
    assert (await road.here.application()).waiting_on is WaitingOn.candidate


async def test_when_the_interviewer_cannot_come_another_one_does(road: Timed) -> None:
    await road.invited(PROPOSING, person=True)
    await road.mailed("invite", "proposed_time")
    held = await proposed(road)
    await road.confirm(held.id)
    await road.here.stands_at(Stage.scheduled, "attend")
    before = (await road.appointments())[0]
    await road.find_another()
    await road.mailed_last("rescheduled")
    after = (await road.appointments())[0]
    assert (after.id, after.starts_at) == (before.id, before.starts_at)
    assert (after.sequence, after.changes) == (before.sequence + 1, 0)
    assert {before.interviewer_id, after.interviewer_id} == set(road.interviewer_ids)


async def test_where_candidates_choose_they_choose_anew(road: Timed) -> None:
    await road.invited(person=True)
    await road.book(await road.first_time())
    await road.here.stands_at(Stage.scheduled, "attend")
    await road.find_another()
    await road.here.stands_at(Stage.invited, "choose_time")
    await road.mailed_last("cancelled_time")
    assert (await road.appointments())[0].changes == 0


async def test_a_second_round_is_held_after_the_first_advanced(road: Timed) -> None:
    interview_id = await road.invited()
    await road.here.join(interview_id)
    await road.here.stands_at(Stage.in_review, "decide")
    await road.here.decide(await road.here.decision(DecisionKind.advance))
    await road.here.stands_at(Stage.decided, "invite")
    await road.invite(person=True)
    at = await road.first_time()
    await road.book(at)
    await road.meeting_begins(at)
    # Who decides need not wait for anybody's scorecard.
    await road.report(came=True)
    await road.here.stands_at(Stage.scoring, "scorecard")
    await road.here.decide(await road.here.decision(DecisionKind.hire))
    assert await road.journey.result() is Outcome.hired
    assert await road.here.tasks() == []


async def proposed(road: Timed) -> Appointment:
    async with road.here.services.db.read(road.here.org_id) as session:
        rows = await session.scalars(
            select(Appointment).where(Appointment.state == AppointmentState.held)
        )
        return rows.one()


async def is_asked(road: Timed, kind: TaskKind, *whom: UUID | None) -> None:
    """Wait until open tasks of this kind stand before exactly these, oldest first."""

    async def there() -> bool:
        async with road.here.services.db.read(road.here.org_id) as session:
            statement = (
                select(Task.assignee_id)
                .where(Task.kind == kind, Task.done_at.is_(None))
                .order_by(Task.created_at, Task.id)
            )
            return list((await session.execute(statement)).scalars()) == list(whom)

    await until(there)
