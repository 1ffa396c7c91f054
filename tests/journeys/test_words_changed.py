"""Words that a candidate confirms or corrects after the interview count like any others."""

from datetime import UTC, datetime

from sqlalchemy import func, select, update

from interloop.db.tables import DecisionKind, Evidence, Mark, Turn, WebhookEvent
from interloop.domain.stage import Outcome, Stage
from interloop.domain.webhooks import HookEvent
from tests.api.outside import webhook
from tests.journeys.test_scoring import interviewed, marks
from tests.journeys.world import World, until


async def confirm(here: World) -> None:
    """Confirm every turn, as the candidate's page does, and tell the journey."""
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Turn).values(confirmed_at=datetime.now(UTC)))
        interview_id = (await session.execute(select(Turn.interview_id))).scalars().first()
    assert interview_id is not None
    await here.words_changed(interview_id)


async def test_words_confirmed_after_the_interview_are_judged_and_settle_the_task(
    here: World,
) -> None:
    await listen(here)
    here.gateway.unsure = True
    await interviewed(here)
    assert await here.tasks() == ["not_scored", "review"]
    assert await marks(here) == []
    assert await ready(here) == 0
    await confirm(here)

    async def is_settled() -> bool:
        return await here.tasks() == ["review"]

    await until(is_settled)
    assert len(await marks(here)) == 2
    assert (await here.application()).stage is Stage.in_review
    assert await ready(here) == 1


async def test_a_suggestion_on_older_words_is_replaced_whole(here: World) -> None:
    await listen(here)
    here.judge.levels = [2] * 6
    await interviewed(here)
    assert await ready(here) == 1
    assert [mark.level for mark in await marks(here)] == [2, 2]
    places = await evidence(here)
    here.judge.levels = [4] * 6
    await confirm(here)

    async def are_newer() -> bool:
        return [mark.level for mark in await marks(here)] == [4, 4]

    await until(are_newer)
    assert await evidence(here) == places
    assert await ready(here) == 2, "other systems hear of the newer marks, once"
    async with here.services.db.read(here.org_id) as session:
        assert await session.scalar(select(func.count()).select_from(Mark)) == 2


async def test_a_decision_does_not_wait_for_the_words(here: World) -> None:
    await interviewed(here)
    here.judge.mode = "away"
    await confirm(here)
    await here.decide(await here.decision(DecisionKind.hire))
    assert await here.journey.result() is Outcome.hired


async def evidence(here: World) -> int:
    """Return how many places back the marks."""
    async with here.services.db.read(here.org_id) as session:
        return await session.scalar(select(func.count()).select_from(Evidence)) or 0


async def listen(here: World) -> None:
    """Let another system hear of everything."""
    url = "https://example.test/hooks"
    await here.add(await webhook(here.services, here.org_id, here.user_id, url))


async def ready(here: World) -> int:
    """Return how often other systems are told that the scorecard is ready."""
    async with here.services.db.read(here.org_id) as session:
        told = WebhookEvent.type == HookEvent.scorecard_ready
        return await session.scalar(select(func.count()).where(told)) or 0
