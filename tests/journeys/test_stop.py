"""Whom the organisation interrupts is offered a person; their journey goes on from there."""

from contextlib import suppress
from uuid import UUID

from sqlalchemy import select

from interloop.db.tables import AuditEntry, Interview, InterviewState
from interloop.domain.errors import Conflict
from interloop.domain.stage import Outcome, Stage, WaitingOn
from tests.journeys.world import World, until


async def interrupted(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "meet_person")


async def test_a_stopped_interview_becomes_one_with_a_person(here: World) -> None:
    here.gateway.script = ["stopped"]
    await interrupted(here)
    row = await here.application()
    assert (row.outcome, row.waiting_on) == (Outcome.human_interview, WaitingOn.recruiter)
    assert row.due_at is not None
    assert await here.tasks() == ["human_interview"]
    async with here.services.db.read(here.org_id) as session:
        rounds = list(await session.scalars(select(Interview).order_by(Interview.attempt)))
        asked = await session.scalars(
            select(AuditEntry.actor_kind).where(AuditEntry.action == "person.requested")
        )
        assert list(asked) == ["system"]
    assert [(each.kind.value, each.state) for each in rounds] == [
        ("ai", InterviewState.cancelled),
        ("human", InterviewState.pending),
    ]


async def test_who_waits_for_a_slot_when_it_is_stopped_is_offered_a_person_too(
    here: World,
) -> None:
    here.gateway.refuses = "organization_stopped"
    await interrupted(here)
    assert here.gateway.held == []
    here.gateway.refuses = None
    held: list[UUID] = []

    async def is_invited() -> bool:
        # The row says so a moment before the journey is open to it.
        with suppress(Conflict):
            held.append(await here.invite())
        return bool(held)

    await until(is_invited)
    await here.stands_at(Stage.invited, "join")
    await here.join(held[0])
    await here.stands_at(Stage.in_review, "decide")
