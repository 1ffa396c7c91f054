"""Every step may run twice, and every step refuses what makes no sense."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from activities.decision import DecisionSteps
from activities.errors import Border
from activities.interview import InterviewSteps
from activities.notify import NotifySteps
from activities.person import PersonSteps
from activities.score import ScoreSteps
from activities.screening import ScreeningSteps
from activities.stage import StageSteps
from activities.sweep import lost_applications
from activities.tasks import TaskSteps
from activities.transcript import hear
from interloop.db.scope import Database
from interloop.db.tables import (
    Application,
    AuditEntry,
    Base,
    Candidate,
    DecisionKind,
    Evidence,
    Interview,
    Mark,
    Message,
    MessageKind,
    MessageState,
    NameToken,
    PlanVersion,
    Task,
    TemplateVersion,
    Turn,
    VersionState,
)
from interloop.domain.errors import Conflict, NotFound, Unavailable
from interloop.domain.ids import new_id
from interloop.domain.journey import NextStep
from interloop.domain.stage import Actor, Stage, WaitingOn
from interloop.domain.steps import (
    ApplicationRef,
    CloseRound,
    JudgeCriterion,
    Move,
    OpenRound,
    OpenTask,
    ReadDecision,
    RequestPerson,
    SendMessage,
)
from interloop.domain.turn import Word
from interloop.security.sealing import KeyClass, blind_index, normal_email, place_of
from tests.journeys.world import EMAIL, NOW, World


async def count(here: World, kind: type[Base]) -> int:
    async with here.services.db.read(here.org_id) as session:
        return await session.scalar(select(func.count()).select_from(kind)) or 0


def ref(here: World) -> ApplicationRef:
    return ApplicationRef(org_id=here.org_id, application_id=here.application_id)


async def test_reading_a_resume_twice_learns_nothing_twice(here: World) -> None:
    steps = ScreeningSteps(here.services)
    first, second = await steps.read_resume(ref(here)), await steps.read_resume(ref(here))
    assert first == second
    assert await count(here, NameToken) == 2


async def test_an_address_that_another_candidate_has_is_not_given_to_two(here: World) -> None:
    index = blind_index(await here.services.keys.org_key(here.org_id), "email", normal_email(EMAIL))
    place = (await here.application()).job_id
    async with here.services.db.session(here.org_id) as session:
        known = await session.get_one(Candidate, here.candidate_id)
    await here.add(Candidate(id=new_id(), place=known.place, email_index=index))
    assert place == here.job_id
    screened = await ScreeningSteps(here.services).read_resume(ref(here))
    assert (screened.readable, screened.reachable) == (True, False)


async def test_there_is_nothing_to_rate_without_a_read_resume(here: World) -> None:
    steps = ScreeningSteps(here.services)
    assert await steps.rate_match(ref(here)) is False
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Application).values(resume_id=None))
    assert await steps.rate_match(ref(here)) is False
    assert (await steps.read_resume(ref(here))).readable is False


async def test_moving_twice_is_one_move(here: World) -> None:
    move = Move(
        org_id=here.org_id,
        application_id=here.application_id,
        there=Stage.invited,
        by=Actor.system,
        waiting_on=WaitingOn.candidate,
        next_step=NextStep.joining,
    )
    for _ in range(2):
        await StageSteps(here.services).move_stage(move)
    assert await count(here, AuditEntry) == 1
    back = move.model_copy(update={"there": Stage.screening})
    with pytest.raises(Conflict):
        await StageSteps(here.services).move_stage(back)


async def test_opening_a_task_twice_is_one_task(here: World) -> None:
    task = OpenTask(org_id=here.org_id, application_id=here.application_id, kind="review")
    steps = TaskSteps(here.services)
    assert await steps.open_task(task) == await steps.open_task(task)
    assert await count(here, Task) == 1


async def make_interview(here: World, state: str = "pending") -> UUID:
    row = Interview(
        id=new_id(),
        application_id=here.application_id,
        kind="ai",
        state=state,
        plan_version_id=here.plan_id,
        rubric_version_id=here.rubric_id,
        persona_version_id=here.persona_id,
    )
    await here.add(row)
    return row.id


async def test_opening_and_closing_a_round_twice_changes_it_once(here: World) -> None:
    interview_id = await make_interview(here)
    steps = InterviewSteps(here.services)
    opening = OpenRound(org_id=here.org_id, interview_id=interview_id, open_until=NOW)
    closing = CloseRound(org_id=here.org_id, interview_id=interview_id, finished=False)
    for _ in range(2):
        await steps.open_round(opening)
    for _ in range(2):
        await steps.close_round(closing)
    async with here.services.db.read(here.org_id) as session:
        row = await session.get_one(Interview, interview_id)
    assert (row.state, row.epoch) == ("cancelled", 1)
    assert await count(here, AuditEntry) == 2


async def test_applying_a_decision_twice_writes_it_once(here: World) -> None:
    wanted = ReadDecision(
        org_id=here.org_id,
        application_id=here.application_id,
        decision_id=await here.decision(DecisionKind.hire),
        actor_id=here.user_id,
    )
    steps = DecisionSteps(here.services)
    with pytest.raises(NotFound):
        await steps.read_decision(wanted.model_copy(update={"application_id": new_id()}))
    for _ in range(2):
        await steps.mark_applied(wanted)
    assert await count(here, AuditEntry) == 1


async def test_a_draft_does_not_leave(here: World) -> None:
    message_id = await here.message(MessageKind.offer)
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Message).values(state="draft"))
    with pytest.raises(Conflict):
        await NotifySteps(here.services).send_message(
            SendMessage(org_id=here.org_id, message_id=message_id)
        )


async def test_a_mail_that_was_sent_is_not_sent_again(here: World) -> None:
    async with here.services.db.session(here.org_id) as session:
        await here.know_address(session)
    send = SendMessage(org_id=here.org_id, message_id=await here.message(MessageKind.offer))
    for _ in range(2):
        await NotifySteps(here.services).send_message(send)
    assert len(here.mailer.mails) == 1


@pytest.mark.parametrize(
    ("found", "left"),
    [
        (MessageState.pending, MessageState.failed),
        (MessageState.sending, MessageState.ambiguous),
        (MessageState.sent, MessageState.sent),
        (MessageState.ambiguous, MessageState.ambiguous),
    ],
)
async def test_a_mail_that_nobody_tries_any_more_stands_where_a_person_can_act(
    here: World, found: MessageState, left: MessageState
) -> None:
    steps = NotifySteps(here.services)
    for give_up, code in ((steps.hold_back, "overtaken"), (steps.give_up, "mail_away")):
        message_id = await here.message(MessageKind.offer)
        async with here.services.db.session(here.org_id) as session:
            (await session.get_one(Message, message_id)).state = found
        for _ in range(2):
            await give_up(SendMessage(org_id=here.org_id, message_id=message_id))
        async with here.services.db.read(here.org_id) as session:
            row = await session.get_one(Message, message_id)
        assert row.state is left
        if left is MessageState.failed:
            assert row.failure_code == code
    assert here.mailer.mails == []


async def test_asking_for_a_person_twice_opens_one_interview_and_one_mail(here: World) -> None:
    async with here.services.db.session(here.org_id) as session:
        await here.know_address(session)
    request = RequestPerson(**ref(here).model_dump(), due_at=NOW + timedelta(days=5))
    steps = PersonSteps(here.services)
    first, second = await steps.request_person(request), await steps.request_person(request)
    assert first == second
    assert first.message_id is not None
    assert (await count(here, Interview), await count(here, Message)) == (1, 1)


async def test_who_has_no_address_still_gets_a_person(here: World) -> None:
    request = RequestPerson(**ref(here).model_dump(), due_at=NOW)
    assert (await PersonSteps(here.services).request_person(request)).message_id is None
    assert await count(here, Interview) == 1


async def test_the_organisations_own_template_beats_the_default(here: World) -> None:
    async with here.services.db.session(here.org_id) as session:
        await here.know_address(session)
    await here.add(
        TemplateVersion(
            name="human_interview",
            language="en",
            version=1,
            subject="Ours",
            text="{{ contact_name }} calls you.",
            html="",
        )
    )
    request = RequestPerson(**ref(here).model_dump(), due_at=NOW)
    made = await PersonSteps(here.services).request_person(request)
    assert made.message_id is not None
    await NotifySteps(here.services).send_message(
        SendMessage(org_id=here.org_id, message_id=made.message_id)
    )
    assert [(mail.subject, mail.text) for mail in here.mailer.mails] == [
        ("Ours", "Ines Recruiter calls you.")
    ]


async def test_without_a_published_plan_there_is_nothing_to_talk_about(here: World) -> None:
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(PlanVersion).values(state=VersionState.draft))
    with pytest.raises(Conflict):
        await PersonSteps(here.services).request_person(
            RequestPerson(**ref(here).model_dump(), due_at=NOW)
        )


async def said(here: World, text: str, words: tuple[Word, ...] = ()) -> UUID:
    interview_id = await make_interview(here, "finished")
    turn = Turn(
        id=new_id(),
        interview_id=interview_id,
        seq=1,
        speaker="candidate",
        source="voice",
        state="committed",
        start_ms=0,
        end_ms=9000,
        epoch=1,
    )
    box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.transcript)
    turn.text_sealed = box.seal_text(text, place=place_of("turn", "text_sealed", turn.id))
    listed = "[" + ",".join(word.model_dump_json() for word in words) + "]"
    turn.words_sealed = box.seal_text(listed, place=place_of("turn", "words_sealed", turn.id))
    await here.add(turn)
    return interview_id


async def test_judging_twice_is_one_mark_with_the_words_own_times(here: World) -> None:
    words = ("well", "ignored", "slow", "query")
    heard = tuple(
        Word(text=word, start_ms=1000 * n, end_ms=1000 * n + 500, confidence=1)
        for n, word in enumerate(words)
    )
    interview_id = await said(here, "Well slow query.", heard)
    task = JudgeCriterion(org_id=here.org_id, interview_id=interview_id, criterion_id="depth")
    for _ in range(2):
        await ScoreSteps(here.services).judge_criterion(task)
    assert len(here.judge.asked) == 3
    assert await count(here, Mark) == 1
    async with here.services.db.read(here.org_id) as session:
        place = (await session.execute(select(Evidence))).scalar_one()
    assert (place.start_ms, place.end_ms) == (2000, 3500)


async def test_an_empty_turn_is_no_evidence(here: World) -> None:
    interview_id = await said(here, "  ")
    async with here.services.db.read(here.org_id) as session:
        interview = await session.get_one(Interview, interview_id)
        assert (await hear(here.services, session, interview)).turns == ()


async def test_a_row_of_another_organisation_is_not_there(here: World) -> None:
    foreign = OpenTask(org_id=new_id(), application_id=here.application_id, kind="review")
    with pytest.raises(NotFound):
        await TaskSteps(here.services).open_task(foreign)


async def test_a_database_that_is_away_stops_the_sweep_with_a_code(here: World) -> None:
    gone = Database("sqlite+aiosqlite:////proc/nowhere/interloop.db")
    with pytest.raises(Unavailable):
        await lost_applications(replace(here.services, db=gone))
    await gone.close()


class _Broken(ActivityInboundInterceptor):
    def __init__(self) -> None:
        """There is no next."""

    async def execute_activity(self, input: ExecuteActivityInput) -> None:  # noqa: A002 - the SDK's name
        raise OperationalError("select 'Wilhelmina'", {"name": "Wilhelmina"}, Exception("gone"))


async def test_a_database_error_crosses_the_border_without_its_values(here: World) -> None:
    border = Border().intercept_activity(_Broken())
    nothing = ExecuteActivityInput(fn=print, args=(), executor=None, headers={})
    with pytest.raises(ApplicationError) as crossed:
        await border.execute_activity(nothing)
    assert crossed.value.type == "Unavailable"
    assert not crossed.value.non_retryable
    assert "Wilhelmina" not in str(crossed.value)
    assert crossed.value.__suppress_context__
