"""The workflow that journeys are compared with: as many activities and upserts, nothing else.

In a module of its own: the worker loads a workflow's module anew, and a program is no module.
"""

from datetime import timedelta

from temporalio import activity, workflow
from temporalio.common import SearchAttributeKey

STAGE = SearchAttributeKey.for_keyword("Stage")


@activity.defn
async def nothing(number: int) -> int:
    """Do nothing."""
    return number


@workflow.defn
class Bare:
    """As many activities and upserts as the journey, and nothing else."""

    def __init__(self) -> None:
        self._told = False

    @workflow.run
    async def run(self, activities: int, upserts: int) -> None:
        """Half of it, wait for the word, the other half."""
        for number in range(activities - 1):
            if number == activities // 2:
                await workflow.wait_condition(lambda: self._told)
            await workflow.execute_activity(
                nothing, number, start_to_close_timeout=timedelta(seconds=30)
            )
            if number < upserts:
                workflow.upsert_search_attributes([STAGE.value_set(f"stage-{number}")])

    @workflow.update
    async def tell(self) -> None:
        """Go on; one activity happens in the update, as in the journey's."""
        await workflow.execute_activity(nothing, 0, start_to_close_timeout=timedelta(seconds=30))
        self._told = True
