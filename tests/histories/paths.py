"""The ways through a journey that golden histories keep; new ones are added, old ones stay."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

from interloop.db.tables import DecisionKind, MessageKind
from interloop.domain.errors import Conflict
from interloop.domain.stage import Stage
from tests.journeys.world import QUICK, World, until

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


async def _invited(here: World) -> UUID:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    return interview_id


PATHS: Mapping[str, Path] = {
    path.__name__: path
    for path in (
        hired_after_an_interview,
        rejected_from_screening,
        expired_then_withdrawn,
        met_a_person,
    )
}
