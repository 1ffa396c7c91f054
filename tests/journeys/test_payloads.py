"""What Temporal holds of a person is nothing, and what it cannot read it refuses."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Client,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.exceptions import ApplicationError

from interloop.db.payload_keys import PayloadKeys
from interloop.db.tables import DecisionKind, MessageKind
from interloop.domain.errors import Unreadable
from interloop.domain.stage import Stage
from interloop.temporal.client import make_codec
from interloop.temporal.codec import KeyRing, SealingCodec
from tests.journeys.world import EMAIL, NAME, World, until
from workflows.ids import journey_id, round_id


async def test_nothing_personal_stands_in_raw_history(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    await here.decide(await here.decision(DecisionKind.hire, message=MessageKind.offer))
    await journey.result()
    raw = b""
    for name in (journey_id(here.application_id), round_id(interview_id)):
        history = await here.client.get_workflow_handle(name).fetch_history()
        raw += b"".join(event.SerializeToString() for event in history.events)
    assert len(raw) > 10_000
    words = [*here.gateway.says, NAME, EMAIL, *NAME.split(), "Payments engineer", "cv.txt"]
    assert [word for word in words if word.lower().encode() in raw.lower()] == []


async def test_a_failure_carries_its_code_and_no_text_in_the_clear(here: World) -> None:
    here.judge.mode = "away"
    await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    await here.stands_at(Stage.in_review)
    history = await here.journey.fetch_history()
    raw = b"".join(event.SerializeToString() for event in history.events)
    assert b"model_away" not in raw
    assert b"Encoded failure" in raw


async def test_a_journey_whose_start_does_not_validate_fails_instead_of_retrying_for_ever(
    here: World,
) -> None:
    queue = here.services.settings.task_queue
    journey: WorkflowHandle[object, object] = await here.client.start_workflow(
        "CandidateJourney", {"org_id": "no-id"}, id=f"bad-{here.job_id}", task_queue=queue
    )
    with pytest.raises(WorkflowFailureError) as failed:
        await asyncio.wait_for(journey.result(), 10)
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "PayloadValidationError"


async def test_an_update_that_does_not_validate_is_refused_and_harms_nothing(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    with pytest.raises(WorkflowUpdateFailedError):
        await journey.execute_update("invite", {"message_id": 7}, rpc_timeout=timedelta(seconds=10))
    await here.invite()
    await here.stands_at(Stage.invited)


async def test_a_rotated_key_seals_and_the_older_still_opens(here: World) -> None:
    keys = PayloadKeys(here.services.keys, here.services.clock)
    older = await make_codec(here.services)
    sealed = await older.encode([Payload(data=b"words")])
    newest = await keys.rotate()
    newer = await make_codec(here.services)
    assert (await newer.decode(sealed))[0].data == b"words"
    again = await newer.encode([Payload(data=b"words")])
    assert again[0].metadata["encryption-key-id"].decode() == newest
    assert b"words" not in again[0].SerializeToString()
    # A process that started before the rotation looks the new key up.
    assert (await older.decode(again))[0].data == b"words"


async def test_an_altered_payload_does_not_open() -> None:
    codec = SealingCodec(KeyRing({"one": bytes(32)}))
    [sealed] = await codec.encode([Payload(data=b"words")])
    sealed.data = sealed.data[:-1] + bytes([sealed.data[-1] ^ 1])
    with pytest.raises(Unreadable):
        await codec.decode([sealed])


async def test_a_payload_of_a_foreign_installation_does_not_open() -> None:
    [sealed] = await SealingCodec(KeyRing({"one": bytes(32)})).encode([Payload(data=b"words")])
    with pytest.raises(Unreadable) as refused:
        await SealingCodec(KeyRing({"two": bytes(32)})).decode([sealed])
    assert refused.value.code == "payload_key_unknown"


async def test_what_was_never_sealed_passes_through() -> None:
    codec = SealingCodec(KeyRing({"one": bytes(32)}))
    assert await codec.decode([Payload(data=b"plain")]) == [Payload(data=b"plain")]


async def test_a_watcher_sees_ids_stages_and_one_sentence(here: World) -> None:
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    await here.invite()

    async def is_shown() -> bool:
        # The journey tells the watchers after it has told the pages.
        return (await watched(here.client, journey.id))["Stage"] == "invited"

    await until(is_shown)
    said = await watched(here.client, journey.id)
    assert said["WaitingOn"] == "candidate"
    assert said["OrganizationId"] == str(here.org_id)
    assert said["JobId"] == str(here.job_id)
    assert said["DueAt"] is not None


async def test_a_call_is_found_by_its_gateway_and_leads_back_to_the_candidate(here: World) -> None:
    here.gateway.script = ["talking"]
    journey = await here.start()
    await here.stands_at(Stage.screening, "invite")
    interview_id = await here.invite()
    await here.stands_at(Stage.invited)
    await here.join(interview_id)
    query = (
        f"WorkflowType = 'InterviewRound' AND ExecutionStatus = 'Running' "
        f"AND Gateway IS NOT NULL AND OrganizationId = '{here.org_id}'"
    )

    async def is_found() -> bool:
        return [each.id async for each in here.client.list_workflows(query)] == [
            round_id(interview_id)
        ]

    await until(is_found)
    assert (await watched(here.client, round_id(interview_id)))["Gateway"] == str(here.gateway.id)
    page = await (await journey.describe()).static_details()
    assert page is not None
    assert page.endswith(f"/applications/{here.application_id})")
    here.gateway.hang_up = ["finished"]
    await here.stands_at(Stage.in_review)
    assert "Gateway" not in await watched(here.client, round_id(interview_id))


async def watched(client: Client, workflow_id: str) -> dict[str, object]:
    found = (await client.get_workflow_handle(workflow_id).describe()).typed_search_attributes
    return {pair.key.name: pair.value for pair in found}
