"""Nobody is closed by a clock, and nothing waits for ever without a person knowing."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from interloop.db.tables import DecisionKind, PlanVersion
from interloop.domain.errors import Conflict, Gone
from interloop.domain.journey import ContactGiven, Policy
from interloop.domain.stage import Outcome, Stage, WaitingOn
from interloop.security.sealing import KeyClass, place_of
from tests.journeys.world import QUICK, World, until, working, world
from tests.support.databases import DatabaseUrls
from workflows.journey import CandidateJourney
from workflows.steer import steer


async def test_an_invitation_that_expires_closes_nobody(
    skipping: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with world(skipping, database_urls) as here, working(here):
        here.policy = Policy()
        await here.settle()
        journey = await here.start()
        await here.stands_at(Stage.screening, "invite")
        await here.invite()
        await here.stands_at(Stage.invited, "join")
        await skipping.fast_forward(journey, timedelta(days=14, minutes=1))
        await here.stands_at(Stage.invited, "follow_up_expired")
        row = await here.application()
        assert (row.outcome, row.waiting_on) == (None, WaitingOn.recruiter)
        assert await here.tasks() == ["expired_invitation"]
        assert (await journey.describe()).status is WorkflowExecutionStatus.RUNNING


async def test_an_expired_invitation_lets_nobody_in_until_the_next_one(here: World) -> None:
    here.policy = QUICK.model_copy(update={"invitation": timedelta(seconds=2)})
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    late = await here.invite()
    await here.stands_at(Stage.invited, "follow_up_expired")
    with pytest.raises(Gone):
        await here.join(late)
    await here.invite()
    await here.stands_at(Stage.invited, "join")
    assert "expired_invitation" not in await here.tasks()


async def test_a_second_invitation_replaces_the_first(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    first = await here.invite()
    await here.stands_at(Stage.invited)
    second = await here.invite()
    with pytest.raises(Gone):
        await here.join(first)
    await here.stands_at(Stage.invited)
    here.gateway.script = ["talking"]
    await joins(here, second)
    await here.stands_at(Stage.interviewing)
    with pytest.raises(Conflict):
        await here.invite()


async def joins(here: World, interview_id: UUID) -> None:
    """Join as soon as the mail is out."""

    async def came() -> bool:
        try:
            await here.join(interview_id)
        except Gone:
            return False
        return True

    await until(came)


async def test_a_resume_without_an_address_waits_for_a_person_to_give_one(here: World) -> None:
    await change_resume(here, "Wilhelmina Quillfeather\n\nBuilt things in Python since 2015.\n")
    await here.start()
    await here.stands_at(Stage.screening, "give_contact")
    assert await here.tasks() == ["missing_email"]
    with pytest.raises(Conflict) as refused:
        await here.invite()
    assert refused.value.code == "no_email"
    await give_address(here)
    assert await here.tasks() == []
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited)


async def test_an_unreadable_resume_is_put_before_a_person(here: World) -> None:
    await change_resume(here, "   ")
    await here.start()
    await here.stands_at(Stage.screening, "give_contact")
    assert await here.tasks() == ["missing_email", "unreadable_resume"]


async def test_a_resume_whose_file_is_gone_is_put_before_a_person(here: World) -> None:
    await here.services.storage.delete(f"resumes/{here.org_id}/{await resume_id(here)}")
    await here.start()
    await here.stands_at(Stage.screening, "give_contact")
    assert await here.tasks() == ["missing_email", "unreadable_resume"]


async def test_who_asks_for_a_person_gets_one_with_a_deadline(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    here.gateway.script = ["talking"]
    await here.join(interview_id)
    await here.stands_at(Stage.interviewing)
    await here.ask_for_person()
    await here.stands_at(Stage.in_review, "meet_person")
    await here.ask_for_person()
    row = await here.application()
    assert row.outcome is Outcome.human_interview
    assert row.waiting_on is WaitingOn.recruiter
    assert row.due_at is not None
    assert await here.tasks() == ["human_interview"]

    async def is_confirmed() -> bool:
        return len(here.mailer.mails) == 2

    # Where they stand is written first: a mail server may be away for days.
    await until(is_confirmed)
    assert [mail.subject for mail in here.mailer.mails][1:] == [
        "You will speak with a person about Payments engineer"
    ]
    await here.decide(await here.decision(DecisionKind.hire))
    assert await here.journey.result() is Outcome.hired
    assert await here.tasks() == []


async def test_a_person_may_be_asked_for_as_soon_as_the_mail_is_there(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    here.mailer.meanwhile = here.ask_for_person
    await here.invite()
    await here.stands_at(Stage.in_review, "meet_person")
    assert await here.tasks() == ["human_interview"]


async def test_a_promised_person_who_does_not_come_is_escalated(here: World) -> None:
    here.policy = QUICK.model_copy(update={"human_interview": timedelta(seconds=1)})
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited)
    await here.ask_for_person()

    async def escalated() -> bool:
        return await here.tasks() == ["human_interview", "human_interview"]

    await until(escalated)
    assert (await here.application()).stage is Stage.in_review


async def test_nobody_asks_for_a_person_before_there_is_an_invitation(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    with pytest.raises(Conflict):
        await here.ask_for_person()


async def test_an_address_typed_later_changes_nothing_for_who_was_invited(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited, "join")
    await give_address(here)
    await here.ask_for_person()
    await here.stands_at(Stage.in_review, "meet_person")
    await give_address(here)
    assert (await here.application()).next_step == "meet_person"


async def test_a_person_is_promised_also_where_nobody_planned_one(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.stands_at(Stage.invited, "join")
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(PlanVersion).values(state="draft"))
    await here.ask_for_person()
    await here.stands_at(Stage.in_review, "meet_person")
    assert await here.tasks() == ["human_interview"]


async def change_resume(here: World, text: str) -> None:
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.identity)
    found = await resume_id(here)
    sealed = box.seal(text.encode(), place=place_of("resume", "object", found))
    await here.services.storage.put(f"resumes/{here.org_id}/{found}", sealed)


async def resume_id(here: World) -> UUID:
    found = (await here.application()).resume_id
    assert found is not None
    return found


async def give_address(here: World) -> None:
    async with here.services.db.session(here.org_id) as session:
        await here.know_address(session)
    given = ContactGiven(org_id=here.org_id, actor_id=here.user_id)
    await steer(here.client, here.application_id, CandidateJourney.contact_given, given)
