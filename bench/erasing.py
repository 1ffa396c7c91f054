"""How long it takes until nothing of a candidate is left in Temporal: `python -m bench.erasing`.

A rejected candidate's journey, its round and its healing have ended. The bar: 60 s, a receipt.
"""

import asyncio
import sys

from sqlalchemy import select

from bench.journey_world import ground, write
from interloop.db.tables import DecisionKind, HistoryErasure, MessageKind
from interloop.domain.erasing import ErasureRef
from interloop.domain.ids import new_id
from interloop.domain.stage import Stage
from interloop.domain.steps import InterviewRef
from interloop.erasing import workflows_of
from tests.journeys.world import working
from workflows.ids import erasure_id, healing_id
from workflows.start import start_erasure, start_healing

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
        await here.decide(await here.decision(DecisionKind.reject, message=MessageKind.rejection))
        await here.journey.result()
        row = HistoryErasure(id=new_id(), application_id=here.application_id, asked_by=here.user_id)
        await here.add(row)
        asked = ErasureRef(org_id=here.org_id, erasure_id=row.id)
        await start_erasure(here.client, asked, task_queue=here.services.settings.task_queue)
        await here.client.get_workflow_handle(erasure_id(row.id)).result()
        async with here.services.db.read(here.org_id) as session:
            ids = await workflows_of(session, here.application_id)
            [gone] = await session.scalars(select(HistoryErasure))
        left = [
            each.id
            for name in ids
            async for each in here.client.list_workflows(f"WorkflowId = '{name}'")
        ]
    receipt = gone.gone_at is not None and gone.runs > 0
    counts = {name: getattr(gone, name) for name in ("workflows", "runs", "seconds")}
    told = {**counts, "left": left, "receipts": int(receipt)}
    line = (
        f"{gone.runs} runs gone after {gone.seconds} s (bar {BAR_S:.0f} s), {int(receipt)} receipt"
    )
    met = gone.seconds <= BAR_S and not left and receipt
    return write("erasing", told, line, met=met)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
