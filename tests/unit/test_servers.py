"""The servers that tests stand on are real, and the application has no special rights on them."""

from datetime import timedelta

import psycopg
import pytest
from temporalio import workflow
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from tests.support.postgres import APP, PASSWORD, postgres


@workflow.defn
class Sleeper:
    @workflow.run
    async def run(self) -> str:
        await workflow.sleep(timedelta(days=9))
        return "expired"


async def test_nine_days_pass_in_a_moment(skipping: WorkflowEnvironment) -> None:
    async with Worker(
        skipping.client,
        task_queue="sleepers",
        workflows=[Sleeper],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        handle = await skipping.client.start_workflow(
            Sleeper.run, id="sleeper", task_queue="sleepers"
        )
        await skipping.fast_forward(handle, timedelta(days=9, minutes=1))
        assert await handle.result() == "expired"


async def test_a_started_temporal_server_counts_its_workflows(
    temporal: WorkflowEnvironment,
) -> None:
    assert (await temporal.client.count_workflows("")).count >= 0


def test_the_application_does_not_see_past_row_level_security() -> None:
    with postgres() as server:
        server.create("walls")
        as_app = f"{server.admin} dbname=walls user={APP} password={PASSWORD}"
        with psycopg.connect(as_app, autocommit=True) as connection:
            row = connection.execute(
                "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            assert row == (False, False)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE public.mine (x int)")
