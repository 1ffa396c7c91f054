"""The ways through a journey that golden histories keep; new ones are added, old ones stay."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from interloop.db.tables import (
    Appointment,
    DecisionKind,
    JobMember,
    MessageKind,
    Recording,
    RecordingExport,
    RecordingState,
)
from interloop.domain.errors import Conflict
from interloop.domain.human_review import ReviewState
from interloop.domain.ids import new_id
from interloop.domain.job_policy import JobPolicy, Way
from interloop.domain.recording import ExportFormat, ExportInput, ExportState
from interloop.domain.stage import Stage
from interloop.integrations.mail.port import MailOutcome
from interloop.security.sealed_file import seal_file
from interloop.security.sealing import KeyClass, place_of
from tests.journeys.reviewed import rejected
from tests.journeys.timing import Timed, with_pool
from tests.journeys.world import QUICK, World, until
from tests.support.clock import FollowingClock
from tests.support.film import mixed, voice
from workflows.ids import export_id
from workflows.start import start_export

Path = Callable[[World], Awaitable[UUID | None]]


async def hired_after_an_interview(here: World) -> UUID:
    """The whole way, with a gateway that is lost and one that drains."""
    here.gateway.script = ["lost", "drained"]
    interview_id = await _invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    return interview_id


async def rejected_from_screening(here: World) -> None:
    """Nobody was invited; a person said no."""
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.decide(await here.decision(DecisionKind.reject, message=MessageKind.rejection))


async def expired_then_withdrawn(here: World) -> None:
    """The invitation ended unused, was repeated, and the candidate left."""
    here.policy = QUICK.model_copy(update={"invitation": timedelta(seconds=2)})
    await _invited(here)
    await here.stands_at(Stage.invited, "follow_up_expired")
    await here.invite()
    await here.stands_at(Stage.invited, "join")
    await here.withdraw()


async def met_a_person(here: World) -> UUID:
    """The candidate asked for a person in the middle of a call and was advanced, then hired."""
    here.gateway.script = ["talking"]
    interview_id = await _invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.interviewing)
    await here.ask_for_person()
    await here.stands_at(Stage.in_review, "meet_person")
    await here.decide(await here.decision(DecisionKind.advance, message=MessageKind.advance))
    await here.stands_at(Stage.decided, "invite")
    hire = await here.decision(DecisionKind.hire, message=MessageKind.offer)

    async def decided() -> bool:
        # The first decision is still being told to the candidate for a moment.
        try:
            await here.decide(hire)
        except Conflict:
            return False
        return True

    await until(decided)
    return interview_id


async def stopped_then_hired(here: World) -> UUID:
    """The organisation stopped all interviews in the middle of a call; a person took over."""
    here.gateway.script = ["stopped"]
    interview_id = await _invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "meet_person")
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    return interview_id


async def judged_after_an_outage(here: World) -> UUID:
    """The judge was away at first; marks came while a person could have decided."""
    here.judge.mode = "away"
    interview_id = await _invited(here)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    here.judge.mode = "honest"

    async def judged() -> bool:
        return await here.tasks() == ["review"]

    await until(judged)
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    return interview_id


async def rejected_while_the_mail_waits(here: World) -> None:
    """The mail server was away, and a person did not wait for it."""
    here.mailer.away = True
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()
    await here.decide(await here.decision(DecisionKind.reject))


async def mail_given_up_then_rejected(here: World) -> None:
    """The mail server stayed away for longer than anybody waits; the mail went to a person."""
    here.mailer.away = True
    here.policy = QUICK.model_copy(update={"outage": timedelta(seconds=1)})
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()

    async def told() -> bool:
        return "message_failed" in await here.tasks()

    await until(told)
    await here.stands_at(Stage.screening, "invite")
    await here.decide(await here.decision(DecisionKind.reject))


async def moved_a_time_then_withdrew(here: World) -> None:
    """A time was chosen, moved, given up and chosen again before the candidate left."""
    road = await with_pool(here, None, FollowingClock())
    await road.invited(JobPolicy(way=Way.slots))
    await road.book(await road.first_time(after=timedelta(days=1)))
    await here.stands_at(Stage.scheduled)
    await road.book(await road.first_time(after=timedelta(days=2)), by_staff=True)
    await road.give_up()
    await here.stands_at(Stage.invited)
    await road.book(await road.first_time(after=timedelta(days=1)))
    await road.mailed("invite", "booked", "rescheduled", "cancelled_time", "booked")
    await here.withdraw()


async def was_met_at_a_time(here: World) -> UUID:
    """A person held the round at a time that staff gave, and filled in the scorecard."""
    road = await with_pool(here, None, FollowingClock())
    await road.invited(person=True)
    await _met_at_once(road)
    await road.report(came=True)
    await here.stands_at(Stage.scoring, "scorecard")
    await road.scorecard()
    await here.stands_at(Stage.in_review, "decide")
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    return road.interview_id


async def missed_a_meeting_then_withdrew(here: World) -> UUID:
    """Nobody came to the meeting; another date was offered, and the candidate left."""
    road = await with_pool(here, None, FollowingClock())
    await road.invited(person=True)
    await _met_at_once(road)
    await road.report(came=False)
    await here.stands_at(Stage.invited, "choose_time")
    await road.mailed_last("missed_time")
    await here.withdraw()
    return road.interview_id


async def declined_a_proposal_then_withdrew(here: World) -> None:
    """The system proposed a time, another one when that was declined, and the candidate left."""
    road = await with_pool(here, None, FollowingClock())
    await road.invited(JobPolicy(way=Way.system_proposes), person=True)
    await road.mailed("invite", "proposed_time")
    await road.give_up()
    await road.mailed("invite", "proposed_time", "proposed_time")
    await here.withdraw()


async def proposed_after_nobody_could_be_met(here: World) -> None:
    """No interviewer had a time; a person had one proposed once they did, and it was taken."""
    road = await with_pool(here, None, FollowingClock())
    await _interviewing(here, on=False)
    await road.invited(JobPolicy(way=Way.system_proposes), person=True)

    async def told() -> bool:
        return "no_time" in await here.tasks()

    await until(told)
    await _interviewing(here, on=True)
    await road.propose_again()
    await road.mailed("invite", "proposed_time")
    async with here.services.db.read(here.org_id) as session:
        held = (await session.scalars(select(Appointment))).one()
    await road.confirm(held.id)
    await road.mailed("invite", "proposed_time", "booked")
    await here.withdraw()


async def _interviewing(here: World, *, on: bool) -> None:
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(JobMember).values(interviews=on))


async def _met_at_once(road: Timed) -> None:
    at = road.clock.now() + timedelta(seconds=1)
    held = await road.hold(at, by_staff=True, whom=road.interviewer_ids[0])
    await road.confirm(held, by_staff=True)
    await road.here.stands_at(Stage.interviewing, "meeting")


async def _invited(here: World) -> UUID:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    return interview_id


async def exported_then_dropped(here: World) -> str:
    """A file was made of a recording and taken away when its time was over."""
    return await _export(here, recorded=True)


async def could_not_be_exported(here: World) -> str:
    """There was no recording to make a file of."""
    return await _export(here, recorded=False)


async def _export(here: World, *, recorded: bool) -> str:
    interview_id = (await here.invitation()).interview_id
    if recorded:
        copy = mixed(here.services.audio, voice(0, 1.0), [], [], 1000)
        row = Recording(
            id=new_id(),
            interview_id=interview_id,
            state=RecordingState.finalised,
            object_key=f"recordings/{interview_id}",
            media_type=copy.media_type,
        )
        box = await here.services.keys.box(here.org_id, here.candidate_id, KeyClass.media)
        sealed = seal_file(copy.data, box, place=place_of("recording", "object", row.id))
        await here.services.storage.put(f"recordings/{interview_id}", sealed)
        await here.add(row)
    given = ExportInput(
        org_id=here.org_id, export_id=new_id(), expires_at=here.services.clock.now()
    )
    await here.add(
        RecordingExport(
            id=given.export_id,
            interview_id=interview_id,
            asked_by=here.user_id,
            format=ExportFormat.webm,
            state=ExportState.queued,
            expires_at=given.expires_at,
        )
    )
    await start_export(here.client, given, task_queue=here.services.settings.task_queue)
    await here.client.get_workflow_handle(export_id(given.export_id)).result()
    return export_id(given.export_id)


EXPORTS: Mapping[str, Callable[[World], Awaitable[str]]] = {
    path.__name__: path for path in (exported_then_dropped, could_not_be_exported)
}


async def review_upheld(here: World) -> str:
    """A person reminded once upheld a rejection."""
    case = await rejected(here)
    review = await case.start(timedelta(seconds=2))

    async def reminded() -> bool:
        return (await case.row()).reminded_at is not None

    await until(reminded)
    await case.answer(ReviewState.upheld)
    await review.result()
    return review.id


async def review_reopened(here: World) -> str:
    """A person had the application looked at anew."""
    case = await rejected(here)
    review = await case.start()
    await case.answer(ReviewState.reopened)
    await review.result()
    await here.stands_at(Stage.in_review, "decide")
    return review.id


async def review_receipt_refused(here: World) -> str:
    """The post office refused the receipt; a person was told, and another upheld the rejection."""
    case = await rejected(here)
    here.mailer.outcomes = [MailOutcome.refused]
    review = await case.start()

    async def told() -> bool:
        return "message_failed" in await here.tasks()

    await until(told)
    await case.answer(ReviewState.upheld)
    await review.result()
    return review.id


async def reopened_then_hired(here: World) -> str:
    """The second run of a journey: what was closed went on in review."""
    await review_reopened(here)
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    await here.journey.result()
    return here.journey.id


REVIEWS: Mapping[str, Callable[[World], Awaitable[str]]] = {
    path.__name__: path
    for path in (review_upheld, review_receipt_refused, review_reopened, reopened_then_hired)
}

PATHS: Mapping[str, Path] = {
    path.__name__: path
    for path in (
        hired_after_an_interview,
        rejected_from_screening,
        expired_then_withdrawn,
        met_a_person,
        stopped_then_hired,
        judged_after_an_outage,
        rejected_while_the_mail_waits,
        mail_given_up_then_rejected,
        moved_a_time_then_withdrew,
        was_met_at_a_time,
        missed_a_meeting_then_withdrew,
        declined_a_proposal_then_withdrew,
        proposed_after_nobody_could_be_met,
    )
}
