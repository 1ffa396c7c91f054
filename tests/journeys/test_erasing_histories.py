"""A candidate's histories leave Temporal with a receipt; that all is gone shows `bench.erasing`."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowExecutionStatus, WorkflowFailureError
from temporalio.exceptions import CancelledError
from temporalio.testing import ActivityEnvironment

from activities.histories import HistorySteps
from interloop.db.tables import Application, AuditEntry, HistoryErasure
from interloop.domain.erasing import ErasureRef
from interloop.domain.errors import Unavailable
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from interloop.temporal.erasing import erase_histories
from tests.journeys.world import World, until
from workflows.sweep import sweep


async def asked(here: World, *, stage: Stage = Stage.closed) -> ErasureRef:
    """Commit the wish, as the route does."""
    ref = ErasureRef(org_id=here.org_id, erasure_id=new_id())
    async with here.services.db.session(here.org_id) as session:
        (await session.get_one(Application, here.application_id)).stage = stage
    await here.add(
        HistoryErasure(id=ref.erasure_id, application_id=here.application_id, asked_by=here.user_id)
    )
    return ref


async def receipt(here: World) -> HistoryErasure:
    async with here.services.db.read(here.org_id) as session:
        return (await session.scalars(select(HistoryErasure))).one()


async def actions(here: World) -> list[str]:
    async with here.services.db.read(here.org_id) as session:
        return list(await session.scalars(select(AuditEntry.action)))


async def test_what_was_asked_while_temporal_was_away_is_made_up_for_with_a_receipt(
    here: World,
) -> None:
    ref = await asked(here)
    await sweep(here.services, here.client)

    async def gone() -> bool:
        return (await receipt(here)).gone_at is not None

    await until(gone)
    assert (await actions(here)).count("histories.erased") == 1
    # Twice is once: a receipt is not written over.
    steps = HistorySteps(here.services, here.client)
    await ActivityEnvironment().run(steps.erase_histories, ref)
    assert (await actions(here)).count("histories.erased") == 1


async def test_what_runs_still_loses_no_history_whatever_its_row_says(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    ref = await asked(here)
    steps = HistorySteps(here.services, here.client, moment=timedelta())
    await ActivityEnvironment().run(steps.erase_histories, ref)
    kept = await receipt(here)
    assert (kept.refused, kept.gone_at) == ("journey_runs", None)
    assert (await journey.describe()).status is WorkflowExecutionStatus.RUNNING
    assert "histories.kept" in await actions(here)
    await journey.terminate()


async def test_an_application_that_was_opened_again_meanwhile_keeps_its_histories(
    here: World,
) -> None:
    ref = await asked(here, stage=Stage.in_review)
    steps = HistorySteps(here.services, here.client)
    await ActivityEnvironment().run(steps.erase_histories, ref)
    assert (await receipt(here)).refused == "journey_runs"


async def test_a_running_journey_ends_first_and_nothing_is_promised_before_it_is_gone(
    here: World,
) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    ending = asyncio.ensure_future(journey.result())
    with pytest.raises(Unavailable) as refused:
        await erase_histories(here.client, [journey.id], within=timedelta())
    assert refused.value.code == "histories_left"
    with pytest.raises(WorkflowFailureError) as ended:
        await ending
    assert isinstance(ended.value.cause, CancelledError), "it was not killed without a word"
