"""Where database and Temporal differ is found and shown; a missing journey is started again."""

import pytest
from sqlalchemy import update

from interloop.db.tables import Application
from interloop.db.trail import Who
from interloop.domain.errors import Conflict
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from interloop.reconciling import Kind, compare, start_missing
from tests.journeys.world import NOW, World, until
from workflows.sweep import sweep


async def differences(here: World) -> list[tuple[Kind, str | None]]:
    found = await compare(here.services.db, here.client, here.org_id)
    return [(each.kind, each.there) for each in found.differences]


async def set_row(here: World, **values: object) -> None:
    async with here.services.db.session(here.org_id) as session:
        await session.execute(update(Application).values(**values))


async def test_an_open_journey_that_agrees_is_no_difference(here: World) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await until(lambda: agrees(here))


async def agrees(here: World) -> bool:
    return await differences(here) == []


async def test_a_stage_that_differs_is_shown_with_both_and_no_repair_is_offered(
    here: World,
) -> None:
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    await until(lambda: agrees(here))
    await set_row(here, stage=Stage.in_review)
    [found] = (await compare(here.services.db, here.client, here.org_id)).differences
    assert (found.kind, found.stage, found.there) == (Kind.stage, Stage.in_review, "screening")
    who = Who(kind="user", id=here.user_id)
    with pytest.raises(Conflict):
        await start_missing(here.services.db, here.services.clock, here.org_id, who, found)


async def test_a_journey_that_ended_under_an_open_row_and_one_that_outlives_it_are_shown(
    here: World,
) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await set_row(here, stage=Stage.closed)
    assert await differences(here) == [(Kind.still_open, None)]
    await set_row(here, stage=Stage.screening)
    await journey.terminate("a mistake")

    async def is_seen() -> bool:
        return await differences(here) == [(Kind.ended, "terminated")]

    await until(is_seen)


async def test_a_journey_that_is_missing_is_started_by_the_sweep(here: World) -> None:
    await set_row(here, run_id=str(new_id()), stage_since=NOW)
    [found] = (await compare(here.services.db, here.client, here.org_id)).differences
    assert found.kind is Kind.missing
    who = Who(kind="user", id=here.user_id)
    await start_missing(here.services.db, here.services.clock, here.org_id, who, found)
    assert await sweep(here.services, here.client) >= 1
    await here.stands_at(Stage.screening, "invite")
    await until(lambda: agrees(here))
