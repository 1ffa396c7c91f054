"""How long it takes until nothing of a candidate is left in Temporal: `python -m bench.erasing`.

The journey still runs; its round, its healing and its export have ended. The bar: 60 s, a receipt.
"""

import asyncio
import sys

from sqlalchemy import select
from temporalio.testing import ActivityEnvironment

from activities.histories import HistorySteps, workflows_of
from bench.journey_world import ground, write
from interloop.db.tables import HistoryErasure
from interloop.domain.stage import Stage
from interloop.domain.steps import ApplicationRef, InterviewRef
from tests.journeys.world import working
from workflows.ids import healing_id
from workflows.start import start_healing

BAR_S = 60.0


async def main() -> int:
    """Measure, write the result, print one line."""
    async with ground() as on, working(on.here):
        here = on.here
        await here.start()
        await here.stands_at(Stage.screening, "invite")
        interview_id = await here.invite()
        await here.stands_at(Stage.invited, "join")
        here.gateway.script = ["lost", "finished"]
        await here.join(interview_id)
        await here.stands_at(Stage.in_review, "decide")
        ref = InterviewRef(org_id=here.org_id, interview_id=interview_id)
        await start_healing(here.client, ref, task_queue=here.services.settings.task_queue)
        await here.client.get_workflow_handle(healing_id(interview_id)).result()
        steps = HistorySteps(here.services, here.client)
        whom = ApplicationRef(org_id=here.org_id, application_id=here.application_id)
        gone = await ActivityEnvironment().run(steps.erase_histories, whom)
        async with here.services.db.read(here.org_id) as session:
            ids = await workflows_of(session, here.application_id)
            receipts = list(await session.scalars(select(HistoryErasure)))
        left = [
            each.id
            for name in ids
            async for each in here.client.list_workflows(f"WorkflowId = '{name}'")
        ]
    told = {**gone.model_dump(), "left": left, "receipts": len(receipts)}
    line = (
        f"{gone.runs} runs gone after {gone.seconds} s (bar {BAR_S:.0f} s), {len(receipts)} receipt"
    )
    met = gone.seconds <= BAR_S and not left and len(receipts) == 1
    return write("erasing", told, line, met=met)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
