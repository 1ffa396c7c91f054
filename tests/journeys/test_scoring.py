"""A number stands on words that were really said, or there is no number."""

import pytest
from sqlalchemy import select, update
from temporalio.testing import WorkflowEnvironment

from activities.transcript import hear
from interloop.db.tables import Evidence, Interview, Mark, Turn
from interloop.domain.stage import Stage
from interloop.security.sealing import KeyClass
from tests.journeys.world import NOW, World, working, world
from tests.support.databases import DatabaseUrls


async def interviewed(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")


async def marks(here: World) -> list[Mark]:
    async with here.services.db.read(here.org_id) as session:
        statement = select(Mark).order_by(Mark.criterion_id)
        return list((await session.execute(statement)).scalars())


async def test_a_judge_that_is_away_leaves_not_scored_and_no_number(here: World) -> None:
    here.judge.mode = "away"
    await interviewed(here)
    assert await here.tasks() == ["not_scored", "review"]
    assert await marks(here) == []


async def test_a_judge_that_invents_quotes_gets_none_of_them_verified(here: World) -> None:
    here.judge.mode = "inventing"
    await interviewed(here)
    for mark in await marks(here):
        assert (mark.quotes_verified, mark.level, mark.abstained) == (0, None, True)
        assert mark.reason_code == "no_verified_quote"
        assert mark.quotes_offered > 0
    assert len(here.judge.asked) == 2 * 2 * 3


async def test_a_judge_may_abstain(here: World) -> None:
    here.judge.mode = "abstaining"
    await interviewed(here)
    assert [mark.reason_code for mark in await marks(here)] == ["not_enough_said"] * 2


async def test_samples_that_disagree_show_their_spread(here: World) -> None:
    here.judge.levels = [2, 5, 3, 4, 4, 4]
    await interviewed(here)
    by_criterion = {mark.criterion_id: mark for mark in await marks(here)}
    wide, narrow = by_criterion["depth"], by_criterion["clarity"]
    assert (wide.level, wide.spread_low, wide.spread_high) == (3, 2, 5)
    assert wide.reason_code == "spread"
    assert (narrow.level, narrow.spread_low, narrow.spread_high) == (4, 4, 4)


async def test_evidence_says_where_the_words_stand(here: World) -> None:
    await interviewed(here)
    async with here.services.db.read(here.org_id) as session:
        places = list((await session.execute(select(Evidence))).scalars())
        turn = (await session.execute(select(Turn))).scalar_one()
    for place in places:
        assert (place.turn_id, place.turn_version) == (turn.id, 1)
        assert (place.start_char, place.end_char) == (0, len(here.gateway.says[0]))
        assert (place.start_ms, place.end_ms) == (turn.start_ms, turn.end_ms)


async def test_an_interview_without_a_word_is_not_scored(here: World) -> None:
    here.gateway.says = []
    await interviewed(here)
    assert await here.tasks() == ["not_scored", "review"]
    assert here.judge.asked == []


async def test_the_judge_learns_no_name_and_no_other_mark(here: World) -> None:
    await interviewed(here)
    for prompt in here.judge.asked:
        assert "Quillfeather" not in prompt.data
        assert prompt.data.count('"level"') == 5


async def test_production_without_a_model_gives_nobody_a_number(
    temporal: WorkflowEnvironment, database_urls: DatabaseUrls
) -> None:
    async with world(temporal, database_urls, profile="production") as here, working(here):
        await here.settle()
        await interviewed(here)
        assert await here.tasks() == ["not_scored", "review"]
        assert await marks(here) == []
        assert here.judge.asked == []


@pytest.mark.parametrize("confirmed", [False, True])
async def test_words_of_an_unreliable_recogniser_count_once_confirmed(
    here: World, *, confirmed: bool
) -> None:
    await interviewed(here)
    async with here.services.db.session(here.org_id) as session:
        at = NOW if confirmed else None
        await session.execute(update(Turn).values(source="voice", reliable=False, confirmed_at=at))
        interview = (await session.execute(select(Interview))).scalar_one()
        heard = await hear(here.services, session, interview)
    assert bool(heard.turns) is confirmed


async def test_a_recording_that_cannot_be_read_is_told_and_marks_are_made_all_the_same(
    here: World,
) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.services.keys.destroy(here.org_id, here.candidate_id, [KeyClass.media])
    await here.join(interview_id)
    await here.stands_at(Stage.in_review, "decide")
    assert await here.tasks() == ["review", "review"]
    assert len(await marks(here)) == 2
