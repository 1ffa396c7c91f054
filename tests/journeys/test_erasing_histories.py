"""A candidate's histories leave Temporal with a receipt; that all is gone shows `bench.erasing`."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from activities.histories import HistorySteps
from interloop.db.tables import AuditEntry, HistoryErasure
from interloop.domain.errors import Unavailable
from interloop.domain.stage import Stage
from interloop.domain.steps import ApplicationRef
from interloop.temporal.erasing import erase_histories
from tests.journeys.world import World


async def test_what_is_gone_is_gone_and_there_is_a_receipt(here: World) -> None:
    steps = HistorySteps(here.services, here.client)
    whom = ApplicationRef(org_id=here.org_id, application_id=here.application_id)
    gone = await ActivityEnvironment().run(steps.erase_histories, whom)
    assert (gone.workflows, gone.runs) == (0, 0)
    async with here.services.db.read(here.org_id) as session:
        [receipt] = await session.scalars(select(HistoryErasure))
        actions = list(await session.scalars(select(AuditEntry.action)))
    assert receipt.application_id == here.application_id
    assert "histories.erased" in actions


async def test_a_running_journey_ends_first_and_nothing_is_promised_before_it_is_gone(
    here: World,
) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    with pytest.raises(Unavailable) as refused:
        await erase_histories(here.client, [journey.id], within=timedelta(seconds=1))
    assert refused.value.code == "histories_left"
    assert (await journey.describe()).status is WorkflowExecutionStatus.CANCELED
