"""Reads an upload of many resumes, one step a file; it goes on where it was after any crash."""

import asyncio
from uuid import UUID

from temporalio import workflow
from temporalio.common import SearchAttributePair
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.bulk import AT_ONCE, BulkSteps
    from interloop.domain.bulk import BulkInput, BulkRef, ItemRef
    from interloop.domain.human_review import NoteRun
    from interloop.domain.journey import JourneyInput
    from interloop.domain.stage import Stage, WaitingOn
    from interloop.temporal.attributes import STAGE, WAITING_ON, belongs
    from workflows.ids import journey_id
    from workflows.journey import CandidateJourney
    from workflows.steps import again, run_step

_BESIDE = 2
"""Files read beside each other: each takes a process of its own for a moment."""


@workflow.defn
class BulkIntake:
    """Ends when every file was added, known already, or refused with a reason."""

    @workflow.run
    async def run(self, given: BulkInput) -> None:
        """Read what waits; a long upload goes on in a new run, so that histories stay short."""
        ref = BulkRef(org_id=given.org_id, bulk_id=given.bulk_id)
        waiting = await run_step(BulkSteps.waiting_files, ref, given.policy, "look what waits")
        workflow.set_current_details(f"Reading {len(waiting.ids)} files.")
        for at in range(0, len(waiting.ids), _BESIDE):
            beside = waiting.ids[at : at + _BESIDE]
            await asyncio.gather(*(self._read(given, item_id) for item_id in beside))
        if len(waiting.ids) == AT_ONCE:
            workflow.continue_as_new(given)
        await run_step(BulkSteps.finish_upload, ref, given.policy, "say that all was read")

    async def _read(self, given: BulkInput, item_id: UUID) -> None:
        """Take one person in and start their journey; a file that nothing can read is given up."""
        item = ItemRef(org_id=given.org_id, item_id=item_id)
        try:
            taken = await run_step(
                BulkSteps.take_in_file,
                item,
                given.policy,
                "take in a file",
                retry=again(given.policy.attempts),
            )
        except ActivityError:
            await run_step(BulkSteps.give_up_file, item, given.policy, "give a file up")
            return
        if taken.application_id is not None:
            await self._start(given, taken.application_id)

    async def _start(self, given: BulkInput, application_id: UUID) -> None:
        journey = JourneyInput(
            org_id=given.org_id,
            application_id=application_id,
            job_id=given.job_id,
            policy=given.policy,
        )
        try:
            child = await workflow.start_child_workflow(
                CandidateJourney.run,
                journey,
                id=journey_id(application_id),
                parent_close_policy=ParentClosePolicy.ABANDON,
                search_attributes=belongs(
                    given.org_id,
                    given.job_id,
                    SearchAttributePair(STAGE, Stage.screening.value),
                    SearchAttributePair(WAITING_ON, WaitingOn.system.value),
                ),
                static_summary="The journey of one application",
            )
        except WorkflowAlreadyStartedError:
            # The sweep was faster; it notes the run as well.
            return
        noted = NoteRun(
            org_id=given.org_id,
            application_id=application_id,
            run_id=child.first_execution_run_id or "",
        )
        await run_step(BulkSteps.note_run, noted, given.policy, "note the run")
