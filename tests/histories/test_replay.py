"""Journeys that began under older code go on under this one."""

import json
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from interloop.domain.journey import JourneyInput
from interloop.domain.stage import Outcome
from interloop.temporal.codec import KeyRing, SealingCodec
from interloop.temporal.converter import data_converter
from tests.histories.beside import BESIDE
from tests.histories.paths import EXPORTS, PATHS, REVIEWS
from tests.journeys.world import TEST_RING
from workflows.sandbox import Sandbox
from workflows.steering import Steering
from workflows.worker import WORKFLOWS

FILES = sorted(Path(__file__).parent.glob("*.json"))


def replayer(*workflows: type) -> Replayer:
    converter = data_converter(SealingCodec(KeyRing(TEST_RING)))
    return Replayer(workflows=workflows, data_converter=converter, workflow_runner=Sandbox())


def golden(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(file.stem, file.read_text())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_golden_history_replays(file: Path) -> None:
    outcome = await replayer(*WORKFLOWS).replay_workflow(golden(file))
    assert outcome.replay_failure is None


def test_every_path_has_its_golden_history() -> None:
    wanted = {*PATHS, *EXPORTS, *REVIEWS, *BESIDE}
    assert wanted <= {file.stem for file in FILES}


def test_every_workflow_has_its_golden_history() -> None:
    kept = {
        json.loads(file.read_text())["events"][0]["workflowExecutionStartedEventAttributes"][
            "workflowType"
        ]["name"]
        for file in FILES
    }
    assert kept >= {each.__name__ for each in WORKFLOWS}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_golden_history_is_sealed(file: Path) -> None:
    events = json.loads(file.read_text())["events"]
    assert "encryption-key-id" in json.dumps(events)


@workflow.defn(name="CandidateJourney", sandboxed=False)
class ForgetfulJourney(Steering):
    """Code that changed in a way no journey under way could follow."""

    @workflow.init
    def __init__(self, given: JourneyInput) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: JourneyInput) -> Outcome | None:
        await self._steps.rate_match()
        return self._outcome


async def test_a_change_that_no_journey_could_follow_is_found_out() -> None:
    file = next(file for file in FILES if file.stem == "rejected_from_screening")
    outcome = await replayer(ForgetfulJourney).replay_workflow(
        golden(file), raise_on_replay_failure=False
    )
    assert isinstance(outcome.replay_failure, workflow.NondeterminismError)
